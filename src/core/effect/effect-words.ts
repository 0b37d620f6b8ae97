/** What came of an action, in plain words that whoever shows them escapes: whether it helped, by how much, on what. */
import {
  countOf,
  formatCount,
  formatMilliseconds,
  formatMillisecondsRange,
  formatPoints,
  joinWords,
} from '../facts/render.ts';
import type { Expectation } from '../proposal/expectation.ts';
import { metricWords } from '../proposal/expectation-words.ts';
import type { EffectResult, TrackRecord } from './effect-check.ts';

export interface EffectWords {
  /** "It helped.", said first and stronger. */
  verdict: string;
  /** What moved, by how much more than elsewhere, with its interval. */
  sentence: string;
  /** On what it stands: hours, sample, pages it was held against. */
  basis: string;
}

const HOUR_MS = 3_600_000;

/** @param result as it was measured, `expectation` what it was held against. */
export function effectWords(expectation: Expectation, result: EffectResult): EffectWords {
  const { verdict, difference, low, high, reason } = result;
  if (difference === null || low === null || high === null)
    return { verdict: "Can't tell yet:", sentence: `${reason ?? 'too little is known'}.`, basis: '' };
  const words = metricWords(expectation.metric);
  const noun = `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/^P95/, 'p95');
  const moved = difference < 0 ? 'fell' : 'rose';
  const size = `${amount(expectation.metric, difference)} (${range(expectation.metric, low, high)})`;
  const sentence =
    verdict === 'cannot_tell'
      ? `${noun} ${moved} ${size} against matched pages, which is within what such pages do anyway.`
      : `${noun} on ${expectation.surface} ${moved} ${size} more than on matched pages.`;
  return { verdict: verdictWords(expectation, result), sentence, basis: basisWords(expectation, result) };
}

function verdictWords({ direction }: Expectation, { verdict, low, high }: EffectResult): string {
  if (verdict === 'helped') return 'It helped.';
  if (verdict === 'worse') return 'It got worse.';
  if (verdict === 'cannot_tell') return "Can't tell yet:";
  const least = direction === 'down' ? -(high ?? 0) : (low ?? 0);
  return least > 0 ? 'It helped, but by less than half of what was expected.' : 'It did not help.';
}

function basisWords({ metric }: Expectation, { before, after, exposure, matched }: EffectResult): string {
  const noun = metric === 'failure_rate' || metric === 'latency_p95' ? 'requests' : 'views';
  const hours = ({ start, end }: { start: number; end: number }) => countOf((end - start) / HOUR_MS, 'hour');
  const counts = `${formatCount(exposure.after)} ${noun} against ${formatCount(exposure.before)}`;
  return `${hours(after)} after it against ${hours(before)} before · ${counts} · held against ${countOf(matched.length, 'page')} · 95% interval`;
}

function amount(metric: string, difference: number): string {
  const size = Math.abs(difference);
  if (metric === 'latency_p95') return formatMilliseconds(size);
  return metric === 'pageviews' ? `by ${formatCount(Math.round(size))}` : formatPoints(size);
}

/** Of the sizes, smaller first; where the other direction is inside, with signs. */
function range(metric: string, low: number, high: number): string {
  if (low < 0 && high > 0) return `${signed(metric, low)} to ${signed(metric, high)}`;
  const [from, to] = [Math.min(Math.abs(low), Math.abs(high)), Math.max(Math.abs(low), Math.abs(high))];
  if (metric === 'latency_p95') return formatMillisecondsRange(from, to);
  if (metric === 'pageviews') return `${formatCount(Math.round(from))}–${formatCount(Math.round(to))}`;
  const [first, last] = [formatPoints(from), formatPoints(to)].map((text) => text.replace(/ points?$/, ''));
  return `${first}–${last}`;
}

const signed = (metric: string, value: number): string =>
  `${value < 0 ? '−' : '+'}${amount(metric, value).replace(/^by | points?$/g, '')}`;

/** "helped 4 of 6 times it could be told"; null where it was never checked. */
export function trackWords(record: TrackRecord | undefined): string | null {
  if (record === undefined) return null;
  const { helped, didNotHelp, worse, cannotTell } = record;
  const told = helped + didNotHelp + worse;
  if (told === 0)
    return cannotTell === 0 ? null : `done ${times(cannotTell)} before, whether it helped could not be told`;
  const rest = [
    ...(worse > 0 ? [`made it worse ${times(worse)}`] : []),
    ...(cannotTell > 0 ? [`could not be told ${times(cannotTell)}`] : []),
  ];
  const main = `helped ${formatCount(helped)} of ${told === 1 ? 'the 1 time' : `the ${formatCount(told)} times`} it was checked`;
  return joinWords([main, ...rest]);
}

const times = (count: number): string => (count === 1 ? 'once' : `${formatCount(count)} times`);
