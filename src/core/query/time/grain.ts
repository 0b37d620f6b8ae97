/** Grains: "per day", "daily", "by week", "which hour", "trend". */
import { type Passage, skipWords, wordAt } from './period.ts';
import { daysIn, hasHours, type TimeWindow } from './time-window.ts';
import { tokenAt } from './tokens.ts';
import { unitOf } from './vocabulary.ts';

export type Grain = 'hour' | 'day' | 'week' | 'month';

interface GrainWords {
  /** `trend`: a series whose grain the window decides. */
  readonly grain: Grain | 'trend';
  readonly next: number;
}

const ADVERBS: Record<string, Grain> = { hourly: 'hour', daily: 'day', weekly: 'week', monthly: 'month' };
/** A plan or a mail that comes monthly is no series. */
const NOT_A_SERIES =
  /^(plan|plans|subscription|subscriptions|billing|report|reports|digest|newsletter|invoice|invoices|limit|quota)$/;
const EACH = ['per', 'by', 'each', 'every', 'a', 'an'];
const EXTREME = /^(which|what|busiest|worst|best|peak|slowest|biggest|quietest|highest|lowest|calmest|top|noisiest)$/;

/** The words that ask for a series, beginning at a token. */
export function readGrain(passage: Passage, index: number): GrainWords | null {
  const word = wordAt(passage, index);
  const after = wordAt(passage, index + 1);
  if (Object.hasOwn(ADVERBS, word)) {
    const grain = ADVERBS[word];
    return grain === undefined || NOT_A_SERIES.test(after) ? null : { grain, next: index + 1 };
  }
  if (/^(trend|trends|trending|trended|trendline|timeline|timeseries|evolution)$/.test(word))
    return { grain: 'trend', next: index + 1 };
  if (word === 'over' && after === 'time') return { grain: 'trend', next: index + 2 };
  if (word === 'time' && after === 'series') return { grain: 'trend', next: index + 2 };
  if (word === 'by' && after === 'date') return { grain: 'day', next: index + 2 };
  return readUnitGrain(passage, index);
}

function readUnitGrain(passage: Passage, index: number): GrainWords | null {
  const word = wordAt(passage, index);
  const isEach = EACH.includes(word) || (word === '/' && tokenAt(passage.tokens, index - 1).kind === 'word');
  const at = skipWords(passage, index + 1, ...(word === 'by' ? ['the', 'calendar'] : ['single', 'calendar', 'one']));
  if (isEach || EXTREME.test(word)) {
    const grain = grainAt(passage, at);
    return grain !== null && !isOtherwise(passage, at, word) ? { grain, next: at + 1 } : null;
  }
  const unit = grainAt(passage, index);
  if (unit !== null && ['by', 'after'].includes(wordAt(passage, index + 1)) && grainAt(passage, index + 2) === unit) {
    return { grain: unit, next: index + 3 };
  }
  return null;
}

/** "a day ago", "by day 7" and "in a week vs …" mean something else. */
function isOtherwise(passage: Passage, at: number, lead: string): boolean {
  const after = tokenAt(passage.tokens, at + 1);
  if (lead === 'a' || lead === 'an') {
    const before = wordAt(passage, at - 2);
    return (
      /^(ago|before|after|earlier|later|prior|of|over|on|to)$/.test(after.word) ||
      /^(in|for|within|over|of|half|once|than|what|such|over|is)$/.test(before)
    );
  }
  return after.kind === 'number' || (lead === 'by' && /^(ago|before)$/.test(after.word));
}

/** The unit as a grain; quarters and years have none. */
function grainAt(passage: Passage, index: number): Grain | null {
  const unit = unitOf(wordAt(passage, index));
  return unit === undefined || unit === 'quarter' || unit === 'year' ? null : unit;
}

/** The grain a trend is drawn in: some ten to sixty points. */
export function grainFor(window: TimeWindow): Grain {
  const days = daysIn(window);
  if (hasHours(window) || days <= 2) return 'hour';
  if (days <= 62) return 'day';
  return days <= 400 ? 'week' : 'month';
}
