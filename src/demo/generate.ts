import type { Source } from '../core/records.ts';
import { createRng } from '../core/simulate/rng.ts';
import { poisson } from '../core/simulate/samplers.ts';
import { playCalls } from './api-calls.ts';
import { type Day, hourShare, listDays } from './calendar.ts';
import type { DemoEvent, DemoTruth } from './demo-event.ts';
import { playErrors } from './error-events.ts';
import { playRenewals, playSignups } from './money.ts';
import { type ProductOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { createFaker, createPeople, type People } from './people.ts';
import { activeOn, intensityAt, type PlannedIncident, planIncidents } from './plan.ts';
import { createReleaseTrain, type ReleaseTrain } from './releases.ts';
import type { Scene } from './scene.ts';
import { createStage, type DayFactors, drawDayFactors, type Stage } from './stage.ts';
import { playTickets } from './support.ts';
import { listSurfaces } from './surfaces.ts';
import { Timeline } from './timeline.ts';
import { describeTruth } from './truth.ts';
import { playVisits } from './visits.ts';
import { viewsPerUnit } from './volume.ts';

const HOUR_MS = 3_600_000;
const AGENTS = 6;

export interface Product {
  options: ResolvedOptions;
  /** In time order, made as they are taken: one hour is in memory at a time. Iterating again gives the same events. */
  events: Iterable<DemoEvent>;
  truth: DemoTruth;
}

interface World {
  options: ResolvedOptions;
  days: readonly Day[];
  stages: readonly Stage[];
  people: People;
  plan: readonly PlannedIncident[];
  agents: readonly string[];
  /** Page views (or calls) a day for one unit of a surface's weight. */
  unit: number;
}

/**
 * Larkspur, a made-up wholesale ordering platform: its events as its tools would send them, and what was planted in them.
 * Pure: the same options give the same events.
 * @throws SeepassError `bad_arguments` for options out of range.
 */
export function generateProduct(requested: ProductOptions): Product {
  const options = resolveOptions(requested);
  const days = listDays(options);
  const surfaces = listSurfaces(options.surfaces);
  const people = createPeople(options);
  const plan = planIncidents(options, surfaces);
  const unit = viewsPerUnit(options, surfaces, days, people);
  const faker = createFaker(createRng(options.seed, 'agents'));
  const agents = Array.from({ length: AGENTS }, () => `${faker.person.firstName().toLowerCase()}@larkspur.example`);
  const world: World = { options, days, stages: surfaces.map(createStage), people, plan, agents, unit };
  return {
    options,
    truth: describeTruth(options, days, surfaces, plan, unit),
    events: { [Symbol.iterator]: () => playHistory(world) },
  };
}

function* playHistory(world: World): Generator<DemoEvent> {
  const timeline = new Timeline();
  const web = createReleaseTrain('web', world.days, world.options.seed);
  const api = createReleaseTrain('api', world.days, world.options.seed);
  for (const day of world.days) yield* playDay(world, day, timeline, web, api);
}

function* playDay(world: World, day: Day, timeline: Timeline, web: ReleaseTrain, api: ReleaseTrain) {
  // A stream of its own for each day: a change in one day leaves the others as they are.
  const rng = createRng(world.options.seed, `day ${day.index}`);
  const emit: Scene['emit'] = (at, event) => timeline.add(at, event);
  const silent = silentSources(world.plan, day.index);
  const drawVisitor = world.people.visitorsOf(day.index);
  const faker = createFaker(rng);
  const cast = world.stages.map((stage) => ({
    stage,
    factors: drawDayFactors(rng),
    active: activeOn(world.plan, stage.surface.route, day.index),
  }));
  playRenewals(world.people, day, rng, emit);
  playSignups(world.people, day, rng, emit);
  for (let hour = 0, start = day.start; start < day.end; hour++, start += HOUR_MS) {
    const length = Math.min(HOUR_MS, day.end - start);
    const scene: Scene = { rng, faker, start, length, drawVisitor, web, api, agents: world.agents, emit };
    for (const { stage, factors, active } of cast) playSurface(world, scene, stage, factors, active, day, hour);
    yield* timeline.takeBefore(start + length, silent);
  }
}

function playSurface(
  world: World,
  scene: Scene,
  stage: Stage,
  factors: DayFactors,
  active: readonly PlannedIncident[],
  day: Day,
  hour: number,
): void {
  const { surface } = stage;
  const { rng } = scene;
  const intensity = intensityAt(surface, active, day.index, hour);
  const weight = surface.views > 0 ? surface.views : surface.calls * intensity.calls;
  const mean = weight * world.unit * day.busyness * hourShare(hour) * intensity.traffic * factors.views;
  const count = poisson(rng, mean);
  if (count === 0) return;
  const heavy = world.people.accounts[0];
  const member = heavy?.members[0];
  const drawVisitor = intensity.oneAccount && heavy && member ? () => ({ account: heavy, member }) : scene.drawVisitor;
  if (surface.views > 0) {
    playVisits(scene, stage, count, intensity, factors, drawVisitor);
    playTickets(scene, stage, count, intensity, factors.tickets, drawVisitor);
  }
  const calls = surface.views > 0 ? poisson(rng, count * surface.calls * intensity.calls) : count;
  playCalls(scene, stage, calls, intensity, factors.latency, drawVisitor);
  playErrors(scene, stage, count, intensity, factors.errors, drawVisitor);
}

function silentSources(plan: readonly PlannedIncident[], day: number): Set<Source> {
  return new Set(
    plan.flatMap(({ silent, first, end }) => (silent !== undefined && first <= day && day < end ? [silent] : [])),
  );
}
