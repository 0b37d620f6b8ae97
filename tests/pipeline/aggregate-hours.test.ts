import { expect, it } from 'vitest';
import { aggregateHours } from '../../src/pipeline/aggregate-hours.ts';
import type { Log } from '../../src/pipeline/ports.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { anEvent, contextIn, DAY, HOUR, NOON, readHourRows, store } from '../postgres/rollup-fixture.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';

describeOnEveryDatabase('the hourly tick', (open) => {
  it('brings hours up to date, deletes what is too old, and logs both with the last complete hour', async () => {
    const handle = await open();
    const logged: object[] = [];
    const log: Log = { ...silentLog, info: (details) => void logged.push(details) };
    const tick = async (now: number) => {
      const { hours } = createStores(handle, contextIn('UTC', { clock: () => now }));
      await aggregateHours({
        hours,
        asOf: now,
        timezone: 'UTC',
        settleMinutes: 10,
        keptDays: 35,
        clock: () => now,
        log,
      });
    };
    const at = (hours: number) => anEvent('pageview', { ts: NOON + hours * HOUR });
    await store(handle, contextIn('UTC'), [at(-24), at(-23), at(0)]);
    await tick(NOON + HOUR / 6);
    await store(handle, contextIn('UTC'), [at(34 * 24 + 24)]);
    await tick(NOON + 35 * DAY);
    expect(logged).toEqual([
      { hours: 3, pruned: 0, complete: '2026-03-10T12:00:00.000Z', seconds: 0 },
      { hours: 1, pruned: 2, complete: '2026-04-14T11:00:00.000Z', seconds: 0 },
    ]);
    expect((await readHourRows(handle)).map(({ hour }) => (hour.getTime() - NOON) / HOUR)).toEqual([0, 35 * 24]);
  });
});
