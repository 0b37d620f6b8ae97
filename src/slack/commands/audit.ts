import { AUDIT_WORDS, type AuditRequest, readAuditRequest } from '../../core/audit/audit-request.ts';
import { formatMoment, joinWords } from '../../core/facts/render.ts';
import { SeepassError } from '../../errors.ts';
import type { AuditFilter } from '../../pipeline/audit/audit-chain.ts';
import { readAudit } from '../../pipeline/audit/read-audit.ts';
import { encodeAuditPage } from '../audit-value.ts';
import type { CommandRequest, SlackCommand } from '../command.ts';
import type { SlackDeps } from '../deps.ts';
import { isDirect } from '../send.ts';
import { sha256 } from '../sha256.ts';
import { buildAuditPage } from '../views/audit.ts';
import { mention } from '../views/mention.ts';
import type { Rendered } from '../views/notice.ts';

/** About what a phone shows on two screens. */
const PAGE = 15;
/** Whatever moment somebody names is past by then: only whether the words are understood counts. */
const AFTER_ALL = Date.UTC(2200, 0, 1);

export const auditCommand: SlackCommand = {
  name: 'audit',
  usage: '[who] [what] [since]',
  summary: 'Who asked, saw, decided and changed what, for admins. `/seepass audit settings 7d`',
  purpose: 'I could not read the audit',
  auditsItself: true,
  isMeant: (text) => !('fault' in readAuditRequest(text, { now: AFTER_ALL, zone: 'UTC', me: '' })),
  async run({ text, user, channel, audience }, deps) {
    if (audience === 'thread' && !isDirect(channel))
      throw new SeepassError('bad_arguments', 'The audit is not for everybody here.', {
        fix: 'Type `/seepass audit`: only you see its answer.',
      });
    const request = readAuditRequest(text, { now: deps.clock(), zone: deps.timezone, me: user });
    if ('fault' in request)
      throw new SeepassError('bad_arguments', request.fault, {
        fix: `For example \`/seepass audit me settings 7d\`. What: ${joinWords(AUDIT_WORDS, 'or')}; who: me, system, cli or a member ID.`,
      });
    return showAuditPage({ user, channel }, { request, before: null }, deps);
  },
};

/** A page for whoever asks or pressed; whether they may is looked at each time. */
export async function showAuditPage(
  { user, channel }: Pick<CommandRequest, 'user' | 'channel'>,
  { request, before }: { request: AuditRequest; before: AuditFilter['before'] },
  deps: SlackDeps,
): Promise<Rendered> {
  const reader = { actor: user, roles: await deps.answering.rolesOf(user), channel: channel === '' ? null : channel };
  const { entries, next } = await readAudit(deps.stores, { request, before, limit: PAGE }, { reader, sha256 });
  const older = next === null ? null : encodeAuditPage({ request, before: next });
  return buildAuditPage({ entries, about: describe(request, deps.timezone), older, timezone: deps.timezone });
}

function describe({ actor, aboutWord, since }: AuditRequest, zone: string): string {
  const who = actor === null ? '' : ` by ${mention(actor)}`;
  const when = since === null ? '' : ` since ${formatMoment(since, zone)}`;
  return `${aboutWord ?? 'everything'}${who}${when}`;
}
