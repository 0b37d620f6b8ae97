import { sql } from 'kysely';
import { beforeEach, expect, it } from 'vitest';
import type { IncidentChange } from '../../src/core/incident/change.ts';
import type { Incident } from '../../src/core/incident/incident.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { Desk, finding, HOUR, hourOf, START } from '../core/incident/made-up.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const MAYA = { actor: 'U_MAYA', role: 'viewer', channel: 'C1' } as const;
const uuid = (number: number): string => `00000000-0000-7000-8000-${number.toString().padStart(12, '0')}`;

/** A new incident of these pages, not stored. */
function fresh(number: number, ...surfaces: string[]): IncidentChange {
  const desk = new Desk();
  desk.follow(
    hourOf(
      0,
      surfaces.map((surface) => finding(surface)),
    ),
  );
  const [first] = desk.told;
  const members = desk.live.flatMap((each) => each.members);
  const incident: Incident = { ...desk.get(1), id: uuid(number), number: 0, members };
  return { from: null, incident, entries: first?.change.entries ?? [] };
}
const changed = (
  incident: Incident,
  over: Partial<Incident>,
  kind: 'acknowledged' | 'resolved' | 'closed',
): IncidentChange => ({
  from: incident.revision,
  incident: { ...incident, ...over, revision: incident.revision + 1 },
  entries: [{ at: START + HOUR, actor: 'U_MAYA', kind, details: {} }],
});
const owned = { state: 'acknowledged', owner: 'U_MAYA', acknowledgedAt: START + HOUR } as const;
const resolved = { state: 'resolved', endedAt: START + 2 * HOUR, endedBy: 'U_MAYA' } as const;

/** Which transaction wrote each row, in the order of incidents. */
async function versionsOf({ kysely }: DatabaseHandle, table: 'incident_members' | 'alert_decisions') {
  const rows = await kysely
    .selectFrom(table)
    .select(sql<string>`xmin::text`.as('version'))
    .orderBy('incident_id')
    .execute();
  return rows.map(({ version }) => version);
}

