/** Draws what is to befall which surface and when. */
import { addDays, dayNumber, daysBetween } from '../window.ts';
import { INCIDENT_KINDS, type IncidentKind } from './incident-kinds.ts';
import type { Rng } from './rng.ts';
import { createWeighted, logUniform } from './samplers.ts';

export interface PlannedIncident {
  id: string;
  kind: IncidentKind;
  surfaces: readonly string[];
  /** Half-open. */
  start: string;
  end: string;
  size: number;
  /** The new error it shows as; null where it is more of the usual ones. */
  signature: string | null;
  release: string | null;
}

/** A surface that something can be planted into. */
export interface PlanSurface {
  surface: string;
  views: boolean;
  requests: boolean;
}

export interface PlanWindow {
  /** Half-open. */
  start: string;
  days: number;
  releases: readonly { release: string; date: string }[];
}

/** Days a surface is left alone before and after an incident, so that each can be told apart. */
const APART = 6;

/** Days (by number) that are taken, by surface. */
export class Occupied {
  readonly #days = new Map<string, [first: number, end: number][]>();

  free(surface: string, first: number, end: number): boolean {
    return (this.#days.get(surface) ?? []).every(([from, to]) => end + APART <= from || to + APART <= first);
  }

  take(surface: string, first: number, end: number): void {
    this.#days.set(surface, [...(this.#days.get(surface) ?? []), [first, end]]);
  }
}

/** `count` incidents of all kinds by their weights; fewer where a place is not found in a few tries. */
export function drawPlan(
  rng: Rng,
  surfaces: readonly PlanSurface[],
  window: PlanWindow,
  count: number,
  occupied = new Occupied(),
): PlannedIncident[] {
  const drawKind = createWeighted(INCIDENT_KINDS.map(({ weight }) => weight));
  const origin = dayNumber(window.start);
  const planned: PlannedIncident[] = [];
  for (let index = 0; index < count; index++) {
    const kind = INCIDENT_KINDS[drawKind(rng)];
    if (!kind) continue;
    const [least, most] = kind.days;
    const days = Math.min(window.days, least + rng.below(most - least + 1));
    const size = logUniform(rng, ...kind.size);
    const placed = findPlace(rng, kind, days, surfaces, window, occupied);
    if (!placed) continue;
    const id = `incident-${index}`;
    for (const surface of placed.surfaces) occupied.take(surface, origin + placed.first, origin + placed.first + days);
    const named = kind.changes === 'signatures' || kind.surfaces > 1 || (kind.changes === 'errors' && rng.chance(0.5));
    planned.push({
      id,
      kind,
      surfaces: placed.surfaces,
      start: addDays(window.start, placed.first),
      end: addDays(window.start, placed.first + days),
      size,
      signature: named ? `ERR_${id.toUpperCase().replace('-', '_')}` : null,
      release: placed.release,
    });
  }
  return planned;
}

function findPlace(
  rng: Rng,
  kind: IncidentKind,
  days: number,
  surfaces: readonly PlanSurface[],
  window: PlanWindow,
  occupied: Occupied,
): { surfaces: string[]; first: number; release: string | null } | undefined {
  const able = surfaces.filter(({ views, requests }) =>
    kind.needs === 'either' ? views || requests : kind.needs === 'views' ? views : requests,
  );
  const origin = dayNumber(window.start);
  const dated = window.releases.map(({ release, date }) => ({ release, slot: daysBetween(window.start, date) }));
  const begun = dated.filter(({ slot }) => slot >= 0 && slot + days <= window.days);
  if (able.length < kind.surfaces || (kind.released && begun.length === 0)) return undefined;
  for (let attempt = 0; attempt < 20; attempt++) {
    const begin = kind.released ? rng.pick(begun) : undefined;
    const first = begin?.slot ?? rng.below(window.days - days + 1);
    const chosen = new Set<string>();
    while (chosen.size < kind.surfaces) chosen.add(rng.pick(able).surface);
    if ([...chosen].every((surface) => occupied.free(surface, origin + first, origin + first + days)))
      return { surfaces: [...chosen], first, release: begin?.release ?? null };
  }
  return undefined;
}
