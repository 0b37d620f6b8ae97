import { sql } from 'kysely';
import { v7 } from 'uuid';
import { beforeAll, expect, it } from 'vitest';
import type { HourlyMetricId } from '../../src/core/detect/hours/hourly-finding.ts';
import type { Incident } from '../../src/core/incident/incident.ts';
import type { Vote } from '../../src/pipeline/subscriptions.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { incidentOf } from '../slack/incident-models.ts';
import { NOW, storesOf } from '../slack/world.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

/** Of whoever votes. */
const IN_CHANNEL = { role: 'viewer', channel: 'C1' } as const;
const SUBSCRIPTION = '0199f000-0000-7000-8000-000000000001';
const DUE = Date.UTC(2026, 0, 30, 8);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const led = (surface: string, metric: HourlyMetricId) =>
  ({
    lead: { surface, metric, direction: 'up' },
    members: [{ surface, metric, since: DUE - 3 * DAY, recovered: true }],
  }) satisfies Partial<Incident>;
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
    await votes.put({ ...vote, voter: 'U1', useful: true }, IN_CHANNEL);
    await votes.put({ ...vote, voter: 'U1', useful: false }, IN_CHANNEL);
    await votes.put({ ...vote, voter: 'U2', useful: true }, IN_CHANNEL);
    await votes.put({ ...vote, date: '2026-01-28', voter: 'U1', useful: true }, IN_CHANNEL);
    expect(await votes.count({ start: '2026-01-28', end: '2026-01-30' })).toEqual([
      { entity_type: 'surface', entity_key: '/cart', metric: 'error_rate', useful: 2, not: 1 },
    ]);
    expect(await votes.count({ start: '2026-01-29', end: '2026-01-30' })).toMatchObject([{ useful: 1, not: 1 }]);
  });

  it('keeps a vote with its audit row, or neither', async () => {
    const handle = await open();
    const { votes, audit } = storesOf(handle);
    const vote = { date: '2026-01-29', entity_type: 'surface', entity_key: '/cart', metric: 'error_rate' } as const;
    await votes.put({ ...vote, voter: 'U1', useful: false }, IN_CHANNEL);
    expect(await audit.list(5)).toMatchObject([
      {
        actor: 'U1',
        actor_role: 'viewer',
        channel: 'C1',
        action: 'vote.useful',
        outcome: 'not_useful',
        subject_id: '/cart',
      },
    ]);
    await sql`ALTER TABLE audit_entries ADD CONSTRAINT no_votes CHECK (action <> 'vote.useful') NOT VALID`.execute(
      handle.kysely,
    );
    try {
      await expect(votes.put({ ...vote, voter: 'U2', useful: true }, IN_CHANNEL)).rejects.toThrow('no_votes');
    } finally {
      await sql`ALTER TABLE audit_entries DROP CONSTRAINT no_votes`.execute(handle.kysely);
    }
    expect(await votes.count({ start: '2026-01-28', end: '2026-01-30' })).toMatchObject([{ useful: 0, not: 1 }]);
  });

  it('judges each item of a day once, by the last word of most of its voters', async () => {
    const { votes } = storesOf(await open());
    const say = (entity_key: string, voter: string, useful: boolean, over: Partial<Vote> = {}) =>
      votes.put(
        {
          date: '2026-01-29',
          entity_type: 'surface',
          entity_key,
          metric: 'error_rate',
          voter,
          useful,
          ...over,
        },
        IN_CHANNEL,
      );
    for (const voter of ['U1', 'U2', 'U3']) await say('/cart', voter, false);
    await say('/pay', 'U1', false);
    await say('/pay', 'U1', true);
    for (const [voter, useful] of [
      ['U1', true],
      ['U2', false],
    ] as const)
      await say('/tie', voter, useful);
    await say('/cart', 'U1', true, { date: '2026-01-28' });
    await say('/home', 'U1', true, { metric: 'pageviews' });
    await say('/api', 'U1', false, { metric: 'requests' });
    await say('PAYMENT_TIMEOUT', 'U1', false, { entity_type: 'error_signature', metric: 'errors' });
    expect(await votes.countJudged(NOW)).toEqual([
      { metric: 'error_rate', useful: 2, false: 1 },
      { metric: 'errors', useful: 0, false: 1 },
      { metric: 'traffic', useful: 1, false: 1 },
    ]);
    expect(await votes.countJudged(NOW + 1)).toEqual([]);
  });
});

describeOnEveryDatabase('a vote beside an incident', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
  });

  it.each<[string, Partial<Incident>, number]>([
    ['its incident was closed as false that day', { state: 'closed', closure: 'false', endedBy: 'U1' }, 0],
    ['its incident was taken on and resolved', { state: 'resolved', acknowledgedAt: DUE, endedBy: 'system' }, 0],
    ['its incident was closed as expected', { state: 'closed', closure: 'expected', endedBy: 'U1' }, 1],
    ['only the clock saw its incident', { state: 'resolved', endedBy: 'system' }, 1],
    ['its incident goes on', { endedAt: null }, 1],
    ['the incident was over the day before', { state: 'resolved', endedBy: 'U1', endedAt: DUE - 2 * DAY }, 1],
    ['the incident is of another metric', { state: 'resolved', endedBy: 'U1', ...led('/cart', 'traffic') }, 1],
    ['the incident is of another page', { state: 'resolved', endedBy: 'U1', ...led('/pay', 'error_rate') }, 1],
  ])('counts at most once: %s', async (workspace, over, times) => {
    const { votes, incidents } = createStores(handle, createStoreContext({ workspace }));
    const item = { date: '2026-01-29', entity_type: 'surface', entity_key: '/cart', metric: 'error_rate' } as const;
    await votes.put({ ...item, voter: 'U1', useful: false }, IN_CHANNEL);
    const lead = led('/cart', 'error_rate');
    const incident = incidentOf({ ...lead, id: v7(), since: DUE - 3 * DAY, endedAt: DUE - 12 * HOUR, ...over });
    await incidents.save([{ from: null, incident: { ...incident, number: 0 }, entries: [] }], 'system');
    expect((await votes.countJudged(DUE - 30 * DAY)).map((each) => each.false)).toEqual(times === 0 ? [] : [times]);
  });
});
