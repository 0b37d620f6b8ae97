/** The periods a model may choose from: it names one, code says which days that is, and no date can be made up. */
import type { ThreadContext } from '../reading.ts';
import { periodBefore } from '../time/period-before.ts';
import { readTime, type TimeReading } from '../time/read-time.ts';
import type { AskedAt, TimeWindow } from '../time/time-window.ts';

const NAMED = [
  'today',
  'yesterday',
  'this week',
  'last week',
  'this month',
  'last month',
  'past 7 days',
  'past 14 days',
  'past 30 days',
  'past 90 days',
  'this quarter',
  'last quarter',
  'this year',
  'last year',
] as const;

/** `in_question` is what our reader of time found there; `not_said` leaves the choice to the metric. */
export const PERIODS = ['not_said', 'in_question', 'of_thread', ...NAMED] as const;
type PeriodName = (typeof PERIODS)[number];

/** `before` is the period of the same length right before. */
export const COMPARED = ['not_compared', 'in_question', 'of_thread', 'before', ...NAMED] as const;
type ComparedName = (typeof COMPARED)[number];

type Named = (typeof NAMED)[number];

/** Every named period as days of the workspace's zone. */
export const namedPeriods = (at: AskedAt): { name: Named; window: TimeWindow }[] =>
  NAMED.map((name) => ({ name, window: namedPeriod(name, at) }));

/** By our own reader of time. */
function namedPeriod(name: Named, at: AskedAt): TimeWindow {
  const { window } = readTime(name, at);
  if (window === null) throw new RangeError(`"${name}" is not read as a period`);
  return window;
}

/** What the question says by itself goes before what was chosen; null where neither says anything. */
export function chosenWindow(
  name: PeriodName,
  time: TimeReading,
  thread: ThreadContext | null,
  at: AskedAt,
): TimeWindow | null {
  if (time.window !== null || name === 'in_question' || name === 'not_said') return time.window;
  return name === 'of_thread' ? (thread?.query.window ?? null) : namedPeriod(name, at);
}

/** The same of the earlier period; null where it would not be earlier. */
export function chosenCompare(
  name: ComparedName,
  { window, time, thread, at }: { window: TimeWindow; time: TimeReading; thread: ThreadContext | null; at: AskedAt },
): TimeWindow | null {
  const chosen = time.compare ?? named();
  return chosen !== null && chosen.start < window.start ? chosen : null;

  function named(): TimeWindow | null {
    if (name === 'not_compared' || name === 'in_question') return null;
    if (name === 'before') return periodBefore(window);
    return name === 'of_thread' ? (thread?.query.compare ?? null) : namedPeriod(name, at);
  }
}
