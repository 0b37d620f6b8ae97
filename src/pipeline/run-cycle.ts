import { toMinorUnits } from '../core/facts/render.ts';
import type { Profile, Sensitivity } from '../core/records.ts';
import { type Clustering, THEME_VERSION } from '../core/text/themes/theme.ts';
import { judgedDate } from '../core/window.ts';
import { SeepassError } from '../errors.ts';
import { type AggregateReport, aggregate } from './aggregate.ts';
import { judgeDays } from './judge.ts';
import type { Clock, Log, Stores } from './ports.ts';
import { updateThemes } from './update-themes.ts';

export interface CycleOptions {
  stores: Pick<
    Stores,
    | 'themes'
    | 'signatures'
    | 'rollups'
    | 'hours'
    | 'counts'
    | 'priorities'
    | 'freshness'
    | 'settings'
    | 'maintenance'
    | 'votes'
  >;
  /** First and last day to judge, both included; undefined for the last complete day that has data. */
  chosen: { first: string; last: string } | undefined;
  /** Epoch milliseconds the run is stamped with. */
  asOf: number;
  /** IANA zone of the workspace. */
  timezone: string;
  /** ISO 4217. */
  currency: string;
  /** How tickets are grouped into themes. */
  ticketClustering?: Clustering;
  profile?: Profile;
  sensitivity?: Sensitivity;
  clock: Clock;
  log: Log;
  /** One line per step, for people who wait. */
  onProgress?: (line: string) => void;
}

export interface CycleReport {
  days: { date: string; surfaces: number; findings: number; priorities: number }[];
  seconds: { aggregate: number; detect: number; rank: number };
}

/**
 * Puts new tickets into themes and error signatures of one fault together, aggregates what is dirty, then judges, ranks
 * and stores the chosen days. Running it again gives the same rows.
 * @throws SeepassError `bad_arguments` when a chosen day is not over yet.
 */
export async function runCycle(options: CycleOptions): Promise<CycleReport> {
  const { stores, asOf, timezone, currency, clock, log, profile = 'default' } = options;
  const say = options.onProgress ?? (() => undefined);
  const lastComplete = judgedDate(asOf, timezone);
  refuseUnfinished(options.chosen?.last, lastComplete, timezone);
  say('Aggregating new events');
  // First, as the days name tickets by their themes.
  const definition = { clustering: options.ticketClustering ?? 'average-link', normaliser_version: THEME_VERSION };
  await updateThemes({ themes: stores.themes, definition, clock, log });
  const twins = await stores.signatures.mergeTwins();
  if (twins > 0) log.info({ twins }, 'error signatures of one fault are counted as one');
  const aggregated = await aggregate({ stores, clock });
  const { buckets, hours, seconds: took } = aggregated;
  log.info({ buckets, hours, seconds: took }, 'rollups are up to date');

  const { first, last } = options.chosen ?? defaultDay(aggregated.span, lastComplete);
  if (options.chosen === undefined && last < lastComplete) say(`The data ends on ${last}: judging that day`);
  say(first === last ? `Judging ${first}` : `Judging ${first} to ${last}`);
  const { days, seconds } = await judgeDays({
    stores,
    first,
    last,
    asOf,
    timezone,
    profile,
    ...(options.sensitivity ? { sensitivity: options.sensitivity } : {}),
    log,
    clock,
    minorUnits: toMinorUnits(1, currency),
  });
  return {
    days: days.map(({ date, surfaces, findings, priorities }) => ({ date, surfaces, findings, priorities })),
    seconds: { aggregate: aggregated.seconds, ...seconds },
  };
}

/** Half a day compares badly with whole ones, and a day to come would stay the latest judged one. */
function refuseUnfinished(last: string | undefined, lastComplete: string, timezone: string): void {
  if (last === undefined || last <= lastComplete) return;
  throw new SeepassError('bad_arguments', `${last} is not over yet in ${timezone}.`, {
    fix: `Only complete days are judged; the latest is ${lastComplete}.`,
  });
}

/** Somebody with last month's file wants its last day judged, not an empty yesterday. */
function defaultDay(span: AggregateReport['span'], lastComplete: string): { first: string; last: string } {
  const day = span !== null && span.last < lastComplete ? span.last : lastComplete;
  return { first: day, last: day };
}
