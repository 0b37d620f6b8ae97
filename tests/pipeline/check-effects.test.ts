import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import type { EffectVerdict } from '../../src/core/effect/effect-check.ts';
import type { Expectation } from '../../src/core/proposal/expectation.ts';
import { createProposalAnnouncer } from '../../src/pipeline/acting/announce.ts';
import { checkEffects } from '../../src/pipeline/check-effects.ts';
import { followIncidents } from '../../src/pipeline/incidents/follow.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import { bulkInsert } from '../../src/postgres/bulk-insert.ts';
import { buildProposalCard } from '../../src/slack/views/proposal-card.ts';
import { buildProposalLine } from '../../src/slack/views/proposal-line.ts';
import { finding, HOUR, START } from '../core/incident/made-up.ts';
import { Killed } from '../scenarios/mortal.ts';
import { actingOn } from '../support/acting.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { World } from './incidents/world.ts';

const timezone = 'Europe/Berlin';
const MAYA = 'U0000MAYA';
const MINUTE = 60_000;
/** It is done in the hour after the first bad one, and has the hours 2 to 6 to work in. */
const DUE = START + 7 * HOUR + 10 * MINUTE;
const PATIENCE = 6 * HOUR;
const OTHERS = Array.from({ length: 8 }, (_, page) => `/page-${page + 1}`);
const EXPECTED: Expectation = {
  ...{ metric: 'error_rate', surface: '/checkout', direction: 'down', observed: 0.06, normal: 0.012, size: null },
  ...{ since: START, horizonHours: 6 },
};

