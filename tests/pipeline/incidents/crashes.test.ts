/** Several processes that are killed anywhere: nothing is lost, and nothing is told twice. */
import { expect, it } from 'vitest';
import type { IncidentCommand } from '../../../src/core/incident/command.ts';
import { isTold } from '../../../src/core/incident/thread.ts';
import { SeepassError } from '../../../src/errors.ts';
import { beatIncidents } from '../../../src/pipeline/incidents/beat.ts';
import type { IncidentContext } from '../../../src/pipeline/incidents/context.ts';
import { createIncidentDesk } from '../../../src/pipeline/incidents/desk.ts';
import { followIncidents } from '../../../src/pipeline/incidents/follow.ts';
import { showIncidents } from '../../../src/pipeline/incidents/show.ts';
import { finding, HOUR, START } from '../../core/incident/made-up.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { World } from './world.ts';

class Killed extends Error {}

const CHARTS: Pick<IncidentContext, 'chartOf' | 'renderChart'> = {
  chartOf: async () => ({ points: [] }),
  renderChart: ({ revision }, _points, stretch) => ({ text: `${stretch} at r${revision}`, blocks: [] }),
};

/** Draws between 0 and 1, the same each time (Lehmer, 1951: 48271 modulo 2^31 - 1). */
function createDraw(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Stores whose process may be killed before or after what they do. */
function mortal<T extends object>(store: T, draw: () => number, rate: number): T {
  return new Proxy(store, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== 'function') return method;
      return async (...given: unknown[]) => {
        if (draw() < rate) throw new Killed();
        const result: unknown = await method.apply(target, given);
        if (draw() < rate) throw new Killed();
        return result;
      };
    },
  });
}

const COMMANDS: readonly IncidentCommand[] = [
  { kind: 'acknowledge' },
  { kind: 'release' },
  { kind: 'resolve', note: null },
  { kind: 'reopen' },
  { kind: 'close', closure: 'expected', note: null },
];

