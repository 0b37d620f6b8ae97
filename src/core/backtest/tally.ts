/** Holds alerts against what truly happened, and counts. Counts of several runs add up, see score.ts. */
import type { DateRange } from '../records.ts';
import { dayNumber } from '../window.ts';
import { type Alert, countTold, type Episode, entityName, episodesOf, QUIET_DAYS } from './episodes.ts';
import type { Truth, TruthEntry } from './truth.ts';

export interface BacktestRun {
  /** What a person would have been told as bad. */
  alerts: readonly Alert[];
  /** Days on which a measure was named as not having arrived. */
  gaps: readonly { date: string; metric: string }[];
  truth: Truth;
  /** Days that were judged; incidents and decoys that begin outside are left out. */
  judged: DateRange;
  /** Surfaces that were judged. */
  surfaces: number;
}

export interface IncidentResult {
  entry: TruthEntry;
  /** Days from its start to its first flag, 0 on the first day; null where it was missed. */
  delay: number | null;
  /** Told anew while it lasted. */
  retold: number;
}

export interface DecoyResult {
  entry: TruthEntry;
  flagged: boolean;
  named: boolean;
}

export interface Tally {
  incidents: IncidentResult[];
  decoys: DecoyResult[];
  /** Episodes of a subject that belong to no incident; several metrics at once are one. */
  falseEpisodes: number;
  /** The same by metric, each counted by itself. */
  falseByMetric: ReadonlyMap<string, number>;
  surfaceMonths: number;
  days: number;
}

/**
 * An episode belongs to an incident when a day of it lies in the incident's time, or one quiet day after, on its
 * entity or one of its members, whatever the metric: that is when a person looks and finds it. What belongs to none
 * is false.
 */
export function tallyRun(run: BacktestRun): Tally {
  const first = dayNumber(run.judged.start);
  const end = dayNumber(run.judged.end);
  const inside = (day: number): boolean => day >= first && day < end;
  const episodes = episodesOf(run.alerts.filter(({ date }) => inside(dayNumber(date))));
  const begunInside = ({ start }: TruthEntry): boolean => inside(dayNumber(start));
  const matched = new Set<Episode>();
  // Incidents from before the judged days explain what is flagged of them, but nobody could have been told in time.
  const incidents = run.truth.incidents.flatMap((entry) => {
    const own = episodes.filter((episode) => concerns(entry, episode) && overlaps(entry, episode.days));
    for (const episode of own) matched.add(episode);
    if (!begunInside(entry)) return [];
    const from = dayNumber(entry.start);
    const flagged = own.flatMap(({ days }) => days.filter((day) => within(entry, day)));
    const delay = flagged.length > 0 ? Math.min(...flagged) - from : null;
    return [{ entry, delay, retold: Math.max(0, countTold(own) - countSubjects(own)) }];
  });
  const unmatched = episodes.filter((episode) => !matched.has(episode));
  const decoys = run.truth.decoys.filter(begunInside).map((entry) => ({
    entry,
    flagged: unmatched.some((episode) => concerns(entry, episode) && during(entry, episode.days[0] ?? 0)),
    named: run.gaps.some(({ date, metric }) => metric === entry.metric && during(entry, dayNumber(date))),
  }));
  const falseByMetric = new Map<string, number>();
  for (const { metric } of unmatched) falseByMetric.set(metric, (falseByMetric.get(metric) ?? 0) + 1);
  return {
    incidents,
    decoys,
    falseEpisodes: countTold(unmatched),
    falseByMetric,
    surfaceMonths: (run.surfaces * (end - first)) / 30,
    days: end - first,
  };
}

function concerns({ entity_type, entity_key, metric, also = [], members = [] }: TruthEntry, episode: Episode): boolean {
  // Of the whole product, only what rests on the metric is its doing: everything else goes on as ever.
  if (entity_key === '*') return metric === episode.metric || also.includes(episode.metric);
  return [{ entity_type, entity_key }, ...members].some((each) =>
    episode.entities.has(entityName(each.entity_type, each.entity_key)),
  );
}

function during({ start, end }: TruthEntry, day: number): boolean {
  return day >= dayNumber(start) && day < dayNumber(end);
}

function within({ start, end }: TruthEntry, day: number): boolean {
  return day >= dayNumber(start) && day < dayNumber(end) + QUIET_DAYS;
}

function overlaps(entry: TruthEntry, days: readonly number[]): boolean {
  return days.some((day) => within(entry, day));
}

function countSubjects(episodes: readonly Episode[]): number {
  return new Set(episodes.map(({ subject }) => subject)).size;
}
