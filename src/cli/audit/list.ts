import { type AuditRequest, readAuditRequest } from '../../core/audit/audit-request.ts';
import { wordsOf } from '../../core/audit/known-actions.ts';
import { formatMoment } from '../../core/facts/render.ts';
import type { AuditEntry } from '../../core/records.ts';
import { ROLES } from '../../core/records.ts';
import { SeepassError } from '../../errors.ts';
import { readAudit } from '../../pipeline/audit/read-audit.ts';
import { cliActor } from '../actor.ts';
import type { CommonOptions } from '../options.ts';
import type { CliContext } from '../subcommand.ts';
import { sha256 } from './sha256.ts';

export interface ListChoice extends CommonOptions {
  who?: string;
  what?: string;
  since?: string;
  limit: number;
}

/** Whoever may run it on the database may read all of it; that it was read is recorded. */
export async function listAudit(options: ListChoice, context: CliContext): Promise<void> {
  const request = requestOf(options, context);
  const { stores, close } = await context.openStores(options.database);
  try {
    const reader = { actor: cliActor(), roles: ROLES, channel: null };
    const asked = { request, before: null, limit: options.limit };
    const { entries, next } = await readAudit(stores, asked, { reader, sha256 });
    if (options.json) return context.printJson(entries.map((entry) => ({ ...entry, at: new Date(entry.at) })));
    for (const entry of entries) context.stdout.write(`${line(entry, context.config.timezone)}\n`);
    if (entries.length === 0) context.stdout.write('The audit has no such entry.\n');
    if (next !== null) context.stdout.write('There are older ones: raise --limit, or seepass audit export.\n');
  } finally {
    await close();
  }
}

function requestOf({ who, what, since }: ListChoice, { clock, config }: CliContext): AuditRequest {
  const at = { now: clock(), zone: config.timezone, me: cliActor() };
  const read = (text: string | undefined): AuditRequest => {
    const request = readAuditRequest(text ?? '', at);
    if (!('fault' in request)) return request;
    throw new SeepassError('bad_arguments', request.fault, { fix: 'See: seepass audit list --help' });
  };
  const { about, aboutWord } = read(what);
  return { actor: who ?? null, about, aboutWord, since: read(since).since };
}

function line({ at, actor, actor_role, action, subject_id, channel, outcome }: AuditEntry, zone: string): string {
  const where = channel === null ? '' : ` in ${channel}`;
  return `${formatMoment(at, zone)}  ${actor} (${actor_role}) ${wordsOf(action)}: ${subject_id}${where}  ${outcome}`;
}
