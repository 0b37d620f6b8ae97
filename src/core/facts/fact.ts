import type { Fact } from '../records.ts';
import { countOf, formatCount, formatMilliseconds, formatPercent, formatRatio } from './render.ts';

/** What a figure measures, which decides how it reads. */
export type Unit = 'share' | 'ms' | 'count';

/** A name longer than this is cut where it is shown. */
const NAME_LENGTH = 80;

export function unitOf(metric: string): Unit {
  if (metric.startsWith('latency')) return 'ms';
  return metric.endsWith('_rate') || metric === 'share' ? 'share' : 'count';
}

export function measured(id: string, label: string, value: number, unit: Unit): Fact[] {
  if (!Number.isFinite(value)) return [];
  const text = { share: formatPercent, ms: formatMilliseconds, count: formatCount }[unit](value);
  return [{ id, label, value, unit, text }];
}

/** An expected count is an estimate, so it is shown whole. */
export function rounded(id: string, label: string, value: number): Fact[] {
  if (!Number.isFinite(value) || value < 0) return [];
  return [{ id, label, value, unit: 'count', text: value < 1 ? 'under 1' : formatCount(Math.round(value)) }];
}

export function positive(id: string, label: string, count: number): Fact[] {
  return count > 0 ? measured(id, label, count, 'count') : [];
}

/** A count as it is, none included. */
export const countFact = (id: string, label: string, value: number): Fact => ({
  ...{ id, label, value, unit: 'count' },
  text: formatCount(value),
});

export function counted(id: string, label: string, count: number, noun: string): Fact[] {
  if (!(count > 0) || !Number.isFinite(count)) return [];
  return [{ id, label, value: count, unit: `${noun}s`, text: countOf(count, noun) }];
}

export function ratioFact(id: string, label: string, current: number, baseline: number): Fact[] {
  const ratio = current / baseline;
  if (!Number.isFinite(ratio) || baseline <= 0) return [];
  return [{ id, label, value: ratio, unit: 'x', text: formatRatio(ratio) }];
}

export function share(id: string, label: string, part: number, whole: number): Fact[] {
  return whole > 0 && part > 0 && part <= whole ? measured(id, label, part / whole, 'share') : [];
}

export function name(id: string, label: string, text: string): Fact {
  return { id, label, value: text, unit: 'name', text: shortName(text) };
}

export function dateFact(id: string, label: string, value: string, text: string): Fact {
  return { id, label, value, unit: 'date', text };
}

/** On one line, cut to what a phone shows. */
function shortName(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return '(no name)';
  const characters = [...line];
  return characters.length <= NAME_LENGTH
    ? line
    : `${characters
        .slice(0, NAME_LENGTH - 1)
        .join('')
        .trimEnd()}…`;
}
