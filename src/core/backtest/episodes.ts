/** Alerts as people live through them: what is flagged day after day is one thing. */
import type { EntityType } from '../records.ts';
import { dayNumber } from '../window.ts';

/** One entity's metric flagged on one day, by whatever detector. */
export interface Alert {
  date: string;
  entity_type: EntityType;
  entity_key: string;
  metric: string;
  /** Where most of a signature is seen: told together with that surface, so it counts as the surface's. */
  surface?: string | undefined;
}

export interface Episode {
  /** `entity_type entity_key` of the alerts, and of the surface they were seen on. */
  entities: ReadonlySet<string>;
  /** What it is counted under when false: the surface where there is one. */
  subject: string;
  metric: string;
  /** Day numbers, ascending. */
  days: number[];
}

/** Flags with at most this many quiet days between are one episode. */
export const QUIET_DAYS = 1;

export function entityName(entityType: EntityType, entityKey: string): string {
  return `${entityType} ${entityKey}`;
}

/** Alerts of an entity's metric, a quiet day bridged. */
export function episodesOf(alerts: readonly Alert[]): Episode[] {
  const streams = new Map<string, { alert: Alert; days: Set<number> }>();
  for (const alert of alerts) {
    const { entity_type, entity_key, metric, surface } = alert;
    const key = [entity_type, entity_key, metric, surface ?? ''].join('\u0000');
    const stream = streams.get(key) ?? { alert, days: new Set<number>() };
    stream.days.add(dayNumber(alert.date));
    streams.set(key, stream);
  }
  return [...streams.values()].flatMap(({ alert, days }) =>
    splitRuns([...days]).map((run) => {
      const own = entityName(alert.entity_type, alert.entity_key);
      const subject = alert.surface === undefined ? own : entityName('surface', alert.surface);
      return { entities: new Set([own, subject]), subject, metric: alert.metric, days: run };
    }),
  );
}

/** How many runs the days of these episodes make together, by subject: what a person would have been told. */
export function countTold(episodes: readonly Episode[]): number {
  const bySubject = new Map<string, number[]>();
  for (const { subject, days } of episodes) bySubject.set(subject, [...(bySubject.get(subject) ?? []), ...days]);
  return [...bySubject.values()].reduce((sum, days) => sum + splitRuns([...new Set(days)]).length, 0);
}

function splitRuns(days: number[]): number[][] {
  const runs: number[][] = [];
  for (const day of days.sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && day - (run.at(-1) ?? day) <= QUIET_DAYS + 1) run.push(day);
    else runs.push([day]);
  }
  return runs;
}
