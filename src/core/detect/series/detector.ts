/**
 * Judges one series as it comes: each verdict rests on that point and earlier ones, in memory that does not grow.
 * The same core serves a CSV file and the hourly series of a surface.
 */
import { type Calendar, createCalendar } from './calendar.ts';
import { CountModel } from './count-model.ts';
import { EitherModel } from './either-model.ts';
import { Episode } from './episode.ts';
import { HOUR, inferGrain } from './grain.ts';
import type { PointState, PointVerdict, SeriesModel, SeriesPoint, Surprise } from './point.ts';
import { ValueModel } from './value-model.ts';
import { formatReading } from './words.ts';

/** Points that say what the grain is. */
const GRAIN_POINTS = 24;
/** The hour may jitter a little and stay an hour. */
const LONG_GRAIN = 0.9 * HOUR;

export interface SeriesSettings {
  /** IANA zone of the hours and weekdays. */
  zone: string;
  /** Epoch ms; the bucket of counts this lies in is not over and is not judged. */
  asOf?: number;
}

export interface SeriesDetector {
  /** Times must not descend; a point of the same time as the last is one more reading. */
  judge(point: SeriesPoint): PointVerdict;
}

export function createSeriesDetector({ zone, asOf }: SeriesSettings): SeriesDetector {
  const calendar = createCalendar(zone);
  const start = new Start();
  let judged: ModelledSeries | undefined;
  return {
    judge(point) {
      if (judged !== undefined) return judged.judge(point);
      const verdict = start.judge(point);
      if (start.points.length === GRAIN_POINTS) judged = new ModelledSeries(start.points, calendar, asOf);
      return verdict;
    },
  };
}

/** The first points, before the grain is known: what the next may be is told by their mean and their ends. */
class Start {
  readonly points: SeriesPoint[] = [];

  judge(point: SeriesPoint): PointVerdict {
    const { at, value, total } = point;
    const scale = total ?? 1;
    const rates = this.points.map((seen) => (seen.total === undefined ? seen.value : seen.value / (seen.total || 1)));
    if (rates.length === 0) rates.push(total === undefined ? value : value / (total || 1));
    this.points.push(point);
    return {
      at,
      flagged: false,
      score: 0,
      expected: scale * rates.reduce((sum, rate) => sum + rate / rates.length, 0),
      lower: scale * Math.min(...rates),
      upper: scale * Math.max(...rates),
      reason: `Learning: ${this.points.length} ${this.points.length === 1 ? 'point' : 'points'} seen, too few to judge.`,
      state: 'learning',
    };
  }
}

class ModelledSeries {
  private readonly model: SeriesModel;
  private readonly episode: Episode;
  private readonly calendar: Calendar;
  private readonly grain: number;
  private readonly asOf: number;
  private seen = 0;

  constructor(points: readonly SeriesPoint[], calendar: Calendar, asOf = Number.POSITIVE_INFINITY) {
    this.grain = inferGrain(points.map(({ at }) => at));
    this.calendar = calendar;
    this.asOf = asOf;
    this.model = createModel(points, this.grain, calendar);
    this.episode = new Episode(this.model.quietAfter);
    for (const point of points) this.judge(point);
  }

  judge(point: SeriesPoint): PointVerdict {
    const { at, total } = point;
    const surprise = total === 0 ? undefined : this.model.weigh(point);
    if (surprise === undefined) return unjudged(point, 0, 0, 0, 'the total is 0');
    const { expected, lower, upper } = surprise;
    if (this.model.gathers && at <= this.asOf && this.asOf < at + this.grain)
      return unjudged(point, expected, lower, upper, 'the bucket is not over yet');
    this.seen++;
    if (this.seen <= this.model.learning) {
      surprise.learn(false);
      const reason = `Learning: ${this.seen} of ${this.model.learning} points seen.`;
      return { at, flagged: false, score: 0, expected, lower, upper, reason, state: 'learning' };
    }
    const { score, flagged, since, age } = this.episode.place(at, surprise.strength, surprise.alone);
    const accepted = since !== undefined && age > this.model.acceptAfter;
    const state: PointState = since === undefined ? 'normal' : age === 0 ? 'onset' : 'ongoing';
    const reason = this.explain(surprise, flagged, { since, age, accepted });
    surprise.learn(accepted);
    return { at, flagged, score, expected, lower, upper, reason, state };
  }

  private explain(
    { way, describe }: Surprise,
    flagged: boolean,
    episode: { since: number | undefined; age: number; accepted: boolean },
  ): string {
    const words = describe();
    if (episode.since === undefined) return `Normal: ${words}.`;
    if (episode.age === 0) return `${way}: ${words}.`;
    const began = this.calendar.label(episode.since);
    if (episode.accepted) return `${words}; so since ${began}, which is now taken for the new normal.`;
    return `${flagged ? 'Far worse: ' : ''}${words}; the episode began ${began}.`;
  }
}

function createModel(points: readonly SeriesPoint[], grain: number, calendar: Calendar): SeriesModel {
  const first = points.find(({ total }) => total !== 0) ?? points[0];
  if (first === undefined) throw new RangeError('A model needs a first point.');
  if (first.total !== undefined) return new CountModel(first, grain, calendar);
  return grain >= LONG_GRAIN ? new EitherModel(first, grain, calendar) : new ValueModel(first.value, grain, calendar);
}

function unjudged(
  { at, value, total }: SeriesPoint,
  expected: number,
  lower: number,
  upper: number,
  why: string,
): PointVerdict {
  const counted = total === undefined ? formatReading(value) : `${formatReading(value)} in ${formatReading(total)}`;
  return {
    at,
    flagged: false,
    score: 0,
    expected,
    lower,
    upper,
    reason: `Not judged: ${counted}, ${why}.`,
    state: 'unjudged',
  };
}