describeOnEveryDatabase('looking whether an action helped', (open) => {
  /** A checkout that fails, told in a channel, with something done about it ten minutes after its first bad hour. */
  async function enter() {
    const world = new World(await open());
    const { stores, handle } = world;
    await world.subscribe('C1');
    await world.judged(0, [finding('/checkout')]);
    await followIncidents(world.context);
    const acting = actingOn(stores, {
      ...{ clock: () => world.now, policy: { admins: [], approvers: [MAYA] } },
      announce: createProposalAnnouncer({
        ...{ stores, desk: { view: (id) => acting.desk.view(id) }, announceInDigests: async () => undefined },
        renderCard: (view) => buildProposalCard(view, timezone),
        renderLine: (kind, view) => buildProposalLine(kind, view, timezone),
      }),
    });
    const [incident] = await stores.incidents.listLive();
    if (!incident) throw new Error('No incident lives.');
    const parameters = { would_call: 'deploy.rollback', with: {}, expect: 'Fewer errors.' };
    const { id } = await acting.desk.propose(
      {
        subject: { kind: 'incident', incidentId: incident.id, surface: '/checkout' },
        action: { type: 'simulate', title: 'Roll back', risk: 'medium', parameters },
        ...{ why: '', expectation: EXPECTED },
      },
      'system',
    );
    await acting.desk.act(id, { kind: 'approve', version: 1 }, { actor: MAYA, channel: 'C1' });
    await acting.idle();

    const context = { stores, timezone, clock: () => world.now, log: silentLog };
    return {
      ...{
        world,
        stores,
        acting,
        id,
        context,
        check: (changed: Partial<Stores> = {}) => checkEffects({ ...context, stores: { ...stores, ...changed } }),
      },
      /** Views of pages in the hours from one to another, of which so many in a thousand failed; and that they are judged. */
      async hours(from: number, to: number, pages: Readonly<Record<string, { views: number; failed: number }>>) {
        const rows = [];
        for (let index = from; index < to; index += 1)
          for (const [surface, { views, failed }] of Object.entries(pages))
            rows.push({
              ...{ workspace_id: 'local', hour: new Date(START + index * HOUR), surface, normaliser_version: 1 },
              ...{ pageviews: views, errors: Math.round((views * failed) / 1000), requests: 0, request_failures: 0 },
              ...{ actions: 0, dropoffs: 0, tickets: 0, replies: 0, affected_accounts: 0, affected_users: 0 },
              ...{ revenue: 0, revenue_at_risk: 0, top_error_signatures: [], top_ticket_topics: [] },
            });
        await bulkInsert(handle.kysely, 'hourly_surface_metrics', rows);
      },
      async judgedUntil(index: number) {
        await stores.hourlyFindings.save({
          before: await stores.hourlyFindings.judgedUntil(),
          judgedUntil: START + index * HOUR,
          ...{ product: new Uint8Array(), surfaces: [], findings: [] },
        });
      },
      told: async () =>
        (await world.outbox()).filter((line) => /It helped|did not help|got worse|Can't tell/.test(line)),
      audited: async () => (await stores.audit.list(50)).filter(({ action }) => action === 'effect.check'),
    };
  }

  const alike = (views = 500) => Object.fromEntries(OTHERS.map((page) => [page, { views, failed: 20 }]));

  /** What it did in the hours after it, on a page of so many views; other pages went on as they were. */
  async function after(views: number, failed: number) {
    const entered = await enter();
    await entered.hours(0, 7, alike());
    await entered.hours(2, 7, { '/checkout': { views, failed } });
    await entered.judgedUntil(7);
    entered.world.now = DUE;
    return entered;
  }

  it('waits for its horizon, and then for the last hours of it', async () => {
    const { world, stores, id, check, hours, judgedUntil, told } = await enter();
    await hours(0, 7, alike());
    await hours(2, 7, { '/checkout': { views: 500, failed: 12 } });
    await judgedUntil(6);
    world.now = DUE - 1;
    expect(await check()).toBe(0);
    world.now = DUE;
    expect(await check()).toBe(0);
    expect(await stores.effects.find(id)).toMatchObject({ dueAt: DUE, checkedAt: null, result: null });
    await judgedUntil(7);
    expect(await check()).toBe(1);
    expect(await stores.effects.find(id)).toMatchObject({ checkedAt: DUE, result: { verdict: 'helped' } });
    expect(await told()).toEqual([]);
  });

  it.each<[EffectVerdict, number, number, RegExp]>([
    [
      'helped',
      500,
      12,
      /^It helped\. Error rate on \/checkout fell 4\.8 points \(\d\.\d–\d\.\d\) more than on matched pages\.$/,
    ],
    ['did_not_help', 500, 68, /^It did not help\. Error rate on \/checkout /],
    ['worse', 500, 200, /^It got worse\. Error rate on \/checkout rose 14 points /],
    ['cannot_tell', 7, 0, /^Can't tell yet: 35 views since\.$/],
  ])('says in the thread that it %s', async (verdict, views, failed, words) => {
    const { acting, stores, id, told, audited } = await after(views, failed);
    await acting.beat();
    expect(await stores.effects.find(id)).toMatchObject({ result: { verdict } });
    const [line = ''] = await told();
    expect(line.replace(/^C1 reply /, '')).toMatch(words);
    expect((await audited()).map(({ outcome, subject_id }) => [outcome, subject_id])).toEqual([[verdict, id]]);
  });

  it('says it once, however often and by however many processes it is looked at', async () => {
    const { acting, told, audited, check } = await after(500, 12);
    const counts = await Promise.all([check(), check(), check()]);
    expect(counts.reduce((all, one) => all + one)).toBe(1);
    await Promise.all([acting.beat(), acting.beat()]);
    await acting.beat();
    expect(await told()).toHaveLength(1);
    expect(await audited()).toHaveLength(1);
  });

  it.each([
    ['before it is stored', false],
    ['once it is stored, before it is told', true],
  ])('says it once where the process dies %s', async (_, isStored) => {
    const { acting, stores, told, audited, check } = await after(500, 12);
    const { effects } = stores;
    const dying = async (...given: Parameters<typeof effects.save>) => {
      if (isStored) await effects.save(...given);
      throw new Killed();
    };
    await expect(check({ effects: { ...effects, save: dying } })).rejects.toThrow(Killed);
    expect(await audited()).toHaveLength(isStored ? 1 : 0);
    expect(await told()).toEqual([]);
    await acting.beat();
    await acting.beat();
    expect(await told()).toHaveLength(1);
    expect(await audited()).toHaveLength(1);
  });

  it('says it once where the process dies while it tells', async () => {
    const { acting, world, stores, told, check } = await after(500, 12);
    await check();
    const dying = actingOn(
      { ...stores, proposals: { ...stores.proposals, markShown: () => Promise.reject(new Killed()) } },
      {
        ...{ clock: () => world.now, policy: { admins: [], approvers: [MAYA] } },
        announce: createProposalAnnouncer({
          ...{ stores, desk: acting.desk, announceInDigests: async () => undefined },
          renderCard: (view) => buildProposalCard(view, timezone),
          renderLine: (kind, view) => buildProposalLine(kind, view, timezone),
        }),
      },
    );
    await dying.beat();
    expect(await told()).toHaveLength(1);
    await acting.beat();
    expect(await told()).toHaveLength(1);
  });

  it('goes on with all else where proposals were deleted', async () => {
    const { world, stores, check } = await after(500, 12);
    const deleted = Array.from({ length: 30 }, () => uuidv7());
    await bulkInsert(
      world.handle.kysely,
      'effect_checks',
      deleted.map((proposal_id) => ({
        ...{ workspace_id: 'local', proposal_id, action_type: 'simulate', expectation: JSON.stringify(EXPECTED) },
        ...{ done_at: new Date(START), due_at: new Date(START + HOUR), checked_at: null, verdict: null, result: null },
      })),
    );
    expect(await check()).toBe(1);
    expect(await stores.effects.find(deleted[0] ?? '')).toMatchObject({ checkedAt: null });
    expect(await check()).toBe(0);
  });

  it('cannot tell where the hours never arrive, and calls that no data, not zero', async () => {
    const { world, acting, stores, id, check, hours, told } = await enter();
    await hours(0, 1, alike());
    world.now = START + 7 * HOUR + PATIENCE - 1;
    expect(await check()).toBe(0);
    world.now += 1;
    await acting.beat();
    expect(await stores.effects.find(id)).toMatchObject({
      result: { verdict: 'cannot_tell', difference: null, low: null, high: null, reason: 'no data since' },
    });
    expect(await told()).toEqual(["C1 reply Can't tell yet: no data since."]);
  });

  it('says of how many hours there is data where the last of them never arrive', async () => {
    const { world, stores, id, check, hours, judgedUntil } = await enter();
    await hours(0, 4, alike());
    await hours(2, 4, { '/checkout': { views: 500, failed: 12 } });
    await judgedUntil(4);
    world.now = START + 7 * HOUR + PATIENCE;
    expect(await check()).toBe(1);
    expect(await stores.effects.find(id)).toMatchObject({
      result: { verdict: 'helped', after: { start: START + 2 * HOUR, end: START + 4 * HOUR } },
    });
  });
});
