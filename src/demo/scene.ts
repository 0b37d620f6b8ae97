import type { Faker } from '@faker-js/faker';
import type { Rng } from '../core/simulate/rng.ts';
import type { DemoEvent } from './demo-event.ts';
import type { Visitor } from './people.ts';
import type { ReleaseTrain } from './releases.ts';

/** What every kind of event needs to know of the hour it falls in. */
export interface Scene {
  rng: Rng;
  faker: Faker;
  /** Epoch milliseconds of the hour's start, and its length. */
  start: number;
  length: number;
  drawVisitor(rng: Rng): Visitor;
  web: ReleaseTrain;
  api: ReleaseTrain;
  agents: readonly string[];
  /** `at` in epoch milliseconds; it may lie in a later hour, never in an earlier one. */
  emit(at: number, event: DemoEvent): void;
}

/** A moment within the hour. */
export function momentIn(scene: Scene): number {
  return scene.start + Math.floor(scene.rng.next() * scene.length);
}

export function isoText(at: number): string {
  return new Date(at).toISOString();
}

/** Nearly all of it is production; a little staging traffic shares the same projects, as it does everywhere. */
export function drawEnv(rng: Rng): 'prod' | 'staging' {
  return rng.chance(0.012) ? 'staging' : 'prod';
}
