import { beforeEach, expect, it } from 'vitest';
import { beatIncidents } from '../../../src/pipeline/incidents/beat.ts';
import { followIncidents } from '../../../src/pipeline/incidents/follow.ts';
import { finding, HOUR, START } from '../../core/incident/made-up.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { World } from './world.ts';

const ongoing = (surface: string, over: Parameters<typeof finding>[1] = {}) =>
  finding(surface, { state: 'ongoing', since: START, ...over });
const worse = { current: 0.3 } as const;
/** 22:00 to 07:00 in Berlin, where `START` is 14:00. */
const night = { from: 22 * 60, until: 7 * 60, zone: 'Europe/Berlin' };

describeOnOneDatabase('following hours', (open) => {
  let world: World;
  beforeEach(async () => {
    world = new World(await open());
  });
  const tick = async (index: number, findings: Parameters<World['judged']>[1] = []) => {
    await world.judged(index, findings);
    return followIncidents(world.context);
  };

  it('posts an incident once in each channel that asked, and shows all that becomes of it in its thread', async () => {
    await world.subscribe('C1');
    await world.subscribe('C2', { surfaces: ['/search'] });
    await world.subscribe('C3', {
      kind: 'digest',
      schedule: { minute: 540, weekdays: [1], zone: 'Europe/Berlin' },
      nextDueAt: START,
    });
    expect(await tick(0, [finding('/checkout')])).toMatchObject({ opened: 1, changed: 0 });
    await tick(1, [ongoing('/checkout', worse)]);
    await tick(2);
    await tick(3);
    await tick(4, [ongoing('/checkout', { state: 'recovered' })]);
    await followIncidents(world.context);
    expect(await world.outbox()).toEqual([
      'C1 post INC-1 open medium r1',
      'C1 update INC-1 open high r2',
      'C1 reply escalated by system',
      'C1 update INC-1 recovering high r3',
      'C1 reply recovering by system',
      'C1 update INC-1 recovering high r4',
      'C1 update INC-1 resolved high r5',
      'C1 reply resolved by system',
    ]);
    const [incident] = await world.stores.incidents.listEnded({ start: 0, end: world.now + 1 });
    expect((await world.stores.alerts.list(incident?.id ?? '')).map(({ channel, held }) => [channel, held])).toEqual([
      ['C1', null],
      ['C2', 'not_subscribed'],
    ]);
  });

  it('does nothing before anything is judged, and begins with the last hours where it is new', async () => {
    expect(await followIncidents(world.context)).toEqual({ until: null, opened: 0, changed: 0 });
    await world.judged(0, [finding('/old')]);
    for (let hour = 1; hour < 10; hour += 1) await world.judged(hour, hour === 8 ? [finding('/checkout')] : []);
    expect(await followIncidents(world.context)).toMatchObject({ opened: 1 });
    expect((await world.stores.incidents.listLive()).map(({ lead }) => lead.surface)).toEqual(['/checkout']);
    expect(await world.stores.incidents.followedUntil()).toBe(START + 10 * HOUR);
  });

  it('is done by one of several processes', async () => {
    await world.subscribe('C1');
    await world.judged(0, [finding('/checkout')]);
    const reports = await Promise.all([1, 2, 3].map(() => followIncidents(world.context)));
    expect(reports.reduce((sum, { opened }) => sum + opened, 0)).toBe(1);
    expect(await world.outbox()).toEqual(['C1 post INC-1 open medium r1']);
  });

  it('tells a storm of a thousand pages in one message', async () => {
    await world.subscribe('C1');
    await tick(
      0,
      Array.from({ length: 1000 }, (_, index) => finding(`/p${index}`)),
    );
    expect(await world.outbox()).toEqual(['C1 post INC-1 open medium r1']);
  });

  it('leaves an hour without data, or under maintenance, unjudged', async () => {
    await tick(0, [finding('/checkout')]);
    await world.stores.maintenance.add(
      { starts_at: START + HOUR, ends_at: START + 3 * HOUR, surface_pattern: '/checkout', reason: 'move' },
      { actor: 'U1', role: 'admin', channel: null },
    );
    await tick(1);
    await tick(2);
    await world.handle.kysely
      .deleteFrom('hourly_surface_metrics')
      .where('hour', '=', new Date(START + 2 * HOUR))
      .execute();
    expect((await world.stores.incidents.listLive())[0]).toMatchObject({ state: 'open', normalHours: 0 });
  });

  it('posts what quiet hours held when they are over, where it goes on', async () => {
    await world.subscribe('C1', { quiet: night });
    await tick(9, [finding('/checkout', { hour: START + 9 * HOUR, since: START + 9 * HOUR })]);
    world.now = Date.parse('2026-01-30T06:59:00+01:00');
    await beatIncidents(world.context, world.now);
    expect(await world.outbox()).toEqual([]);
    world.now += 60_000;
    await beatIncidents(world.context, world.now);
    await beatIncidents(world.context, world.now + 60_000);
    expect(await world.outbox()).toEqual(['C1 post INC-1 open medium r1']);
  });

  it('leaves to the digest what the budget does not hold, the worst posted first, until it gets worse', async () => {
    await world.subscribe('C1', { weeklyBudget: 1 });
    await tick(0, [finding('/a'), finding('/b', worse), finding('/c')]);
    expect((await world.outbox()).map((line) => line.slice(0, 20))).toEqual(['C1 post INC-2 open h']);
    const reasons = async () => (await world.stores.alerts.listInChannel('C1', 0)).map(({ held }) => held).sort();
    expect(await reasons()).toEqual(['budget', 'budget', null]);
    await beatIncidents(world.context, world.now + 8 * 24 * HOUR);
    expect(await reasons()).toEqual(['budget', 'budget', null]);
    await tick(1, [ongoing('/a', worse), ongoing('/b', worse), ongoing('/c')]);
    expect(await reasons()).toEqual(['budget', null, null]);
  });

  it('posts nothing in a channel that was shared meanwhile, which is paused until it is allowed again', async () => {
    await world.subscribe('C1');
    await world.subscribe('C2');
    world.barred.add('C1');
    await tick(0, [finding('/a'), finding('/b', worse)]);
    expect((await world.outbox()).map((line) => line.slice(0, 7))).toEqual(['C2 post', 'C2 post']);
    expect(await world.stores.alerts.listInChannel('C1', 0)).toMatchObject([{ held: 'paused' }, { held: 'paused' }]);
    expect(await world.stores.subscriptions.list('C1')).toMatchObject([{ paused: { reason: 'shared' } }]);
    world.barred.clear();
    await beatIncidents(world.context, world.now);
    expect(await world.outbox()).toHaveLength(2);
    await world.stores.subscriptions.resume('C1', { actor: 'U1', role: 'viewer', channel: 'C1' });
    await beatIncidents(world.context, world.now);
    expect((await world.outbox()).slice(2).map((line) => line.slice(0, 7))).toEqual(['C1 post', 'C1 post']);
  });

  it('leaves what it posted in a channel as it is while that is paused, and catches up afterwards', async () => {
    await world.subscribe('C1');
    await tick(0, [finding('/a')]);
    world.barred.add('C1');
    await tick(1, [ongoing('/a', worse), finding('/b', { hour: START + HOUR, since: START + HOUR })]);
    await tick(2, [ongoing('/a', worse)]);
    const before = (await world.outbox()).length;
    await tick(3);
    expect(await world.outbox()).toHaveLength(before);
    world.barred.clear();
    await world.stores.subscriptions.resume('C1', 'system');
    await beatIncidents(world.context, world.now);
    expect((await world.outbox()).slice(before)).toContain('C1 update INC-1 recovering high r4');
  });

  it('wakes a snoozed incident, and posts it where it was held for that', async () => {
    await tick(0, [finding('/checkout')]);
    const [incident] = await world.stores.incidents.listLive();
    await world.desk.act(
      incident?.id ?? '',
      { kind: 'snooze', until: world.now + HOUR, note: null },
      { actor: 'U1', channel: null },
    );
    await world.subscribe('C1');
    await beatIncidents(world.context, world.now);
    expect(await world.outbox()).toEqual([]);
    await beatIncidents(world.context, world.now + HOUR);
    expect(await world.outbox()).toEqual(['C1 post INC-1 open medium r3']);
    const entries = await world.stores.incidents.listEntries(incident?.id ?? '');
    expect(entries.map(({ kind, actor }) => `${kind} by ${actor}`)).toEqual([
      'opened by system',
      'snoozed by U1',
      'woken by system',
    ]);
  });
});
