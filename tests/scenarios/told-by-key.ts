/** Whether channels show just what the outbox sent, each thing once: by the key that every message carries. */
import { sql } from 'kysely';
import { isTold } from '../../src/core/incident/thread.ts';
import { INCIDENT_KIND } from '../../src/pipeline/incidents/show.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { StoredMessage } from '../../src/sandbox/state/message-store.ts';
import type { World } from '../pipeline/incidents/world.ts';
import { dueUntil } from './chaos-workspace.ts';
import type { Books } from './told-once.ts';

/** Of the lines of an incident's thread; a picture beside one has its sequence. */
const LINE_KIND = 'incident-entry';

interface Row {
  id: string;
  kind: string;
  channel: string;
  subject: string;
  sequence: number;
  operation: 'post' | 'update' | 'reply';
  text: string;
}

interface Shown {
  /** Of the message; empty where it has none. */
  key: string;
  text: string;
  channel: string;
  /** The key of the message it answers; null where it is in the channel itself. */
  parent: string | null;
}

export interface Telling {
  messages: number;
  digests: number;
  /** What is missing, is there twice, is nobody's, shows something old, or is out of order, in words. */
  faults: string[];
}

/** @param channels by name; their messages are looked at as everybody sees them. */
export async function compareTold(
  world: World,
  sandbox: Sandbox,
  channels: readonly string[],
  books: Books,
): Promise<Telling> {
  const { rows } = await sql<Row>`
    SELECT id, kind, channel, subject, sequence, operation, payload ->> 'text' AS text FROM outbox
    WHERE status = 'sent' ORDER BY sequence`.execute(world.handle.kysely);
  const shown = channels.flatMap((name) => readShown(sandbox, name));
  const digests = dueUntil(world.now).map(
    ({ kind, channel, at }) => `${kind} in ${sandbox.ids.channels[channel]} due ${new Date(at).toISOString()}`,
  );
  return {
    messages: shown.length,
    digests: digests.length,
    faults: [...onceEach(rows, shown), ...digestFaults(rows, digests), ...incidentFaults(rows, shown, books)],
  };
}

function readShown(sandbox: Sandbox, name: string): Shown[] {
  return sandbox.messages(name).flatMap((message) => {
    const [first, ...replies] = sandbox.thread(message);
    const parent = first === undefined ? '' : keyOf(first);
    return [
      { key: parent, text: message.text, channel: message.channel, parent: null },
      ...replies.map((reply) => ({ key: keyOf(reply), text: reply.text, channel: reply.channel, parent })),
    ];
  });
}

/** A picture has it in its name: files carry no metadata. */
function keyOf({ metadata, files = [] }: StoredMessage): string {
  const payload = metadata?.event_payload;
  if (typeof payload === 'object' && payload !== null && 'key' in payload) return String(payload.key);
  return /^seepass-chart-([0-9a-f-]{36})/.exec(String(files[0]?.name))?.[1] ?? '';
}

/** Every post and reply that was sent is shown once, and nothing else is. */
function onceEach(rows: readonly Row[], shown: readonly Shown[]): string[] {
  const times = countBy(shown, ({ key, channel }) => `${channel} ${key}`);
  const sent = rows.filter(({ operation }) => operation !== 'update');
  const known = new Set(sent.map(({ id, channel }) => `${channel} ${id}`));
  return [
    ...sent.flatMap(({ id, channel, kind, subject, sequence }) => {
      const seen = times.get(`${channel} ${id}`) ?? 0;
      return seen === 1 ? [] : [`${kind} ${subject} ${sequence} is shown ${seen} times`];
    }),
    ...shown
      .filter(({ key, channel }) => !known.has(`${channel} ${key}`))
      .map(({ text }) => `nobody sent "${text.slice(0, 80)}"`),
  ];
}

/** Each due time of each subscription has one message, and there are no others. */
function digestFaults(rows: readonly Row[], due: readonly string[]): string[] {
  const posted = rows.flatMap(({ kind, channel, subject }) =>
    kind === 'digest' || kind === 'weekly'
      ? [`${kind} in ${channel} due ${subject.slice(subject.indexOf(':') + 1)}`]
      : [],
  );
  const [wanted, found] = [countBy(due, String), countBy(posted, String)];
  return [...new Set([...due, ...posted])]
    .filter((one) => wanted.get(one) !== found.get(one))
    .map((one) => `${one}: ${found.get(one) ?? 0} instead of ${wanted.get(one) ?? 0}`);
}

/** One message an incident and channel, as it was last, with the lines of its thread in order. */
function incidentFaults(rows: readonly Row[], shown: readonly Shown[], { told }: Books): string[] {
  const bySubject = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.channel} ${row.subject}`;
    bySubject.set(key, [...(bySubject.get(key) ?? []), row]);
  }
  const byKey = new Map(shown.map((one) => [one.key, one]));
  const threads = new Map<string, Shown[]>();
  for (const one of shown) if (one.parent !== null) threads.set(one.parent, [...(threads.get(one.parent) ?? []), one]);
  return told.flatMap(({ incident, entries, posted }) =>
    [...posted].flatMap(([channel, decidedAt]) => {
      const name = `INC-${incident.number} in ${channel}`;
      const own = bySubject.get(`${channel} ${incident.id}`) ?? [];
      const revisions = own.filter(({ kind }) => kind === INCIDENT_KIND);
      const posts = revisions.filter(({ operation }) => operation === 'post');
      const [post] = posts;
      if (post === undefined || posts.length > 1) return [`${name} was posted ${posts.length} times`];
      const faults = byKey.get(post.id)?.text === revisions.at(-1)?.text ? [] : [`${name} shows something old`];
      const lines = new Map(own.filter(({ kind }) => kind === LINE_KIND).map((row) => [row.id, row.sequence]));
      const said = (threads.get(post.id) ?? []).flatMap(({ key }) => lines.get(key) ?? []);
      const may = entries.filter((entry) => isTold(entry, entries));
      const lost = may.filter(({ at, sequence }) => at > decidedAt && !said.includes(sequence));
      if (lost.length > 0) faults.push(`${name} lacks lines ${lost.map(({ sequence }) => sequence).join(' ')}`);
      if (said.some((line, index) => index > 0 && line <= (said[index - 1] ?? 0)))
        faults.push(`${name} has its lines as ${said.join(' ')}`);
      return faults;
    }),
  );
}

function countBy<T>(all: readonly T[], keyOfOne: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(keyOfOne(one), (counts.get(keyOfOne(one)) ?? 0) + 1);
  return counts;
}
