/**
 * Messages a second put into groups, beside masking them alone: what one regular expression after the other costs
 * anyway. Half of the messages repeat word for word, as errors do.
 */
import { type MaskedMessage, MessageGroups } from '../src/core/text/grouping/message-groups.ts';
import { maskMessage } from '../src/core/text/signature-mask.ts';

export interface SignaturesBench {
  messages: number;
  groups: number;
  /** Messages a second of CPU, best of the runs. */
  grouped: number;
  masked: number;
  ratio: number;
}

const BATCH = 5_000;
const PARTS = ['cart', 'invoice', 'profile', 'search', 'upload', 'session', 'webhook'];
const ENDS = ['timed out', 'was refused', 'is not configured', 'returned no rows', 'lost its connection'];

/** Measures `messages` of 105 faults, with ids, addresses, paths, durations and JSON tails in them. */
export function benchSignatures({ messages = 60_000, runs = 3 } = {}): SignaturesBench {
  const texts = Array.from({ length: messages }, (_, n) => message(n % 2 === 0 ? n % 400 : n));
  let groups = 0;
  const grouped = best(runs, () => {
    const known = new MessageGroups();
    for (let start = 0; start < texts.length; start += BATCH)
      known.group(texts.slice(start, start + BATCH).map(masked));
    groups = known.size;
  });
  const alone = best(runs, () => {
    for (const text of texts) maskMessage(text);
  });
  const perSecond = (ms: number): number => Math.round((messages * 1000) / ms);
  return {
    messages,
    groups,
    grouped: perSecond(grouped),
    masked: perSecond(alone),
    ratio: Number((alone / grouped).toFixed(2)),
  };
}

export function describeSignatures({ messages, groups, grouped, masked, ratio }: SignaturesBench): string {
  return `signatures, ${messages} messages: ${grouped} messages/s into ${groups} groups, masking alone ${masked} messages/s, ratio ${ratio} (floor 0.5)`;
}

function masked(text: string): MaskedMessage {
  const whole = maskMessage(text);
  return { masked: whole, signature: whole.slice(0, 160) };
}

function message(n: number): string {
  const part = PARTS[n % PARTS.length];
  const end = ENDS[n % ENDS.length];
  const shapes = [
    `The ${part} service at 10.0.${n % 256}.${n % 250}:5432 ${end} after ${n % 9000}ms`,
    `Reading '/srv/data/${n}/${part}.json' of ${part} ${end} for order ${n} {"id":${n},"retry":${n % 5}}`,
    `Request 0190c0de-0000-7000-8000-${String(n).padStart(12, '0')} to ${part} ${end} (attempt ${n % 7} of 7)`,
  ];
  return shapes[n % shapes.length] ?? '';
}

function best(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
