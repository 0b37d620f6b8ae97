import { beforeAll, expect, it } from 'vitest';
import { describeOnEveryDatabase } from '../../support/database.ts';
import { readCases } from './cases.ts';
import { loadRunbooks } from './load.ts';
import { type Measured, measure } from './measure.ts';

const COVERED = 0.92;
const FALSELY_CITED = 0.05;

/** By the first database, for the second to equal. */
const found = new Map<string, string[]>();

describeOnEveryDatabase('forty runbooks and what people ask of them', (open) => {
  let loaded: Awaited<ReturnType<typeof loadRunbooks>>;
  beforeAll(async () => {
    loaded = await loadRunbooks(await open());
  });

  it.each(['tune', 'holdout'] as const)('are found where they cover it, and only there: %s', async (part) => {
    const cases = await readCases(part);
    const measured: Measured = await measure(loaded.search, cases, loaded.titles);
    const wrong = JSON.stringify(measured.wrong, null, 1);
    expect(measured.inTopThree / measured.covered, wrong).toBeGreaterThanOrEqual(COVERED);
    expect(measured.falselyCited / measured.uncovered, wrong).toBeLessThanOrEqual(FALSELY_CITED);
    expect(measured.found).toEqual(found.get(part) ?? measured.found);
    found.set(part, measured.found);
  });
});
