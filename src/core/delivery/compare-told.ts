/** What is different between two things that were told: from digest to digest, and of one day after late data. */
import type { Severity } from '../records.ts';
import type { Told, ToldItem } from './told.ts';

/** Against the last digest of the same subscription. */
export type Move = 'new' | 'worse' | 'better' | 'same';

export interface Changes {
  /** The judged day of the digest before; null where there is none. */
  since: string | null;
  /** By `keyOf`. */
  moves: Readonly<Record<string, Move>>;
  /** Told then, and not outside normal now. */
  resolved: ToldItem[];
}

/** A ratio that moved by less than this is the same: people should not be told of noise. */
const STEADY = 0.1;
const RANKS: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2 };

export const keyOf = ({ entity_type, entity_key }: Pick<ToldItem, 'entity_type' | 'entity_key'>): string =>
  `${entity_type} ${entity_key}`;

/** An entity that is a member of another's cause now has not ended, and one that was such a member is not new. */
export function compareTold(before: Told | undefined, now: Told): Changes {
  if (before === undefined)
    return { since: null, moves: Object.fromEntries(now.items.map((item) => [keyOf(item), 'new'])), resolved: [] };
  const then = new Map(before.items.map((item) => [keyOf(item), item]));
  const namedThen = namesIn(before);
  const namedNow = namesIn(now);
  return {
    since: before.date,
    moves: Object.fromEntries(
      now.items.map((item): [string, Move] => {
        const earlier = then.get(keyOf(item));
        if (earlier) return [keyOf(item), moveOf(earlier, item)];
        return [keyOf(item), namedThen.has(item.entity_key) ? 'same' : 'new'];
      }),
    ),
    resolved: before.items.filter((item) => !namedNow.has(item.entity_key)),
  };
}

const namesIn = ({ items }: Told): Set<string> =>
  new Set(items.flatMap(({ entity_key, members }) => [entity_key, ...members]));

function moveOf(before: ToldItem, now: ToldItem): Move {
  const step = RANKS[now.severity] - RANKS[before.severity];
  if (step !== 0) return step > 0 ? 'worse' : 'better';
  if (before.metric !== now.metric || before.ratio === null || now.ratio === null) return 'same';
  const change = now.ratio / before.ratio - 1;
  if (Math.abs(change) <= STEADY) return 'same';
  return change > 0 ? 'worse' : 'better';
}

/** What late data changed in what was told of a day, as people read it. */
export type Correction =
  | { kind: 'figure'; item: ToldItem; before: string; after: string; rankBefore: number }
  | { kind: 'rank'; item: ToldItem; rankBefore: number }
  | { kind: 'appeared'; item: ToldItem }
  | { kind: 'vanished'; item: ToldItem };

/**
 * Differences beyond rounding: a figure that reads the same has not changed. An item below the ones shown that comes or
 * goes, or changes places, is no correction.
 * @param shown how many items people saw.
 */
export function correctionsOf(before: Told, now: Told, shown: number): Correction[] {
  const then = new Map(before.items.map((item) => [keyOf(item), item]));
  const named = namesIn(before);
  const stillNamed = namesIn(now);
  const changed = now.items.flatMap((item): Correction[] => {
    const earlier = then.get(keyOf(item));
    if (!earlier) return item.rank <= shown && !named.has(item.entity_key) ? [{ kind: 'appeared', item }] : [];
    if (earlier.rank > shown && item.rank > shown) return [];
    if (
      earlier.metric === item.metric &&
      earlier.figure !== null &&
      item.figure !== null &&
      earlier.figure !== item.figure
    )
      return [{ kind: 'figure', item, before: earlier.figure, after: item.figure, rankBefore: earlier.rank }];
    if (earlier.headline !== item.headline)
      return [{ kind: 'figure', item, before: earlier.headline, after: item.headline, rankBefore: earlier.rank }];
    return earlier.rank === item.rank ? [] : [{ kind: 'rank', item, rankBefore: earlier.rank }];
  });
  const vanished = before.items
    .filter((item) => item.rank <= shown && !stillNamed.has(item.entity_key))
    .map((item): Correction => ({ kind: 'vanished', item }));
  return [...changed, ...vanished];
}
