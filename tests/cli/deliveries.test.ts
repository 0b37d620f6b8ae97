import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenStores } from '../../src/open-stores.ts';
import { MORNING, SETTINGS } from '../scenarios/product.ts';
import { quickestTarget, type Target } from '../scenarios/targets.ts';
import { openScenario } from '../scenarios/workspace.ts';
import { newDelivery } from '../support/deliveries.ts';
import { type Outcome, seepassHere } from './here.ts';

let target: Target;
let opened: OpenStores;
beforeAll(async () => {
  target = await quickestTarget.make();
  opened = await openScenario(target.database);
});
afterAll(async () => {
  await opened.close();
  await target.drop();
});

const seepass = (...args: string[]): Promise<Outcome> =>
  seepassHere([...args, '--database', target.database], SETTINGS);

it('deliveries says that nothing waits, and that there is nothing to retry', async () => {
  expect(await seepass('deliveries', 'list')).toEqual({ code: 0, stdout: '0 deliveries to be read\n', stderr: '' });
  expect((await seepass('deliveries', 'retry')).stdout).toBe('Nothing to retry.\n');
  expect(await seepass('deliveries', 'retry', 'x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no delivery'),
  });
  const unknown = '019a0000-0000-7000-8000-000000000001';
  expect(await seepass('deliveries', 'retry', unknown)).toMatchObject({ code: 1 });
});

it('lists what could not be read with its reason and what was left out, and has it read again', async () => {
  const { deliveries } = opened.stores;
  const clock = () => MORNING;
  await deliveries.add([newDelivery({ clock }, 1), newDelivery({ clock }, 2)]);
  const [dead] = await deliveries.claim({ kind: 'sent', leaseMs: 1, limit: 1, bytes: 1 });
  if (dead === undefined) throw new Error('nothing was claimed');
  await deliveries.fail(dead, 'TypeError: no such thing', null);
  await deliveries.count([{ source: 'sentry', outcome: 'refused', detail: 'unauthorized', n: 1_234 }]);

  expect((await seepass('deliveries', 'list')).stdout.split('\n')).toEqual([
    '1 delivery to be read, the first since 2026-01-30T08:00:00.000Z',
    `${dead.id}  posthog, received 2026-01-30T08:00:00.000Z, 1 try: TypeError: no such thing`,
    '1 delivery could not be read. Try again: seepass deliveries retry all',
    '',
  ]);
  const listed = JSON.parse((await seepass('deliveries', 'list', '--json')).stdout);
  expect(listed).toMatchObject({ waiting: 1, dead: 1, dead_letters: [{ id: dead.id, attempts: 1 }] });
  const doctor = JSON.parse((await seepass('doctor', '--json')).stdout);
  expect(doctor.checks).toContainEqual({
    name: 'deliveries',
    state: 'fail',
    found: '1 delivery could not be read; 1 delivery waits to be read',
    fix: 'See why with seepass deliveries list, then: seepass deliveries retry all',
  });

  expect((await seepass('deliveries', 'retry', dead.id)).stdout).toMatch(/^1 delivery waits again/);
  expect(await deliveries.backlog(10)).toMatchObject({ waiting: 2, dead: 0 });
  expect(JSON.parse((await seepass('deliveries', 'retry', 'all', '--json')).stdout)).toEqual({ retried: 0 });
});
