import { beforeAll, expect, it } from 'vitest';
import { describeOnEveryDatabase, describeOnOneDatabase } from '../../support/database.ts';
import { PARTS, readCases } from './cases.ts';
import { loadRunbooks } from './load.ts';
import { type Measured, measure } from './measure.ts';

const COVERED = 0.92;
const FALSELY_CITED = 0.05;

type Loaded = Awaited<ReturnType<typeof loadRunbooks>>;

async function measurePart({ search, titles }: Loaded, part: (typeof PARTS)[number]): Promise<Measured> {
  const measured = await measure(search, await readCases(part), titles);
  const wrong = JSON.stringify(measured.wrong, null, 1);
  expect(measured.inTopThree / measured.covered, wrong).toBeGreaterThanOrEqual(COVERED);
  expect(measured.falselyCited / measured.uncovered, wrong).toBeLessThanOrEqual(FALSELY_CITED);
  return measured;
}

describeOnOneDatabase('forty runbooks and what people ask of them', (open) => {
  let loaded: Loaded;
  beforeAll(async () => {
    loaded = await loadRunbooks(await open());
  });

  it.each(PARTS)('are found where they cover it, and only there: %s', async (part) => {
    await measurePart(loaded, part);
  });
});

/** What the first database found, for the second to equal. */
let foundBefore: string[] | undefined;

describeOnEveryDatabase('questions that no change to the search has followed', (open) => {
  it('find the same on either database, with the same scores', async () => {
    const { found } = await measurePart(await loadRunbooks(await open()), 'holdout');
    expect(found).toEqual(foundBefore ?? found);
    foundBefore = found;
  });
});
