/** What the books say happened to incidents, and whether channels tell just that: each thing once, in order. */

import type { Incident, IncidentEntry } from '../../src/core/incident/incident.ts';
import { isTold } from '../../src/core/incident/thread.ts';
import { addDays, judgedDate } from '../../src/core/window.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { World } from '../pipeline/incidents/world.ts';
import { renderDigest, renderers, renderWeekly, timezone } from './chaos-app.ts';
import type { Press } from './presses.ts';

interface Told {
  incident: Incident;
  entries: IncidentEntry[];
  /** Channels it was posted in, and when that was decided. */
  posted: ReadonlyMap<string, number>;
}

export interface Books {
  incidents: number;
  posted: number;
  entries: number;
  revisions: number;
  /** What does not fit together, in words. */
  faults: string[];
  told: readonly Told[];
  rulesIn(channel: string): string[];
}

/**
 * Entries, audit rows and what people were told of their presses, held against each other.
 * @param presses null where nobody knows what people were told.
 */
export async function readBooks({ stores, handle, now }: World, presses: readonly Press[] | null): Promise<Books> {
  const all = [
    ...(await stores.incidents.listLive()),
    ...(await stores.incidents.listEnded({ start: 0, end: now + 1 })),
  ];
  const audits = await handle.kysely
    .selectFrom('audit_entries')
    .select(['subject_id', 'actor', 'details'])
    .where('subject_type', '=', 'incident')
    .where('action', '<>', 'incident.act')
    .orderBy('id')
    .execute();
  const rules = await handle.kysely
    .selectFrom('outbox')
    .select(['channel', 'payload'])
    .where('kind', '=', 'rule')
    .execute();
  const told: Told[] = [];
  const faults: string[] = [];
  for (const incident of all) {
    const entries = await stores.incidents.listEntries(incident.id);
    const decisions = (await stores.alerts.list(incident.id)).filter(({ held }) => held === null);
    told.push({ incident, entries, posted: new Map(decisions.map(({ channel, at }) => [channel, at])) });
    const own = audits.filter(({ subject_id }) => subject_id === incident.id);
    faults.push(...chainFaults(incident, entries, own));
    if (presses !== null) faults.push(...pressFaults(incident, entries, presses));
  }
  const numbers = all.map(({ number }) => number).sort((a, b) => a - b);
  if (numbers.some((number, index) => number !== index + 1)) faults.push(`numbers ${numbers.join(' ')}`);
  return {
    incidents: all.length,
    posted: told.reduce((sum, { posted }) => sum + posted.size, 0),
    entries: told.reduce((sum, { entries }) => sum + entries.length, 0),
    revisions: all.reduce((sum, { revision }) => sum + revision, 0),
    faults,
    told,
    rulesIn: (channel) => rules.filter((rule) => rule.channel === channel).map(({ payload }) => payload.text),
  };
}

interface AuditRow {
  actor: string;
  details: unknown;
}

/** Every revision follows the one before, and those with something to tell have their entries and their audit row. */
function chainFaults({ number, revision }: Incident, entries: readonly IncidentEntry[], audits: AuditRow[]): string[] {
  const faults: string[] = [];
  const rows = audits
    .map(({ actor, details }) => ({ actor, ...readDetails(details) }))
    .sort((a, b) => a.revision - b.revision);
  if (entries.some(({ sequence }, index) => sequence !== index + 1)) faults.push(`INC-${number}: a gap in its entries`);
  const revisions = rows.map((row) => row.revision);
  if (new Set(revisions).size !== revisions.length) faults.push(`INC-${number}: a revision was made twice`);
  if ((revisions.at(-1) ?? 0) > revision) faults.push(`INC-${number}: its last revision is lost`);
  if (rows.some((row) => row.from !== null && row.from !== row.revision - 1))
    faults.push(`INC-${number}: a broken chain`);
  if (rows[0]?.from !== null || rows[0].revision !== 1) faults.push(`INC-${number}: it does not begin with revision 1`);
  const audited = rows.flatMap(({ did, actor }) => did.map((kind) => `${kind} ${actor}`)).join();
  const entered = entries.map(({ kind, actor }) => `${kind} ${actor}`).join();
  if (audited !== entered) faults.push(`INC-${number}: audited ${audited}, entered ${entered}`);
  return faults;
}

