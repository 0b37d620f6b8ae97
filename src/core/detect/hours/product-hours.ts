/**
 * The product as a whole, hour by hour: how far its traffic is above the usual, and ingest gaps. A measure that falls
 * silent everywhere while another one goes on is broken tracking; views halved with requests as usual is a part of it.
 */
import type { HourHistory } from '../hour-history.ts';
import type { Calendar } from '../series/calendar.ts';
import type { CountSurprise } from '../series/count-model.ts';
import type { StateReader, StateWriter } from '../series/state.ts';
import { LearnedCounts } from './learned-counts.ts';

/** Failures are left out: none of them in an hour is good news, not a gap. */
const WATCHED = ['pageviews', 'errors', 'dropoffs', 'requests'] as const;
export type Watched = (typeof WATCHED)[number];

/** As by the day: below this expected total silence may be chance. */
const MIN_EXPECTED = 30;
const SILENT_BELOW = 0.05;
const SPEAKING_FROM = 0.5;
const PARTLY_SILENT_BELOW = 0.5;
const AS_USUAL_FROM = 0.9;
/** A measure that was silent for two weeks is not measured any more: that is the new normal. */
const GAP_HOURS = 14 * 24;

export interface ProductHour {
  gaps: readonly Watched[];
  /** Observed over expected; 1 while that is not known. */
  level(measure: Watched): number;
}

interface WatchedCounts {
  counts: LearnedCounts | undefined;
  /** Hours on end that it has been silent. */
  silent: number;
}

export class ProductHours {
  private readonly watched: WatchedCounts[] = WATCHED.map(() => ({ counts: undefined, silent: 0 }));
  private readonly calendar: Calendar;

  constructor(calendar: Calendar) {
    this.calendar = calendar;
  }

  /** What an hour was for the product; takes it in. */
  judge(totals: HourHistory['totals'], slot: number, at: number): ProductHour {
    const levels = new Map<Watched, number>();
    const weighed = WATCHED.map((measure, index): CountSurprise | undefined => {
      const value = totals[measure][slot] ?? 0;
      const watched = this.watched[index];
      if (!watched) return undefined;
      watched.counts ??= LearnedCounts.from({ at, value }, this.calendar);
      const surprise = watched.counts.model.weigh({ at, value });
      const { expected } = surprise;
      if (watched.counts.model.ready && expected >= MIN_EXPECTED) levels.set(measure, value / expected);
      return surprise;
    });
    const gaps = findGaps(levels);
    WATCHED.forEach((measure, index) => {
      const watched = this.watched[index];
      const surprise = weighed[index];
      if (!watched || !surprise) return;
      watched.silent = gaps.includes(measure) ? watched.silent + 1 : 0;
      if (watched.silent === 0) watched.counts?.learn(at, surprise);
      else if (watched.silent > GAP_HOURS) surprise.learn(true);
    });
    return { gaps, level: (measure) => levels.get(measure) ?? 1 };
  }

  save(to: StateWriter): void {
    for (const { counts, silent } of this.watched) {
      to.numbers(silent, counts ? 1 : 0);
      counts?.save(to);
    }
  }

  restore(from: StateReader): void {
    for (const watched of this.watched) {
      watched.silent = from.number();
      watched.counts = from.number() === 1 ? LearnedCounts.restore(from, this.calendar) : undefined;
    }
  }
}

function findGaps(levels: ReadonlyMap<Watched, number>): Watched[] {
  const requests = levels.get('requests') ?? 0;
  return [...levels].flatMap(([measure, level]) => {
    const loudest = Math.max(0, ...[...levels].flatMap(([other, its]) => (other === measure ? [] : [its])));
    const silent = level < SILENT_BELOW && loudest >= SPEAKING_FROM;
    const partly = measure === 'pageviews' && level < PARTLY_SILENT_BELOW && requests >= AS_USUAL_FROM;
    return silent || partly ? [measure] : [];
  });
}
