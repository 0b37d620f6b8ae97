import { expect, it } from 'vitest';
import { buildDigest } from '../../src/pipeline/digest.ts';
import { DATE } from '../slack/models.ts';
import { judge, NOW, storesOf, timezone } from '../slack/world.ts';
import { describeOnOneDatabase } from '../support/database.ts';

describeOnOneDatabase('the digest of a day without priorities', (open) => {
  it.each([
    [0, 'no_data'],
    [40, 'cold_start'],
  ])('with %i surfaces judged in an empty database is %s', async (surfaces, kind) => {
    const stores = storesOf(await open());
    await judge(stores, []);
    const day = await stores.priorities.findDay(DATE);
    if (day === undefined) throw new Error('the day was not stored');
    await stores.priorities.replaceDay({ ...day, surfaces }, [], []);
    const digest = await buildDigest({ stores, timezone, currency: 'USD', clock: () => NOW }, DATE);
    expect(digest.kind).toBe(kind);
  });
});
