/** Findings, hours and incidents made up for tests. */
import type { HourlyFinding } from '../../../src/core/detect/hours/hourly-finding.ts';
import type { IncidentChange } from '../../../src/core/incident/change.ts';
import { followHours } from '../../../src/core/incident/follow-hours.ts';
import type { FollowedHour } from '../../../src/core/incident/followed-hour.ts';
import { type Incident, isLive } from '../../../src/core/incident/incident.ts';
import type { PageHour } from '../../../src/core/incident/page-hour.ts';

export const HOUR = 3_600_000;
/** Thursday 29 January 2026, 14:00 in Berlin. */
export const START = Date.parse('2026-01-29T13:00:00Z');

export function finding(surface: string, over: Partial<HourlyFinding> = {}): HourlyFinding {
  return {
    hour: START,
    surface,
    metric: 'error_rate',
    direction: 'up',
    current: 0.06,
    expected: 0.02,
    lower: 0.01,
    upper: 0.03,
    score: 0.8,
    state: 'onset',
    since: over.hour ?? START,
    reason: '',
    ...over,
  };
}

export const page = (over: Partial<PageHour> = {}): PageHour => ({
  pageviews: 500,
  requests: 0,
  errors: 30,
  request_failures: 0,
  dropoffs: 20,
  signature: null,
  release: null,
  ...over,
});

/** The hour that begins so many hours after `START`, with findings of it. */
export function hourOf(
  index: number,
  findings: readonly HourlyFinding[] = [],
  over: Partial<FollowedHour> & { pages?: Readonly<Record<string, PageHour>> } = {},
): FollowedHour {
  const start = START + index * HOUR;
  const { pages, ...rest } = over;
  return {
    start,
    end: start + HOUR,
    findings: findings.map((each) => ({ ...each, hour: start, since: Math.min(each.since, start) })),
    isJudged: () => true,
    page: (surface) => pages?.[surface] ?? page(),
    ...rest,
  };
}

/** Incidents as they would be stored, in memory. */
export class Desk {
  readonly incidents = new Map<string, Incident>();
  readonly told: { incident: Incident; change: IncidentChange }[] = [];
  #ids = 0;

  get all(): Incident[] {
    return [...this.incidents.values()];
  }

  get live(): Incident[] {
    return this.all.filter(isLive);
  }

  /** By number, from 1. */
  get(number: number): Incident {
    const found = this.all.find((each) => each.number === number);
    if (!found) throw new Error(`There is no incident ${number}.`);
    return found;
  }

  store(changes: readonly IncidentChange[]): Incident[] {
    return changes.map((change) => {
      const before = this.incidents.get(change.incident.id);
      if (change.from !== (before?.revision ?? null)) throw new Error('Made from another revision.');
      const number = before?.number ?? this.incidents.size + 1;
      const incident = { ...change.incident, number };
      this.incidents.set(incident.id, incident);
      this.told.push({ incident, change });
      return incident;
    });
  }

  /** Follows hours, ten minutes after the last of them. @returns the entries' kinds by incident number. */
  follow(...hours: FollowedHour[]): Record<number, string[]> {
    const at = (hours.at(-1)?.end ?? START) + 600_000;
    const changes = followHours({
      live: this.live,
      ended: this.all.filter((each) => !isLive(each)),
      hours,
      at,
      newId: () => `incident-${++this.#ids}`,
    });
    const stored = this.store(changes);
    return Object.fromEntries(
      stored.map(({ number }, index) => [number, changes[index]?.entries.map(({ kind }) => kind) ?? []]),
    );
  }
}
