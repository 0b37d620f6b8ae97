import { beforeEach, expect, it } from 'vitest';
import type { Incident } from '../../src/core/incident/incident.ts';
import { addDays } from '../../src/core/window.ts';
import { readHome } from '../../src/pipeline/home.ts';
import type { JudgedDay, Stores } from '../../src/pipeline/ports.ts';
import { incidentOf } from '../slack/incident-models.ts';
import { DATE, priorityOf } from '../slack/models.ts';
import { judge, NOW, somePriorities, storesOf, timezone } from '../slack/world.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { noProposals } from '../support/no-proposals.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LEO = { actor: 'U00000LEO', role: 'viewer', channel: 'C0HEALTH1' } as const;

describeOnOneDatabase('what the App Home reads', (open) => {
  let stores: Stores;
  beforeEach(async () => {
    stores = storesOf(await open());
  });
  const asked: string[] = [];
  const read = (viewer = 'U0000MAYA', admins: readonly string[] = []) => {
    asked.length = 0;
    const proposals = noProposals;
    const context = { stores, proposals, policy: { admins, approvers: [] }, hasModel: false, clock: () => NOW };
    return readHome({ ...context, timezone, currency: 'USD' }, viewer, async (channel) => {
      asked.push(channel);
      return null;
    });
  };
  const subscribe = (channel: string) =>
    stores.subscriptions.add(
      {
        kind: 'digest',
        channel,
        surfaces: [],
        severity: 'low',
        schedule: { minute: 540, weekdays: [1], zone: timezone },
        question: null,
        quiet: null,
        weeklyBudget: 10,
        nextDueAt: NOW + DAY,
      },
      LEO,
    );
  const save = async (change: Partial<Incident>): Promise<Incident> => {
    const entries = [{ at: NOW, actor: 'system', kind: 'opened' as const, details: {} }];
    const [stored] =
      (await stores.incidents.save([{ from: null, incident: incidentOf(change), entries }], 'system')) ?? [];
    if (!stored) throw new Error('not stored');
    return stored;
  };

  it('is empty in a new workspace, where everything is still to be done', async () => {
    expect(await read()).toMatchObject({
      isAdmin: false,
      admins: [],
      incidents: [],
      latest: null,
      week: null,
      report: { alerts: 0, useful: 0, notIncidents: 0, missed: 0, drill: null },
      checklist: { events: 'missing', channel: 'missing', digest: 'missing', admins: 'missing', model: 'missing' },
    });
  });

  it('has the last judged day’s first priorities, and its week with the days that were not judged', async () => {
    await judge(stores, somePriorities(6));
    const yesterday = addDays(DATE, -2);
    const day: JudgedDay = { ...(await latest(stores)), date: yesterday, priorities: 1 };
    await stores.priorities.replaceDay(day, [], [{ ...priorityOf(1, '/search/deep'), date: yesterday }]);
    const { latest: last, week } = await read();
    expect(last?.priorities.map(({ entity_key }) => entity_key)).toEqual(['/checkout', '/page/1', '/page/2']);
    expect(last).toMatchObject({ date: DATE, total: 6, surfaces: 40 });
    expect(week).toMatchObject({ judged: 2 });
    expect(week?.groups.map(({ group }) => group)).toEqual(['/checkout', '/page', '/search']);
    expect(week?.groups.at(2)?.health).toEqual([null, null, null, null, 'high', null, 'normal']);
  });

  it('counts alerts that were posted once, however many channels they were posted in', async () => {
    const posted = await save({ id: '019c0000-0000-7000-8000-000000000001' });
    const held = await save({
      id: '019c0000-0000-7000-8000-000000000002',
      lead: { surface: '/cart', metric: 'error_rate', direction: 'up' },
      members: [{ surface: '/cart', metric: 'error_rate', since: NOW, recovered: false }],
    });
    const at = NOW - DAY;
    for (const channel of ['C0HEALTH1', 'C0HEALTH2'])
      await stores.alerts.put({ incidentId: posted.id, channel, at, revision: 1, held: null });
    await stores.alerts.put({ incidentId: held.id, channel: 'C0HEALTH1', at, revision: 1, held: 'budget' });
    const label = {
      entity_type: 'surface',
      entity_key: '/cart',
      note: null,
      created_by: 'U1',
      role: 'viewer',
    } as const;
    await stores.labels.put({ ...label, kind: 'missed', date: DATE, channel: null });
    await stores.labels.put({ ...label, kind: 'missed', date: addDays(DATE, -40), channel: null });
    await stores.labels.put({ ...label, kind: 'false', date: addDays(DATE, -1), channel: null });
    expect((await read()).report).toMatchObject({ alerts: 1, missed: 1, drill: null });
  });

  it('asks Slack whether it is in a channel only until the first digest was written', async () => {
    const subscription = await subscribe('C0HEALTH1');
    expect((await read()).checklist).toMatchObject({ channel: 'done', invited: 'unknown', digest: 'missing' });
    expect(asked).toEqual(['C0HEALTH1']);
    const told = { date: DATE, items: [] };
    await stores.digests.put({ subscriptionId: subscription.id, channel: 'C0HEALTH1', dueAt: NOW, date: DATE, told });
    expect((await read()).checklist).toMatchObject({ invited: 'done', digest: 'done' });
    expect(asked).toEqual([]);
    await stores.subscriptions.pause('C0HEALTH1', 'not_in_channel');
    expect((await read()).checklist.invited).toBe('missing');
  });

  it('names every admin once, wherever they were named', async () => {
    await stores.roles.grant('U00000ANA', 'admin', 'U0000MAYA');
    await stores.roles.grant('U0000MAYA', 'admin', 'U0000MAYA');
    expect(await read('U00000ANA', ['U0000MAYA'])).toMatchObject({ isAdmin: true, admins: ['U0000MAYA', 'U00000ANA'] });
    expect((await read('U00000SAM', ['U0000MAYA'])).isAdmin).toBe(false);
  });
});

async function latest(stores: Stores): Promise<JudgedDay> {
  const day = await stores.priorities.latestDay();
  if (!day) throw new Error('nothing judged');
  return day;
}
