import { INCIDENTS, type Incident } from './incidents.ts';
import { type Intensity, normalIntensity } from './intensity.ts';
import type { ResolvedOptions } from './options.ts';
import { scatterIncidents } from './scattered-incidents.ts';
import type { Surface } from './surface.ts';

/** An incident with its place in this history: day indexes, half-open. */
export interface PlannedIncident extends Incident {
  first: number;
  end: number;
}

/** Which incidents happen in this product: those whose surfaces exist and that begin after the first day. */
export function planIncidents(options: ResolvedOptions, surfaces: readonly Surface[]): PlannedIncident[] {
  const routes = new Set(surfaces.map((surface) => surface.route));
  return [...INCIDENTS, ...scatterIncidents(options, surfaces)].flatMap((incident) => {
    const first = options.days - incident.starts;
    const present = incident.surfaces.some((route) => route === '*' || routes.has(route));
    return present && first >= 1 ? [{ ...incident, first, end: first + incident.lasts }] : [];
  });
}

/** The incidents that touch a surface on a day. */
export function activeOn(plan: readonly PlannedIncident[], route: string, day: number): PlannedIncident[] {
  return plan.filter(
    (incident) =>
      incident.first <= day &&
      day < incident.end &&
      incident.effect !== undefined &&
      (incident.surfaces.includes('*') || incident.surfaces.includes(route)),
  );
}

/** What a surface does in that hour, its incidents included. */
export function intensityAt(
  surface: Surface,
  active: readonly PlannedIncident[],
  day: number,
  hour: number,
): Intensity {
  const intensity = normalIntensity(surface);
  for (const incident of active) incident.effect?.(intensity, { day: day - incident.first, hour });
  return intensity;
}
