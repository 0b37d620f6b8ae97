import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRng } from '../../../src/core/simulate/rng.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { createStores } from '../../../src/postgres/stores.ts';
import { bundledProgram } from '../../scenarios/bundle.ts';
import { actingOn } from '../../support/acting.ts';
import { describeOnServer } from '../../support/database.ts';
import { createStoreContext } from '../../support/store-context.ts';
import { MortalWorker } from './mortal-worker.ts';
import { createRemote } from './remote.ts';

/** `SEEPASS_KILLS=100` is what is promised; a few are enough for every day. */
const KILLS = Number(process.env.SEEPASS_KILLS ?? 3);
const ACTIONS_A_KILL = 4;
/** The workers' minute is our second and a half: what a killed one held is free after less than one. */
const SPEED = 40;
const LEASE_MS = 30_000;
const LONGEST_CALL_MS = 120;
const TIMEOUT_MS = 60_000 + KILLS * 6_000;

describeOnServer('actions of a worker that is killed with SIGKILL', (open) => {
  const random = createRng(2026, 'killed actions');
  /** How often the other side acted, by key; half of its answers come late. */
  const acted = new Map<string, number>();
  const called = new EventEmitter();
  let handle: DatabaseHandle;
  let remote: Server;
  let url: string;
  let program: string;
  beforeAll(async () => {
    handle = await open();
    program = await bundledProgram();
    remote = createServer(async ({ method, url: key = '' }, response) => {
      if (method === 'POST') {
        acted.set(key, (acted.get(key) ?? 0) + 1);
        called.emit('call');
        await delay(random.next() * LONGEST_CALL_MS);
      }
      response.writeHead(acted.has(key) ? 200 : 404).end();
    });
    await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(remote.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => remote.close(resolve)));

  it(
    `happen once or not at all, after ${KILLS} kills`,
    async () => {
      const [epoch, workspace] = [Date.now(), 'killed'];
      const clock = () => epoch + (Date.now() - epoch) * SPEED;
      const stores = createStores(handle, createStoreContext({ workspace, clock }));
      const { desk } = actingOn(stores, {
        ...{ clock, wake: () => undefined, policy: { admins: ['U_ANN'], approvers: [] } },
        actions: async () => createRemote('medium').registry,
      });
      const prepare = () =>
        new MortalWorker({
          ...{
            program,
            database: handle.join,
            workspace,
            url,
            owner: uuidv7(),
            epoch,
            speed: SPEED,
            leaseMs: LEASE_MS,
          },
        });
      const propose = async (type: string): Promise<void> => {
        const subject = { kind: 'incident', incidentId: uuidv7(), surface: '/checkout' } as const;
        const action = { type, title: 'Call', risk: 'medium', parameters: { to: 'x' } } as const;
        const { id } = await desk.propose({ subject, action, why: '', expectation: null }, 'system');
        await desk.act(id, { kind: 'approve', version: 1 }, { actor: 'U_ANN', channel: null });
      };

      let next = prepare();
      for (let kill = 0; kill < KILLS; kill += 1) {
        for (let count = 0; count < ACTIONS_A_KILL; count += 1) await propose(count % 2 ? 'blind' : 'asked');
        const worker = next;
        const call = once(called, 'call');
        await worker.start();
        next = prepare();
        // Most while the other side is at it, some before and after.
        if (random.next() < 0.8) await Promise.race([call, delay(5_000)]);
        await delay(random.next() * LONGEST_CALL_MS);
        await worker.kill();
      }
      await next.start();
      const all = async () => (await stores.proposals.list('approved', 10_000)).map(({ execution }) => execution);
      const deadline = Date.now() + TIMEOUT_MS;
      while ((await all()).some((one) => one?.finishedAt === null) && Date.now() < deadline) await delay(100);
      await next.kill();

      const ended = await stores.proposals.list('approved', 10_000);
      const counts: Record<string, number> = {};
      for (const { action, execution } of ended) {
        const times = acted.get(`/${encodeURIComponent(`${action.type}:${execution?.id}`)}`) ?? 0;
        const became = `${action.type} ${execution?.state}${execution?.summary === 'Found.' ? ' when asked' : ''}, ${times}`;
        counts[became] = (counts[became] ?? 0) + 1;
        expect(times).toBeLessThanOrEqual(1);
        if (execution?.state === 'done') expect(times).toBe(1);
        // Only what cannot be asked about is ever left open.
        expect(execution?.state).toBe(action.type === 'asked' || execution?.state === 'done' ? 'done' : 'uncertain');
      }
      expect(ended).toHaveLength(KILLS * ACTIONS_A_KILL);
      if (process.env.SEEPASS_KILLS) process.stderr.write(`${KILLS} kills: ${JSON.stringify(counts)}\n`);
    },
    TIMEOUT_MS,
  );
});
