/** Plants incidents into rollups of any origin, made up or real, and says what was planted. Never the rows themselves. */
import type { TruthEntry } from '../backtest/truth.ts';
import type { SurfaceDay } from '../records.ts';
import { daysBetween, listDays } from '../window.ts';
import { changeDay, expectedChange } from './effects.ts';
import type { PlannedIncident } from './plan.ts';
import { createRng } from './rng.ts';
import { estimateUsual, type Usual } from './usual.ts';

/** Errors that came with an incident, or (`share`) the share of the usual ones that now go by its signature. */
export interface AddedErrors {
  date: string;
  surface: string;
  errors: number;
  share: number;
  signature: string | null;
  release: string | null;
}

export interface Planted {
  rows: SurfaceDay[];
  incidents: TruthEntry[];
  added: AddedErrors[];
}

/** From so many true standard deviations on the best day on, an incident is material. */
const MATERIAL = 4;

export interface PlantOptions {
  seed: number;
  /** The truth of a normal day where it is known; estimated from the days before the incident otherwise. */
  usualOn?: (surface: string, date: string) => Usual | undefined;
}

/** @returns all rows, those that something befell as changed copies. */
export function plantIncidents(
  rows: readonly SurfaceDay[],
  plan: readonly PlannedIncident[],
  options: PlantOptions,
): Planted {
  const planted = [...rows];
  const indexOf = new Map(rows.map((row, index) => [`${row.date} ${row.surface}`, index]));
  const usualBefore = rowsBefore(rows);
  const added: AddedErrors[] = [];
  const incidents = plan.map((incident) => {
    const rng = createRng(options.seed, `incident ${incident.id}`);
    const { kind, size, signature, release } = incident;
    const days = listDays(incident);
    let best = 0;
    days.forEach((date, age) => {
      const strength = kind.grows ? 1 + ((size - 1) * (age + 1)) / days.length : size;
      let excess = 0;
      let variance = 0;
      for (const surface of incident.surfaces) {
        const index = indexOf.get(`${date} ${surface}`);
        const before = index === undefined ? undefined : planted[index];
        const usual = options.usualOn?.(surface, date) ?? usualBefore(surface, incident.start, date);
        if (index === undefined || !before || !usual) continue;
        const expected = expectedChange(before, kind.changes, strength, usual);
        excess += expected.excess;
        variance += expected.variance;
        const row = { ...before };
        const errors = changeDay(row, kind.changes, strength, usual, rng);
        raiseAffected(row, before);
        planted[index] = row;
        const share = kind.changes === 'signatures' ? size : 0;
        if (errors > 0 || share > 0) added.push({ date, surface, errors, share, signature, release });
      }
      if (variance > 0) best = Math.max(best, excess / Math.sqrt(variance));
    });
    return entryOf(incident, best);
  });
  return {
    rows: planted.filter(({ pageviews, requests, errors, tickets }) => pageviews + requests + errors + tickets > 0),
    incidents,
    added,
  };
}

/** Counts of accounts and users follow what befell them, less than in step: some meet it twice. */
function raiseAffected(row: SurfaceDay, before: SurfaceDay): void {
  const events = ({ errors, dropoffs, tickets }: SurfaceDay): number => errors + dropoffs + tickets;
  if (events(row) === events(before)) return;
  const ratio = (events(row) / Math.max(1, events(before))) ** 0.8;
  row.affected_accounts = Math.min(events(row), Math.ceil(before.affected_accounts * ratio));
  row.affected_users = Math.min(events(row), Math.ceil(before.affected_users * ratio));
}

function entryOf(incident: PlannedIncident, best: number): TruthEntry {
  const { id, kind, surfaces, start, end, signature } = incident;
  const bySignature = signature !== null && (kind.surfaces > 1 || kind.changes === 'signatures');
  const named = signature === null ? [] : [{ entity_type: 'error_signature' as const, entity_key: signature }];
  const members = [...surfaces.map((entity_key) => ({ entity_type: 'surface' as const, entity_key })), ...named];
  return {
    id,
    kind: kind.id,
    entity_type: bySignature ? 'error_signature' : 'surface',
    entity_key: bySignature ? signature : (surfaces[0] ?? ''),
    metric: kind.metric,
    start,
    end,
    material: best >= MATERIAL,
    members,
  };
}

/** Days that say what is normal before an incident. */
const DAYS_BEFORE = 28;

/** What is normal on a date by the days before an incident, for a surface. */
function rowsBefore(rows: readonly SurfaceDay[]): (surface: string, start: string, date: string) => Usual | undefined {
  const bySurface = new Map<string, SurfaceDay[]>();
  for (const row of rows) {
    const own = bySurface.get(row.surface);
    if (own) own.push(row);
    else bySurface.set(row.surface, [row]);
  }
  return (surface, start, date) => {
    const earlier = (bySurface.get(surface) ?? []).filter(
      (row) => row.date < start && daysBetween(row.date, start) <= DAYS_BEFORE,
    );
    return earlier.length > 0 ? estimateUsual(earlier, date) : undefined;
  };
}
