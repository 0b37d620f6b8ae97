/** Episodes: from the first flag of a metric to so many normal days in a row. */
import type { EntityType, Finding } from '../records.ts';
import { dateOf, dayNumber } from '../window.ts';
import type { History } from './history.ts';
import type { ProfileSettings } from './profile.ts';

/** So many normal days in a row end an episode: what flickers is one thing. */
export const NORMAL_DAYS = 2;

export function entityId(entityType: EntityType, entityKey: string): string {
  return `${entityType} ${entityKey}`;
}

/** The name of what is flagged: an entity's metric. */
export function flagOf({ entity_type, entity_key, metric }: Finding): string {
  return `${entityId(entity_type, entity_key)} ${metric}`;
}

export interface Episodes {
  /** Since when the metric's episode has lasted that is under way on `date`, and the days from then to it. */
  episodeOf(date: string, entityType: EntityType, entityKey: string, metric: string): { since: string; days: number };
  /** Surfaces that were flagged, and then normal for just as long as ends an episode. */
  recoveredOn(date: string): string[];
}

/**
 * Days under maintenance are passed over: where nothing was judged, nothing was normal.
 * @param flagsOn what was flagged on a day, by `flagOf`.
 */
export function followEpisodes(
  history: History,
  { maxEpisodeDays }: ProfileSettings,
  flagsOn: (date: string) => ReadonlySet<string>,
): Episodes {
  const surfacesByDay = new Map<string, ReadonlySet<string>>();
  const surfacesOn = (date: string): ReadonlySet<string> => {
    const known = surfacesByDay.get(date) ?? surfacesIn(flagsOn(date));
    surfacesByDay.set(date, known);
    return known;
  };
  const maintained = new Map(
    history.surfaces.flatMap(({ surface, maintenance }) => (maintenance ? [[surface, maintenance.covered]] : [])),
  );
  const isAway = (surface: string, date: string): boolean =>
    maintained.get(surface)?.[dayNumber(date) - history.firstDay] === 1;
  const back = (date: string, days: number): string => dateOf(dayNumber(date) - days);

  /** The last judged days, latest first: those that end an episode, and the one before them. */
  const lastJudged = (surface: string, date: string): string[] => {
    const days: string[] = [];
    for (let age = 0; age < maxEpisodeDays && days.length <= NORMAL_DAYS; age++)
      if (!isAway(surface, back(date, age))) days.push(back(date, age));
    return days;
  };

  return {
    episodeOf(date, entityType, entityKey, metric) {
      const flag = `${entityId(entityType, entityKey)} ${metric}`;
      let days = 1;
      let normal = 0;
      for (let age = 1; age < maxEpisodeDays && normal < NORMAL_DAYS; age++) {
        if (entityType === 'surface' && isAway(entityKey, back(date, age))) continue;
        if (flagsOn(back(date, age)).has(flag)) {
          days = age + 1;
          normal = 0;
        } else normal++;
      }
      return { since: back(date, days - 1), days };
    },

    recoveredOn(date) {
      const candidates = new Set([...surfacesOn(back(date, NORMAL_DAYS)), ...maintained.keys()]);
      return [...candidates]
        .filter((surface) => {
          if (isAway(surface, date)) return false;
          const normal = lastJudged(surface, date);
          const before = normal.pop();
          return (
            before !== undefined &&
            surfacesOn(before).has(surface) &&
            !normal.some((day) => surfacesOn(day).has(surface))
          );
        })
        .sort();
    },
  };
}

function surfacesIn(flags: ReadonlySet<string>): Set<string> {
  return new Set(
    [...flags].filter((flag) => flag.startsWith('surface ')).map((flag) => flag.slice(8, flag.lastIndexOf(' '))),
  );
}
