/** A week of judged days in one message: what hurt most, what is over, and how well the bot did. */
import type { EffectWords } from '../effect/effect-words.ts';
import type { Incident } from '../incident/incident.ts';
import type { DateRange, Priority } from '../records.ts';
import type { DigestItem } from './digest-model.ts';

/** A weekly digest shows at most this many. */
export const WEEKLY_ITEMS = 5;

/** A cause over the week, told by its worst day. */
export interface WeekItem {
  worst: Priority;
  /** Judged days on which it was outside normal. */
  days: number;
  /** It still was on the last judged one. */
  goesOn: boolean;
}

export interface WeeklyItem extends Omit<WeekItem, 'worst'> {
  item: DigestItem;
  /** A digest that was posted to the channel just before shows it as it is now, and whether that was its worst day. */
  toldAbove: 'worst' | 'another_day' | null;
}

export interface WeeklyModel {
  /** Half-open, seven days. */
  range: DateRange;
  timezone: string;
  /** ISO 4217. */
  currency: string;
  judgedDays: number;
  /** Worst first, at most `WEEKLY_ITEMS` of `total`. */
  items: WeeklyItem[];
  total: number;
  /** Of those, how many were back to normal by the last judged day. */
  over: number;
  incidents: {
    opened: number;
    ended: number;
    /** Of those that ended, in milliseconds; null for none. */
    medianLength: number | null;
  };
  /** Of this channel. */
  alerts: { posted: number; held: number };
  /** What people said of the week's incidents. */
  judgedByPeople: { useful: number; false: number };
  /** Titles of what was approved and carried out. */
  done: string[];
  /** What was looked at again, with whether it helped. */
  effects: (Pick<EffectWords, 'verdict' | 'sentence'> & { title: string })[];
}

/**
 * Causes of a week, the worst first: by their best-scored day. What leads one day and is a member another is one cause
 * only where the leader is the same.
 * @param byDay each judged day's priorities as the subscription lets them through.
 */
export function summariseWeek(byDay: ReadonlyMap<string, readonly Priority[]>): WeekItem[] {
  const lastJudged = [...byDay.keys()].sort().at(-1);
  const items = new Map<string, WeekItem>();
  for (const [date, priorities] of [...byDay].sort(([a], [b]) => (a < b ? -1 : 1)))
    for (const priority of priorities) {
      const key = `${priority.entity_type} ${priority.entity_key}`;
      const known = items.get(key);
      const worst = known && known.worst.score >= priority.score ? known.worst : priority;
      items.set(key, { worst, days: (known?.days ?? 0) + 1, goesOn: date === lastJudged });
    }
  return [...items.values()]
    .sort((a, b) => b.worst.score - a.worst.score || (a.worst.entity_key < b.worst.entity_key ? -1 : 1))
    .map((item, index) => ({ ...item, worst: { ...item.worst, rank: index + 1 } }));
}

/** Incidents of the week; one that goes on has no length yet. */
export function countIncidents(
  incidents: readonly Pick<Incident, 'openedAt' | 'endedAt'>[],
  { start, end }: { start: number; end: number },
): WeeklyModel['incidents'] {
  const within = (at: number | null): at is number => at !== null && at >= start && at < end;
  const lengths = incidents
    .flatMap(({ openedAt, endedAt }) => (within(endedAt) ? [endedAt - openedAt] : []))
    .sort((a, b) => a - b);
  return {
    opened: incidents.filter(({ openedAt }) => within(openedAt)).length,
    ended: lengths.length,
    medianLength: lengths.length === 0 ? null : (lengths[Math.floor((lengths.length - 1) / 2)] ?? null),
  };
}
