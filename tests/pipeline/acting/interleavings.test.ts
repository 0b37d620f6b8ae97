import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Looked } from '../../../src/pipeline/acting.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { createStores } from '../../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../../support/database.ts';
import { createStoreContext } from '../../support/store-context.ts';
import { story } from './interleaving.ts';
import { type ActingStores, type MakeStores, memoryStores } from './memory-stores.ts';
import { type Told, tell } from './told-story.ts';

/** `SEEPASS_INTERLEAVINGS=5000` runs as many of each kind; a part of that is enough for every day. */
const ASKED = Number(process.env.SEEPASS_INTERLEAVINGS ?? 0);
const IN_MEMORY = ASKED || 300;
const STORED = ASKED || 30;
/** As long as five thousand on a database take. */
const TIMEOUT_MS = ASKED > 0 ? 3_600_000 : 60_000;

const withBegin = (
  { executions, ...stores }: ActingStores,
  look: (looked: Looked, id: string) => Promise<Looked>,
): ActingStores => ({
  ...stores,
  executions: {
    ...executions,
    begin: async (id, owner, looked, leaseMs) => executions.begin(id, owner, await look(looked, id), leaseMs),
  },
});

async function nothingBeginsUnasked(kind: string, runs: number, makeStores: MakeStores): Promise<void> {
  const sums = { begun: 0, happened: 0, crashes: 0 };
  const began = performance.now();
  await fc.assert(
    fc.asyncProperty(story, async (one) => {
      const told: Told = await tell(one, makeStores);
      for (const name of ['begun', 'happened', 'crashes'] as const) sums[name] += told[name];
      expect(told).toMatchObject({ wrong: [], doubled: [] });
    }),
    { numRuns: runs },
  );
  // Stories in which nothing ever happens would prove nothing.
  expect(sums.happened).toBeGreaterThan(runs / 20);
  expect(sums.crashes).toBeGreaterThan(runs / 20);
  const seconds = Math.round((performance.now() - began) / 1000);
  if (ASKED > 0) process.stderr.write(`${runs} ${kind} in ${seconds} s: ${JSON.stringify(sums)}\n`);
}

describe('in any order of clicks, edits, expiries, crashes and changes of who may', () => {
  it(
    'nothing begins without a valid approval, and nothing happens twice',
    () => nothingBeginsUnasked('in memory', IN_MEMORY, memoryStores),
    TIMEOUT_MS,
  );
});

/** By seeds that soon find it. */
describe('the stories find out stores that', () => {
  it.each<[string, number, (stores: ActingStores) => ActingStores]>([
    ['stop nothing', 1, (stores) => ({ ...stores, stops: { ...stores.stops, stop: async () => true } })],
    [
      'begin on a look that is overtaken',
      6,
      (stores) => withBegin(stores, async (looked) => ({ ...looked, authority: await stores.executions.authority() })),
    ],
    [
      'forget that something may have run',
      6,
      (stores) => ({
        ...stores,
        executions: {
          ...stores.executions,
          async claim(owner, leaseMs) {
            const claimed = await stores.executions.claim(owner, leaseMs);
            return claimed && { ...claimed, mayHaveRun: false };
          },
        },
      }),
    ],
  ])('%s', async (_, seed, broken) => {
    const found = await fc.check(
      fc.asyncProperty(story, async (one) => {
        const { wrong, doubled } = await tell(one, (clock) => broken(memoryStores(clock)));
        return wrong.length + doubled.length === 0;
      }),
      { numRuns: 100, seed, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  });
});

describeOnEveryDatabase('the same in a database', (open) => {
  let handle: DatabaseHandle;
  let workspaces = 0;
  beforeAll(async () => {
    handle = await open();
  });

  it(
    'nothing begins without a valid approval, and nothing happens twice',
    () =>
      nothingBeginsUnasked(`on the ${handle.kind} database`, STORED, (clock) => {
        workspaces += 1;
        return createStores(handle, createStoreContext({ workspace: `w${workspaces}`, clock }));
      }),
    TIMEOUT_MS,
  );
});
