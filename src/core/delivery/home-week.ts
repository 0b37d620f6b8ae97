/** A week of judged days by group of pages: what was outside normal, and how bad the worst of it was. */
import { severityOf } from '../rank/severity.ts';
import type { Priority, Severity, Source } from '../records.ts';
import { listDays, weekEndingOn } from '../window.ts';

/** As much of a priority as says where it was and how bad. */
export type PriorityOutline = Pick<Priority, 'date' | 'entity_type' | 'entity_key' | 'members' | 'drivers'>;

/** Null for a day that was not judged, which is not the same as a day without anything. */
export type DayHealth = Severity | 'normal' | null;

export interface GroupWeek {
  /** "/checkout": the first segment of its pages' names; null for errors that belong to no page. */
  group: string | null;
  /** Oldest first, as many as there are `days`. */
  health: DayHealth[];
  worst: Severity;
}

export interface HomeWeek {
  /** Seven days (YYYY-MM-DD), oldest first; the last one is the last that was judged. */
  days: string[];
  judged: number;
  /** With anything outside normal: worst first. */
  groups: GroupWeek[];
  /** Days whose figures are too low, as these sources sent nothing. */
  gaps: { date: string; sources: Source[] }[];
}

const RANKS: Readonly<Record<Severity, number>> = { low: 1, medium: 2, high: 3 };

/** @param judged at least one day, oldest first. */
export function summariseWeek(
  judged: readonly { date: string; gapSources: readonly Source[] }[],
  priorities: readonly PriorityOutline[],
): HomeWeek | null {
  const last = judged.at(-1);
  if (last === undefined) return null;
  const days = listDays(weekEndingOn(last.date));
  const known = new Set(judged.map(({ date }) => date));
  const worst = new Map<string | null, Map<string, Severity>>();
  for (const priority of priorities) {
    const severity = severityOf(priority);
    for (const group of groupsOf(priority)) {
      const byDay = worst.get(group) ?? new Map<string, Severity>();
      worst.set(group, byDay);
      const before = byDay.get(priority.date);
      if (before === undefined || RANKS[severity] > RANKS[before]) byDay.set(priority.date, severity);
    }
  }
  const groups = [...worst].map(([group, byDay]): GroupWeek => {
    const severities = [...byDay.values()];
    return {
      group,
      health: days.map((day) => byDay.get(day) ?? (known.has(day) ? 'normal' : null)),
      worst: severities.reduce((most, one) => (RANKS[one] > RANKS[most] ? one : most), 'low'),
    };
  });
  return {
    days,
    judged: days.filter((day) => known.has(day)).length,
    groups: groups.sort(
      (a, b) =>
        RANKS[b.worst] - RANKS[a.worst] ||
        badDays(b) - badDays(a) ||
        (a.group ?? '').localeCompare(b.group ?? '', 'en'),
    ),
    gaps: judged
      .filter(({ date, gapSources }) => days.includes(date) && gapSources.length > 0)
      .map(({ date, gapSources }) => ({ date, sources: [...gapSources] })),
  };
}

/** Days of a group on which something was outside normal. */
export const badDays = ({ health }: Pick<GroupWeek, 'health'>): number =>
  health.filter((day) => day !== null && day !== 'normal').length;

/** The groups of its page and of the pages that share its cause. */
function groupsOf({ entity_type, entity_key, members }: PriorityOutline): Set<string | null> {
  const pages = [{ entity_type, entity_key }, ...members].filter((entity) => entity.entity_type === 'surface');
  return new Set(pages.length === 0 ? [null] : pages.map((page) => groupOfSurface(page.entity_key)));
}

/** "/api" of "/api/orders/:id"; a name without slashes is a group of its own. */
export function groupOfSurface(surface: string): string {
  const start = surface.startsWith('/') ? 1 : 0;
  const end = surface.indexOf('/', start);
  return end === -1 ? surface : surface.slice(0, end);
}
