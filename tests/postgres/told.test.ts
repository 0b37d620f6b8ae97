import { expect, it } from 'vitest';
import { storesOf } from '../slack/world.ts';
import { describeOnEveryDatabase } from '../support/database.ts';

const SUBSCRIPTION = '0199f000-0000-7000-8000-000000000001';
const DUE = Date.UTC(2026, 0, 30, 8);
const DAY = 86_400_000;
const digest = (dueAt: number, date: string) => ({
  subscriptionId: SUBSCRIPTION,
  channel: 'C0000001',
  dueAt,
  date,
  told: { date, items: [] },
});

describeOnEveryDatabase('what a channel was told', (open) => {
  it('is kept once per subscription and due time, whoever comes second', async () => {
    const { digests } = storesOf(await open());
    const first = await digests.put(digest(DUE, '2026-01-29'));
    expect(await digests.put(digest(DUE, '2026-01-28'))).toEqual(first);
    expect(await digests.find(SUBSCRIPTION, DUE)).toEqual(first);
  });

  it('is found as the digest before, and by the days it was about', async () => {
    const { digests } = storesOf(await open());
    for (const back of [2, 1, 0]) await digests.put(digest(DUE - back * DAY, `2026-01-${29 - back}`));
    expect((await digests.latestBefore(SUBSCRIPTION, DUE))?.date).toBe('2026-01-28');
    expect(await digests.latestBefore(SUBSCRIPTION, DUE - 2 * DAY)).toBeUndefined();
    const found = await digests.listForDates({ start: '2026-01-27', end: '2026-01-29' });
    expect(found.map(({ date }) => date)).toEqual(['2026-01-27', '2026-01-28']);
  });

  it('is corrected by one of two that correct it at once', async () => {
    const { digests } = storesOf(await open());
    const { id } = await digests.put(digest(DUE, '2026-01-29'));
    const told = { date: '2026-01-29', items: [] };
    const both = await Promise.all([digests.correct(id, 0, told), digests.correct(id, 0, told)]);
    expect(both.sort()).toEqual([false, true]);
    expect((await digests.find(SUBSCRIPTION, DUE))?.corrections).toBe(1);
  });

  it('counts the last word of each person on a day', async () => {
    const { votes } = storesOf(await open());
    const vote = { date: '2026-01-29', entity_type: 'surface', entity_key: '/cart', metric: 'error_rate' } as const;
    await votes.put({ ...vote, voter: 'U1', useful: true });
    await votes.put({ ...vote, voter: 'U1', useful: false });
    await votes.put({ ...vote, voter: 'U2', useful: true });
    await votes.put({ ...vote, date: '2026-01-28', voter: 'U1', useful: true });
    expect(await votes.count({ start: '2026-01-28', end: '2026-01-30' })).toEqual([
      { entity_type: 'surface', entity_key: '/cart', metric: 'error_rate', useful: 2, not: 1 },
    ]);
    expect(await votes.count({ start: '2026-01-29', end: '2026-01-30' })).toMatchObject([{ useful: 1, not: 1 }]);
  });
});