describeOnEveryDatabase('incidents', (open) => {
  let handle: DatabaseHandle;
  let stores: Stores;
  beforeEach(async () => {
    handle = await open();
    stores = createStores(handle, createStoreContext());
  });
  const store = async (...changes: IncidentChange[]): Promise<Incident[]> =>
    (await stores.incidents.save(changes, 'system')) ?? [];

  it('come back as they were stored, by id and by number, for their own workspace', async () => {
    const change = fresh(1, '/checkout', '/cart');
    const [stored] = await store(change);
    expect(stored).toEqual({ ...change.incident, number: 1 });
    expect(await stores.incidents.find(uuid(1))).toEqual(stored);
    expect(await stores.incidents.findByNumber(1)).toEqual(stored);
    expect(await stores.incidents.listLive()).toEqual([stored]);
    const others = createStores(handle, createStoreContext({ workspace: 'other' }));
    expect(await others.incidents.listLive()).toEqual([]);
    expect(await others.incidents.find(uuid(1))).toBeUndefined();
  });

  it('are not found by what names none', async () => {
    for (const id of ['', 'no-uuid', "'; DROP TABLE incidents", uuid(9)]) {
      expect(await stores.incidents.find(id)).toBeUndefined();
      expect(await stores.incidents.listEntries(id)).toEqual([]);
    }
    for (const number of [0, -1, 1.5, 1e12, 9]) expect(await stores.incidents.findByNumber(number)).toBeUndefined();
  });

  it('change once: of two that began with the same revision one is stored, with its entry and its audit row', async () => {
    const [stored] = await store(fresh(1, '/checkout'));
    if (stored === undefined) throw new Error('Nothing was stored.');
    const both = await Promise.all(
      ['U_MAYA', 'U_TOM'].map((owner) =>
        stores.incidents.save([changed(stored, { ...owned, owner }, 'acknowledged')], MAYA),
      ),
    );
    expect(both.filter((each) => each === undefined)).toHaveLength(1);
    expect((await stores.incidents.listEntries(uuid(1))).map(({ sequence, kind }) => [sequence, kind])).toEqual([
      [1, 'opened'],
      [2, 'acknowledged'],
    ]);
    const audit = await stores.audit.list(10);
    expect(audit.map(({ action, actor, channel, outcome }) => [action, actor, channel, outcome]).sort()).toEqual([
      ['incident.acknowledged', 'U_MAYA', 'C1', 'acknowledged'],
      ['incident.opened', 'system', null, 'open'],
    ]);
  });

  it('are stored all or none', async () => {
    const [one] = await store(fresh(1, '/a'));
    if (one === undefined) throw new Error('Nothing was stored.');
    await store(changed(one, owned, 'acknowledged'));
    expect(
      await stores.incidents.save([fresh(2, '/b'), changed(one, owned, 'acknowledged')], 'system'),
    ).toBeUndefined();
    expect(await stores.incidents.find(uuid(2))).toBeUndefined();
  });

  it('have numbers in line, however many are opened at once', async () => {
    await Promise.all(Array.from({ length: 6 }, (_, index) => store(fresh(10 + index, `/p${index}`))));
    expect((await stores.incidents.listLive()).map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('are not opened for what a live one tells', async () => {
    await store(fresh(1, '/checkout'));
    expect(await stores.incidents.save([fresh(2, '/cart', '/checkout')], 'system')).toBeUndefined();
    const [one] = await stores.incidents.listLive();
    if (one === undefined) throw new Error('Nothing is live.');
    await store(changed(one, resolved, 'resolved'));
    expect(await store(fresh(2, '/cart', '/checkout'))).toHaveLength(1);
  });

  it('are followed exactly once: hours and changes move on together', async () => {
    const tick = { before: undefined, until: START + HOUR, changes: [fresh(1, '/checkout')] };
    const both = await Promise.all([
      stores.incidents.follow(tick),
      stores.incidents.follow({ ...tick, changes: [fresh(2, '/checkout')] }),
    ]);
    expect(both.filter((each) => each === undefined)).toHaveLength(1);
    expect(await stores.incidents.followedUntil()).toBe(START + HOUR);
    expect(await stores.incidents.listLive()).toHaveLength(1);
    expect(await stores.incidents.follow({ before: START + HOUR, until: START + 2 * HOUR, changes: [] })).toEqual([]);
    expect(await stores.incidents.followedUntil()).toBe(START + 2 * HOUR);
  });

  it('that ended are listed by their end, and judged by what people made of them', async () => {
    const [one, two, three] = await store(fresh(1, '/a'), fresh(2, '/b'), fresh(3, '/c'));
    if (!one || !two || !three) throw new Error('Not all were stored.');
    await store(changed(one, resolved, 'resolved'));
    await store(
      changed(two, { state: 'closed', closure: 'false', endedAt: START + 3 * HOUR, endedBy: 'U_MAYA' }, 'closed'),
    );
    await store(changed(three, { ...resolved, endedBy: 'system' }, 'resolved'));
    const between = async (start: number, end: number) =>
      (await stores.incidents.listEnded({ start: START + start * HOUR, end: START + end * HOUR })).map(
        ({ number }) => number,
      );
    expect(await between(0, 4)).toEqual([2, 3, 1]);
    expect(await between(0, 3)).toEqual([3, 1]);
    expect(await stores.incidents.countJudged(START)).toEqual([{ metric: 'error_rate', useful: 1, false: 1 }]);
    expect(await stores.incidents.countJudged(START + 3 * HOUR)).toEqual([
      { metric: 'error_rate', useful: 0, false: 1 },
    ]);
  });

  it('hold a thousand members', async () => {
    const surfaces = Array.from({ length: 1000 }, (_, index) => `/p${index}`);
    const one = fresh(1, '/p0');
    const members = one.incident.members.flatMap((first) => surfaces.map((surface) => ({ ...first, surface })));
    await store({ ...one, incident: { ...one.incident, members } });
    expect((await stores.incidents.find(uuid(1)))?.members.map(({ surface }) => surface)).toEqual(surfaces);
  });

  it('write members anew only where they changed', async () => {
    const [one, two] = await store(fresh(1, '/a', '/b'), fresh(2, '/c'));
    if (!one || !two) throw new Error('Not all were stored.');
    const before = await versionsOf(handle, 'incident_members');
    const members = two.members.map((member) => ({ ...member, recovered: true }));
    const [owns, recovers] = await store(
      changed(one, owned, 'acknowledged'),
      changed(two, { ...owned, members }, 'acknowledged'),
    );
    const after = await versionsOf(handle, 'incident_members');
    expect(before.map((version, index) => version === after[index])).toEqual([true, true, false]);
    expect(await stores.incidents.listLive()).toEqual([owns, recovers]);
    if (!owns) throw new Error('Nothing was stored.');
    const fewer = changed(owns, { members: owns.members.toReversed().slice(1) }, 'acknowledged');
    expect((await store(fewer))[0]?.members.map(({ surface }) => surface)).toEqual(['/a']);
    expect((await stores.incidents.find(uuid(1)))?.members).toEqual(fewer.incident.members);
  });

  it('keep one decision a channel, and one to post stays', async () => {
    await store(fresh(1, '/checkout'));
    const decision = { incidentId: uuid(1), channel: 'C1', at: START, revision: 1, held: 'quiet_hours' } as const;
    await stores.alerts.put(decision);
    await stores.alerts.put({ ...decision, channel: 'C2', held: null });
    await stores.alerts.put({ ...decision, channel: 'C2', at: START + 1, held: 'budget' });
    expect(await stores.alerts.list(uuid(1))).toEqual([decision, { ...decision, channel: 'C2', held: null }]);
    await stores.alerts.put({ ...decision, at: START + 2, held: null });
    expect(await stores.alerts.listInChannel('C1', START + 2)).toEqual([{ ...decision, at: START + 2, held: null }]);
    expect(await stores.alerts.listInChannel('C1', START + 3)).toEqual([]);
    expect(await stores.alerts.listOnLive()).toHaveLength(2);
  });

  it('say which channels have not been shown their last revision', async () => {
    const [one] = await store(fresh(1, '/checkout'));
    if (one === undefined) throw new Error('Nothing was stored.');
    const decision = { incidentId: one.id, channel: 'C1', at: START, revision: 1, held: null };
    await stores.alerts.put(decision);
    await stores.alerts.put({ ...decision, channel: 'C2', held: 'budget' });
    const behind = { incidentId: one.id, channel: 'C1', decidedRevision: 1, shownRevision: 0, shownEntry: 1 };
    expect(await stores.alerts.listBehind(10)).toEqual([behind]);
    await stores.alerts.markShown({ ...behind, shownRevision: 1 });
    expect(await stores.alerts.listBehind(10)).toEqual([]);
    await store(changed(one, owned, 'acknowledged'));
    expect(await stores.alerts.listBehind(10, one.id)).toEqual([{ ...behind, shownRevision: 1 }]);
    await stores.alerts.markShown({ ...behind, shownRevision: 2, shownEntry: 2 });
    const shown = await versionsOf(handle, 'alert_decisions');
    await stores.alerts.markShown({ ...behind, shownRevision: 1, shownEntry: 1 });
    await stores.alerts.markShown({ ...behind, shownRevision: 2, shownEntry: 2 });
    expect(await stores.alerts.listBehind(10)).toEqual([]);
    expect(await versionsOf(handle, 'alert_decisions')).toEqual(shown);
  });
});

describeOnEveryDatabase('mutes', (open) => {
  const checkout = { target: 'surface', pattern: '/checkout*', until: null, reason: 'known' } as const;

  it('are listed while they are in force, have a number each, and are lifted once', async () => {
    const context = createStoreContext();
    const handle = await open();
    const { mutes, audit } = createStores(handle, context);
    const now = context.clock();
    const [ignored] = await Promise.all([mutes.add(checkout, MAYA)]);
    const snoozed = await mutes.add({ ...checkout, until: now + HOUR }, MAYA);
    expect(ignored).toMatchObject({ ...checkout, number: 1, createdBy: 'U_MAYA', createdAt: now });
    expect(await mutes.list(now)).toEqual([ignored, snoozed]);
    expect(await mutes.list(now + HOUR)).toEqual([ignored]);
    expect(await createStores(handle, createStoreContext({ workspace: 'other' })).mutes.list(now)).toEqual([]);

    expect(await mutes.lift(1, MAYA)).toEqual(ignored);
    for (const number of [1, 99, 0.5, 1e12])
      await expect(mutes.lift(number, MAYA)).rejects.toMatchObject({ code: 'not_found' });
    context.advance(HOUR);
    await expect(mutes.lift(2, MAYA)).rejects.toMatchObject({ code: 'not_found' });
    expect((await audit.list(10)).map(({ action }) => action).sort()).toEqual(['mute.add', 'mute.add', 'mute.lift']);
  });
});
