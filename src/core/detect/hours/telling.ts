/** The episodes people are told of at each setting of the knob: what was learned is one, only the telling differs. */
import type { Sensitivity } from '../../records.ts';
import { demandOf, SENSITIVITIES } from '../sensitivity.ts';
import { Episode } from '../series/episode.ts';
import type { StateReader, StateWriter } from '../series/state.ts';
import type { HourlyMetric } from './hourly-metrics.ts';

/** Judged hours in line that end an episode. */
const QUIET_HOURS = 3;

export class Telling {
  readonly level: Sensitivity;
  /** What the setting demands of an hour's effect, and of its q-value as a multiple. */
  readonly metric: HourlyMetric;
  readonly chance: number;
  readonly episode = new Episode(QUIET_HOURS);
  /** Start of the last hour that was part of an episode. */
  toldUntil = Number.NEGATIVE_INFINITY;

  constructor(level: Sensitivity, metric: HourlyMetric) {
    const { ratio, chance } = demandOf(level);
    this.level = level;
    this.metric = { ...metric, minRatio: Math.max(metric.minRatio, ratio) };
    this.chance = chance;
  }

  get isOpen(): boolean {
    return this.episode.open !== undefined;
  }

  save(to: StateWriter): void {
    this.episode.save(to);
    to.number(this.toldUntil);
  }

  restore(from: StateReader): void {
    this.episode.restore(from);
    this.toldUntil = from.number();
  }
}

/**
 * One a setting, in the order of `SENSITIVITIES`. Each keeps its own memory, and still a quieter one tells nothing that
 * a more eager one keeps to itself: `normal` goes first, `quiet` needs its episode, `eager` takes over what it tells.
 */
export function createTellings(metric: HourlyMetric): readonly Telling[] {
  return SENSITIVITIES.map((level) => new Telling(level, metric));
}
