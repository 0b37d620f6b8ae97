/** The kinds of incident the assessment is measured on, drawn with different sizes, places and names. */
import { createRng } from '../../../src/core/simulate/rng.ts';
import { FAULTS } from './families-of-faults.ts';
import { FLOWS } from './families-of-flows.ts';
import { type Family, from } from './family.ts';
import { type Names, plan, type Scenario } from './scenario.ts';

/** By name; each is drawn several times. */
const FAMILIES: Readonly<Record<string, Family>> = { ...FAULTS, ...FLOWS };

/** Pages with little traffic: an incident there is a handful of events. */
const SMALL = 0.14;
const SMALL_FAMILIES = [
  'release brings an exception',
  'payment provider fails',
  'webhook calls are refused',
  'exception everywhere, no release',
  'one account fails alone',
  'errors that say nothing',
];

/** Every family so many times, and some of them on small pages. */
export function drawScenarios(names: Names, seeds: readonly number[]): Scenario[] {
  const all = drawFamilies(FAMILIES, names, seeds);
  const small = seeds
    .slice(0, 2)
    .flatMap((seed) => SMALL_FAMILIES.map((family) => drawOne(FAMILIES, family, seed, names, SMALL)));
  return [...all, ...small];
}

export const drawFamilies = (
  families: Readonly<Record<string, Family>>,
  names: Names,
  seeds: readonly number[],
): Scenario[] =>
  seeds.flatMap((seed) => Object.keys(families).map((family) => drawOne(families, family, seed, names, null)));

function drawOne(
  families: Readonly<Record<string, Family>>,
  family: string,
  seed: number,
  names: Names,
  size: number | null,
): Scenario {
  const label = size === null ? family : `small: ${family}`;
  const rng = createRng(seed, label);
  const scale = size ?? from(rng, 0.6, 1.8);
  const make = families[family];
  if (!make) throw new RangeError(`there is no family "${family}"`);
  const { effects, rollouts = [], ...rest } = make({ seed, rng, names, scale });
  return { id: `${label} #${seed}`, family: label, ...rest, plan: plan(seed, scale, effects, rollouts) };
}
