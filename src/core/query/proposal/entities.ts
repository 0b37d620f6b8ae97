/** Whether a proposal names only what can be known: the question's words, the vocabulary, the thread. */
import type { MetricQuery } from '../metric-query.ts';
import { numberOf } from '../parse/number-words.ts';
import type { Sentence } from '../parse/sentence.ts';
import { meant } from '../parse/sentence.ts';
import type { QuestionSetting } from '../reading.ts';

/** What entities are held against. */
export interface Known {
  sentence: Sentence;
  setting: QuestionSetting;
}

/**
 * A surface as our data writes it; null where nobody can have seen it, or where the question names another one.
 */
export function knownSurface(surface: string, { sentence, setting: { vocabulary, thread } }: Known): string | null {
  const named = meant(sentence.mentions, 'surface').map(({ meaning }) => meaning.surface);
  const written = sentence.written.filter(({ slot }) => slot === 'surface').map(({ value }) => value);
  const before = [thread?.query.surface, ...listed('surface', thread)];
  if ([...named, ...written, ...before].includes(surface)) return surface;
  if (named.length > 0 || written.length > 0) return widens([...named, ...written], surface) ? surface : null;
  if (vocabulary.surfaces.includes(surface)) return surface;
  return widens(vocabulary.surfaces, surface) ? surface : null;
}

/** "/checkout*" is all that begins so; "*" alone is no surface. */
const widens = (surfaces: readonly string[], pattern: string): boolean =>
  /^\/[^*]+\*$/.test(pattern) && surfaces.some((surface) => surface.startsWith(pattern.slice(0, -1)));

/** A value as our data writes it; null where nobody can have seen it. Accounts have to be named by the question itself. */
export function knownValue(dimension: string, value: string, known: Known): string | null {
  const { sentence, setting } = known;
  if (dimension === 'surface') return knownSurface(value, known);
  const same = (other: string): boolean => other.toLowerCase() === value.toLowerCase();
  const before = [setting.thread?.query.filters[dimension] ?? []].flat().map(String);
  const said = [...before, ...listed(dimension, setting.thread)].find(same);
  if (said !== undefined) return said;
  const stored = setting.vocabulary.values[dimension]?.find(same);
  if (isWordIn(sentence.text, value)) return stored ?? value;
  if (sentence.written.some((one) => one.slot === dimension && same(one.value))) return value;
  return dimension === 'account' ? null : (stored ?? null);
}

/** A cohort's day that the question says, in digits or words, in days, weeks or months. */
export function knownCohortDay(value: string, { sentence, setting }: Known): number | null {
  const day = Number(value);
  if (!Number.isInteger(day) || day < 1 || day > 365) return null;
  const said = sentence.tokens.flatMap(({ word }) => numberOf(word) ?? []);
  const written = sentence.written.filter(({ slot }) => slot === 'cohort_day').map((one) => Number(one.value));
  const before = Number(setting.thread?.query.filters.cohort_day ?? Number.NaN);
  const all = [...written, before, ...said.flatMap((count) => [count, count * 7, count * 30])];
  return all.includes(day) ? day : null;
}

/** What the question writes out (a path, a release, a status) and the query leaves out; null where it has it all. */
export function leftOut({ written }: Sentence, { metric, surface, filters }: MetricQuery): string | null {
  const has = ({ slot, value }: Sentence['written'][number]): boolean => {
    if (slot === 'status' && metric === 'request_failures') return true;
    const limits = [filters[slot] ?? []].flat().map((one) => String(one).toLowerCase());
    if (slot === 'surface' && surface !== null && (surface === value || widens([value], surface))) return true;
    return limits.includes(value.toLowerCase());
  };
  return written.find((one) => !has(one))?.slot ?? null;
}

const listed = (dimension: string, thread: QuestionSetting['thread']): string[] =>
  (thread?.listed ?? []).filter((one) => one.dimension === dimension).map(({ value }) => value);

function isWordIn(text: string, value: string): boolean {
  const escaped = value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}
