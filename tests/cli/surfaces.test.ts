import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenStores } from '../../src/open-stores.ts';
import { SETTINGS } from '../scenarios/product.ts';
import { quickestTarget, type Target } from '../scenarios/targets.ts';
import { openScenario } from '../scenarios/workspace.ts';
import { storableEvent } from '../support/storable-event.ts';
import { type Outcome, seepassHere } from './here.ts';

const HOUR = 3_600_000;
let target: Target;
let opened: OpenStores;
beforeAll(async () => {
  target = await quickestTarget.make();
  // Held open, so that each command joins it and need not start it.
  opened = await openScenario(target.database);
});
afterAll(async () => {
  await opened.close();
  await target.drop();
});

const seepass = (...args: string[]): Promise<Outcome> =>
  seepassHere([...args, '--database', target.database], SETTINGS);

async function store(events: ReturnType<typeof storableEvent>[]): Promise<void> {
  const session = await opened.stores.events.beginImport();
  await session.write(events);
  await session.end();
}

it('surfaces suggests rules for segments with very many values, and identity says how far tools know the same people', async () => {
  expect((await seepass('identity')).stdout).toContain('nothing to match');
  const ts = Date.now() - 2 * HOUR;
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
  const names = letters.flatMap((one) => [`${one}-one`, `${one}-two`]);
  await store([
    ...names.map((name) => storableEvent(randomUUID(), { ts, surface: `/u/${name}`, user: name })),
    storableEvent(randomUUID(), { ts, source: 'intercom', type: 'ticket', user: 'a-one', account: null }),
    storableEvent(randomUUID(), { ts: ts - 9 * 24 * HOUR, source: 'sentry', type: 'error', user: null, account: null }),
    storableEvent(randomUUID(), { ts, surface: '/other' }),
  ]);
  await opened.stores.rollups.aggregateDirty();

  expect((await seepass('surfaces', 'suggest')).stdout).toBe(
    '54 pages told apart, at most 500\n' +
      '  /u/<52 different values> -> /u/:name   joins 52 pages\n' +
      'Put the rules under surfaces in the workspace config: docs/workspace-config.md#pages\n',
  );
  const { matches } = JSON.parse((await seepass('identity', '--json')).stdout);
  expect(matches).toContainEqual({
    ...{ source: 'intercom', other: 'posthog', of: 'users' },
    ...{ seen: 1, matched: 1, rate: 1 },
  });

  const { checks } = JSON.parse((await seepass('doctor', '--json')).stdout);
  const found = (name: string) => checks.find((check: { name: string }) => check.name === name);
  expect(found('source posthog')).toMatchObject({
    state: 'ok',
    found: expect.stringMatching(/next expected within \d+ h of it \(too few hours with events to learn from\)$/),
  });
  expect(found('source sentry')).toMatchObject({
    state: 'warn',
    found: expect.stringMatching(/: silent for 21[78] h$/),
  });
  expect(found('pages')).toMatchObject({
    state: 'warn',
    found: '54 pages told apart, at most 500; 1 of 55 events in the past 28 days count on /other',
  });
  expect(found('identity').found).toContain('1 of 1 users in intercom seen in posthog');
});