function readDetails(details: unknown): { from: number | null; revision: number; did: string[] } {
  if (
    typeof details !== 'object' ||
    details === null ||
    !('from' in details && 'revision' in details && 'did' in details)
  )
    throw new TypeError('An audit row of an incident has no chain.');
  const { from, revision, did } = details;
  return {
    from: from === null ? null : Number(from),
    revision: Number(revision),
    did: Array.isArray(did) ? did.map(String) : [],
  };
}

/** Who was told that it is done has an entry, who was refused has none, and nobody has two. */
function pressFaults({ id, number }: Incident, entries: readonly IncidentEntry[], presses: readonly Press[]): string[] {
  const faults: string[] = [];
  const left = entries.filter(({ actor }) => actor !== 'system');
  for (const { kind, actor, at, outcome } of presses.filter(({ incident }) => incident === id)) {
    const index = left.findIndex((entry) => entry.kind === kind && entry.actor === actor && entry.at === at);
    if (index >= 0) left.splice(index, 1);
    if (index < 0 ? outcome === 'done' : outcome === 'refused')
      faults.push(`INC-${number}: ${kind} by ${actor} at ${new Date(at).toISOString()} was ${outcome}`);
  }
  for (const { kind, actor } of left) faults.push(`INC-${number}: ${kind} by ${actor}, who pressed nothing`);
  return faults;
}

/** By its text, each message of a channel, and the lines that its thread may have and must have. */
export type Wanted = { text: string; lines: readonly { text: string; must: boolean }[] }[];

export function wantedOf(
  { told }: Books,
  channel: string,
  { due, rules }: { due: readonly { kind: 'digest' | 'weekly'; at: number }[]; rules: readonly string[] },
): Wanted {
  const digests = due.map(({ kind, at }) => {
    const date = judgedDate(at, timezone);
    return kind === 'digest' ? renderDigest({ date }) : renderWeekly({ range: { end: addDays(date, 1) } });
  });
  const incidents = told.flatMap(({ incident, entries, posted }) => {
    const decidedAt = posted.get(channel);
    if (decidedAt === undefined) return [];
    const lines = entries
      .filter((entry) => isTold(entry, entries))
      // What happened before the post is told by it.
      .map((entry) => ({ text: renderers.renderEntry(entry, incident).text, must: entry.at > decidedAt }));
    return { text: renderers.renderIncident(incident, entries, null).text, lines };
  });
  return [...[...digests.map(({ text }) => text), ...rules].map((text) => ({ text, lines: [] })), ...incidents];
}

/** What a channel lacks, what it has too much, and threads that are not in order. */
export function readChannel(sandbox: Sandbox, channel: string, wanted: Wanted) {
  const lost: string[] = [];
  const threads: string[] = [];
  const left = [...sandbox.messages(channel)];
  let messages = left.length;
  for (const { text, lines } of wanted) {
    const index = left.findIndex((message) => message.text === text);
    const [message] = index < 0 ? [] : left.splice(index, 1);
    if (message === undefined) {
      lost.push(text);
      continue;
    }
    const said = sandbox
      .thread(message)
      .slice(1)
      .map((line) => line.text);
    messages += said.length;
    // Once it began, the thread has every line, in order.
    const expected = lines.slice(lines.length - said.length).map((line) => line.text);
    const isShort = lines.slice(0, lines.length - said.length).some(({ must }) => must);
    if (isShort || said.join('\n') !== expected.join('\n')) threads.push(`${text}: ${said.join('; ') || 'no line'}`);
  }
  return { lost, unasked: left.map(({ text }) => text), threads, messages };
}
