import { beforeEach, expect, it } from 'vitest';
import { followIncidents } from '../../../src/pipeline/incidents/follow.ts';
import { listRules, restoreRule, reviewRules } from '../../../src/pipeline/incidents/rules.ts';
import { finding, HOUR } from '../../core/incident/made-up.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { World } from './world.ts';

const by = (actor: string) => ({ actor, channel: 'C1' });

describeOnOneDatabase('the desk', (open) => {
  let world: World;
  let id: string;
  beforeEach(async () => {
    world = new World(await open());
    await world.subscribe('C1');
    await world.subscribe('C2');
    await world.judged(0, [finding('/checkout'), finding('/cart')]);
    await followIncidents(world.context);
    id = (await world.stores.incidents.findByNumber(1))?.id ?? '';
  });

  it('does what a person says and shows it in every channel the incident is in', async () => {
    const incident = await world.desk.act(id, { kind: 'acknowledge' }, by('U_MAYA'));
    expect(incident).toMatchObject({ state: 'acknowledged', owner: 'U_MAYA', revision: 2 });
    expect((await world.outbox()).filter((line) => !line.includes('post')).sort()).toEqual([
      'C1 reply acknowledged by U_MAYA',
      'C1 update INC-1 acknowledged medium r2',
      'C2 reply acknowledged by U_MAYA',
      'C2 update INC-1 acknowledged medium r2',
    ]);
    const [audit] = await world.stores.audit.list(1);
    expect(audit).toMatchObject({
      action: 'incident.acknowledged',
      actor: 'U_MAYA',
      actor_role: 'viewer',
      channel: 'C1',
    });
  });

  it('lets one of several who press at once win, and tells the others who was first', async () => {
    const pressed = await Promise.allSettled(
      ['U1', 'U2', 'U3'].map((actor) => world.desk.act(id, { kind: 'acknowledge' }, by(actor))),
    );
    const won = pressed.flatMap((each) => (each.status === 'fulfilled' ? [each.value.owner] : []));
    expect(won).toHaveLength(1);
    for (const each of pressed)
      if (each.status === 'rejected')
        expect(each.reason).toMatchObject({
          code: 'conflict',
          message: `${won[0]} is on INC-1, since 15:10.`,
        });
  });

  it("refuses what is unknown, and what is not one's to do", async () => {
    await expect(world.desk.act('nothing', { kind: 'wake' }, by('U1'))).rejects.toMatchObject({ code: 'not_found' });
    await world.desk.act(id, { kind: 'acknowledge' }, by('U_MAYA'));
    await expect(world.desk.act(id, { kind: 'release' }, by('U1'))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await world.desk.act(id, { kind: 'release' }, by('U_ADMIN'))).toMatchObject({ owner: null });
    const past = { kind: 'snooze', until: world.now - 1, note: null } as const;
    await expect(world.desk.act(id, past, by('U1'))).rejects.toMatchObject({ code: 'bad_arguments' });
  });

  it('keeps a note without what is private in it', async () => {
    await world.desk.act(id, { kind: 'resolve', note: 'ask ann@example.com' }, by('U1'));
    const entries = await world.stores.incidents.listEntries(id);
    expect(entries.at(-1)?.details.note).not.toContain('ann@example.com');
  });

  it('closes a duplicate, and shows what it repeats with its pages', async () => {
    const two = await world.stores.incidents.findByNumber(2);
    await world.desk.act(id, { kind: 'close', closure: 'duplicate', duplicateOf: two?.id ?? '', note: null }, by('U1'));
    expect(await world.stores.incidents.find(id)).toMatchObject({ state: 'closed', duplicateOf: two?.id });
    expect((await world.stores.incidents.findByNumber(2))?.members).toHaveLength(2);
    expect((await world.outbox()).filter((line) => line.startsWith('C2') && line.includes('INC-2'))).toHaveLength(2);
  });

  it('has done it where its message cannot be shown at once; the next beat shows it', async () => {
    const broken = { ...world.stores.outbox, enqueue: () => Promise.reject(new Error('gone')) };
    const { outbox } = world.stores;
    world.stores.outbox = broken;
    expect(await world.desk.act(id, { kind: 'acknowledge' }, by('U1'))).toMatchObject({ owner: 'U1' });
    world.stores.outbox = outbox;
    await followIncidents(world.context);
    expect((await world.outbox()).filter((line) => line.startsWith('C1'))).toContain(
      'C1 update INC-1 acknowledged medium r2',
    );
  });
});

describeOnOneDatabase('a rule', (open) => {
  it('that people find false is told in digests only, says so once, and comes back when an admin says so', async () => {
    const world = new World(await open());
    await world.subscribe('C1');
    for (let day = 0; day < 8; day += 1) {
      await world.judged(day * 26, [finding(`/p${day}`, { hour: 0, since: Number.MAX_SAFE_INTEGER })]);
      await followIncidents(world.context);
      const [incident] = await world.stores.incidents.listLive();
      await world.desk.act(incident?.id ?? '', { kind: 'close', closure: 'false', note: null }, by('U1'));
    }
    await reviewRules(world.context, world.now);
    await reviewRules(world.context, world.now);
    const told = async () => (await world.outbox()).filter((line) => line.includes('error_rate'));
    expect(await told()).toEqual(['C1 post error_rate demoted']);
    expect((await listRules(world.stores, world.now))[0]).toMatchObject({
      metric: 'error_rate',
      isDemoted: true,
      precision: { useful: 0, false: 8, precision: 0 },
    });
    await world.judged(9 * 26, [finding('/late', { since: Number.MAX_SAFE_INTEGER })]);
    await followIncidents(world.context);
    expect((await world.stores.alerts.listInChannel('C1', world.now - 1)).map(({ held }) => held)).toEqual([
      'rule_demoted',
    ]);

    const admin = { actor: 'U_ADMIN', at: world.now + HOUR };
    await expect(restoreRule(world.context, 'latency', admin)).rejects.toMatchObject({ code: 'bad_arguments' });
    await expect(restoreRule(world.context, 'traffic', admin)).rejects.toMatchObject({ code: 'conflict' });
    expect(await restoreRule(world.context, ' Error_Rate ', admin)).toMatchObject({ isDemoted: false });
    await reviewRules(world.context, admin.at);
    expect(await told()).toEqual(['C1 post error_rate demoted', 'C1 post error_rate restored']);
  });

  it('that readers of digests find of no use is told in digests only, and comes back when they find it useful', async () => {
    const world = new World(await open());
    await world.subscribe('C1');
    const vote = (day: number, useful: boolean) =>
      world.stores.votes.put(
        {
          date: `2026-01-0${day}`,
          entity_type: 'surface',
          entity_key: '/checkout',
          metric: 'dropoff_rate',
          voter: 'U1',
          useful,
        },
        { role: 'viewer', channel: 'C1' },
      );
    for (let day = 1; day <= 8; day += 1) await vote(day, false);
    await reviewRules(world.context, world.now);
    expect(await world.outbox()).toEqual(['C1 post dropoff_rate demoted']);
    expect((await listRules(world.stores, world.now))[2]).toMatchObject({
      metric: 'dropoff_rate',
      precision: { useful: 0, false: 8 },
      inDigests: { useful: 0, false: 8 },
    });
    for (let day = 1; day <= 8; day += 1) await vote(day, true);
    await reviewRules(world.context, world.now);
    expect(await world.outbox()).toEqual(['C1 post dropoff_rate demoted', 'C1 post dropoff_rate restored']);
  });
});
