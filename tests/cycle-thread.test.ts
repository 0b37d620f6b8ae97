import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { judgeHoursInThread, runCycleInThread } from '../src/cycle-thread.ts';
import { createStores } from '../src/postgres/stores.ts';
import { describeOnEveryDatabase, describeOnOneDatabase } from './support/database.ts';
import { silentLog } from './support/silent-log.ts';

const given = {
  workspace: 'local',
  failureStatuses: [],
  logLevel: 'silent',
  sensitivity: 'normal',
  timezone: 'UTC',
  currency: 'USD',
  asOf: Date.UTC(2026, 0, 30, 8),
  chosen: { first: '2026-01-29', last: '2026-01-29' },
} as const;

describeOnEveryDatabase('a cycle', (open) => {
  it('judges on the database it is pointed to, and the event loop here stays free', async () => {
    const handle = await open();
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const report = await runCycleInThread({ ...given, database: handle.join });
    clearInterval(beat);
    expect(report.days).toEqual([{ date: '2026-01-29', surfaces: 0, findings: 0, priorities: 0 }]);
    expect(longest).toBeLessThan(500);
    const context = { ...given, clock: () => given.asOf, newId: uuidv7, log: silentLog };
    expect(await createStores(handle, context).priorities.latestDay()).toMatchObject({ date: '2026-01-29' });
  });
});

describeOnOneDatabase('judging hours', (open) => {
  it('is done in a thread too', async () => {
    const handle = await open();
    const input = { ...given, settleMinutes: 10, database: handle.join };
    expect(await judgeHoursInThread(input)).toEqual({ hours: 0, findings: 0, maintained: 0 });
  });
});

it('a cycle that cannot reach its database fails with the reason', async () => {
  const database = { kind: 'server', url: 'postgres://nobody:secret@127.0.0.1:1/none' } as const;
  const failure: unknown = await runCycleInThread({ ...given, database }).catch((error: unknown) => error);
  expect(String(failure)).toMatch(/database .* is not available: nothing listens there/);
  expect(String(failure)).not.toContain('secret');
});
