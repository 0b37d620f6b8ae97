import { beforeAll, expect, it } from 'vitest';
import { describeOnEveryDatabase, describeOnOneDatabase } from '../../support/database.ts';
import { PARTS, readCases } from './cases.ts';
import { loadRunbooks } from './load.ts';
import { type Measured, measure } from './measure.ts';

type Part = (typeof PARTS)[number];

/** The aim, and what two parts hold of it that are a question short: kept from getting worse. */
const AIM = { shown: 0.92, falselyCited: 0.05 };
const HELD: Readonly<Record<Part, typeof AIM>> = {
  ...{ tune: AIM, 'examined-a': AIM, 'examined-b': AIM, holdout: AIM, 'holdout-b': AIM, 'holdout-c': AIM },
  ...{ 'examined-e': AIM, 'examined-f': AIM, 'holdout-h': AIM },
  'examined-d': { shown: 0.91, falselyCited: 0.05 },
  'holdout-g': { shown: 0.91, falselyCited: 0.035 },
};

type Loaded = Awaited<ReturnType<typeof loadRunbooks>>;

async function measurePart({ search, titles }: Loaded, part: Part): Promise<Measured> {
  const measured = await measure(search, await readCases(part), titles);
  const wrong = JSON.stringify(measured.wrong, null, 1);
  expect(measured.inTopThree / measured.covered, wrong).toBeGreaterThanOrEqual(HELD[part].shown);
  expect(measured.falselyCited / measured.uncovered, wrong).toBeLessThanOrEqual(HELD[part].falselyCited);
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