describeOnOneDatabase('processes that are killed anywhere', (open) => {
  it.each([11, 1848])('lose no change of an incident and post each once (%s)', async (seed) => {
    const world = new World(await open());
    await world.subscribe('C1');
    await world.subscribe('C2', { quiet: { from: 1200, until: 480, zone: 'Europe/Berlin' } });
    const draw = createDraw(seed);
    const rate = 0.06;
    const stores: IncidentContext['stores'] = {
      ...world.context.stores,
      incidents: mortal(world.stores.incidents, draw, rate),
      alerts: mortal(world.stores.alerts, draw, rate),
      outbox: mortal(world.stores.outbox, draw, rate),
    };
    const context: IncidentContext = { ...world.context, ...CHARTS, stores };
    const desk = createIncidentDesk({
      ...context,
      stores: { ...stores, roles: world.stores.roles, audit: world.stores.audit },
      policy: { admins: [], approvers: [] },
    });
    const survive = (work: () => Promise<unknown>): Promise<unknown> =>
      work().catch((error: unknown) => {
        if (!(error instanceof Killed || error instanceof SeepassError)) throw error;
      });

    const pages = ['/a', '/b', '/c'];
    const since = new Map<string, number>();
    for (let hour = 0; hour < 14; hour += 1) {
      const found = pages.flatMap((surface) => {
        const start = START + hour * HOUR;
        const known = since.get(surface);
        if (draw() < 0.4) {
          since.set(surface, known ?? start);
          return finding(surface, {
            state: known === undefined ? 'onset' : 'ongoing',
            since: known ?? start,
            current: draw(),
          });
        }
        if (known === undefined || draw() < 0.5) return [];
        since.delete(surface);
        return finding(surface, { state: 'recovered', since: known });
      });
      await world.judged(hour, found);
      const numbers = [1, 2, 3].map(() => 1 + Math.floor(draw() * 3));
      await Promise.all([
        survive(() => followIncidents(context)),
        survive(() => followIncidents(context)),
        survive(() => beatIncidents(context, world.now)),
        ...numbers.map((number) =>
          survive(async () => {
            const incident = await stores.incidents.findByNumber(number);
            const command = COMMANDS[Math.floor(draw() * COMMANDS.length)];
            if (incident && command) await desk.act(incident.id, command, { actor: 'U1', channel: 'C1' });
          }),
        ),
      ]);
    }
    await followIncidents({ ...world.context, ...CHARTS });
    await beatIncidents({ ...world.context, ...CHARTS }, world.now);

    const incidents = [
      ...(await world.stores.incidents.listLive()),
      ...(await world.stores.incidents.listEnded({ start: 0, end: world.now + 1 })),
    ];
    expect(incidents.length).toBeGreaterThan(1);
    const rows = await world.handle.kysely
      .selectFrom('outbox')
      .select(['channel', 'kind', 'subject', 'operation', 'sequence', 'payload'])
      .execute();
    for (const incident of incidents) {
      const entries = await world.stores.incidents.listEntries(incident.id);
      expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1));
      for (const { channel, held } of await world.stores.alerts.list(incident.id)) {
        const own = rows.filter((row) => row.subject === incident.id && row.channel === channel);
        const posts = own.filter(({ operation }) => operation === 'post');
        expect(posts).toHaveLength(held === null ? 1 : 0);
        if (held !== null) continue;
        const last = own.filter(({ kind }) => kind === 'incident').sort((a, b) => b.sequence - a.sequence)[0];
        expect(last?.payload.text).toMatch(new RegExp(`r${incident.revision}$`));
        const told = own.filter(({ kind }) => kind === 'incident-entry').map(({ sequence }) => sequence);
        const first = Math.min(...told, entries.length + 1);
        const expected = entries.filter((each) => each.sequence >= first && isTold(each, entries));
        expect(told.sort((a, b) => a - b)).toEqual(expected.map(({ sequence }) => sequence));
        const drawn = own.filter(({ kind }) => kind === 'incident-chart').map(({ sequence }) => sequence);
        expect(new Set(drawn).size).toBe(drawn.length);
        const resolved = entries.findLast(({ kind }) => kind === 'resolved')?.sequence ?? 0;
        if (incident.state === 'resolved' && told.includes(resolved)) expect(drawn).toContain(resolved);
      }
    }
  });

  it('show the last revision, whoever was the first to post', async () => {
    const world = new World(await open());
    await world.subscribe('C1');
    const dies = async () => {
      throw new Killed();
    };
    const dead = { ...world.context.stores, outbox: { ...world.stores.outbox, enqueue: dies } };
    for (const state of ['onset', 'ongoing'] as const) {
      await world.judged(state === 'onset' ? 0 : 1, [finding('/a', { state })]);
      await expect(followIncidents({ ...world.context, stores: dead })).rejects.toThrow(Killed);
    }
    const [incident] = await world.stores.incidents.listLive();
    if (incident === undefined) throw new Error('there is no incident');
    let isFirst = true;
    const incidents: typeof world.stores.incidents = {
      ...world.stores.incidents,
      // After it read the incident another process changes it, and posts it first.
      async listEntries(id) {
        if (isFirst) {
          isFirst = false;
          await world.desk.act(id, { kind: 'acknowledge' }, { actor: 'U1', channel: 'C1' });
        }
        return world.stores.incidents.listEntries(id);
      },
    };
    await showIncidents({ ...world.context, stores: { ...world.context.stores, incidents } });
    await showIncidents(world.context);
    const shown = (await world.outbox()).filter((line) => line.includes('INC-1 '));
    expect(incident.revision).toBe(2);
    expect(shown.at(-1)).toMatch(/r3$/);
  });

  it('show the course of an incident that another process resolves while it is read', async () => {
    const world = new World(await open());
    await world.subscribe('C1');
    await world.judged(0, [finding('/a', { state: 'onset' })]);
    await followIncidents(world.context);
    const [incident] = await world.stores.incidents.listLive();
    if (incident === undefined) throw new Error('there is no incident');
    const dies = async () => {
      throw new Killed();
    };
    const dying = createIncidentDesk({
      ...world.context,
      stores: { ...world.stores, outbox: { ...world.stores.outbox, enqueue: dies } },
      policy: { admins: [], approvers: [] },
    });
    const by = { actor: 'U1', channel: 'C1' };
    await dying.act(incident.id, { kind: 'acknowledge' }, by);
    let isFirst = true;
    const incidents: typeof world.stores.incidents = {
      ...world.stores.incidents,
      async listEntries(id) {
        if (isFirst) {
          isFirst = false;
          await dying.act(id, { kind: 'resolve', note: null }, by);
        }
        return world.stores.incidents.listEntries(id);
      },
    };
    const stores = { ...world.context.stores, incidents };
    await showIncidents({ ...world.context, ...CHARTS, stores });
    await showIncidents({ ...world.context, ...CHARTS });
    const charts = await world.handle.kysely
      .selectFrom('outbox')
      .select(['kind', 'payload'])
      .where('kind', '=', 'incident-chart')
      .execute();
    expect((await world.stores.incidents.find(incident.id))?.state).toBe('resolved');
    expect(charts.map(({ payload }) => payload.text)).toEqual([expect.stringMatching(/^course at r\d$/)]);
  });
});
