/**
 * The app killed with SIGKILL while tools send as fast as it takes: what was acknowledged is stored, once. The embedded
 * database dies with it, and comes back from its folder. Kills: SEEPASS_DELIVERY_KILLS.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Connection } from '../../bench/http-load.ts';
import { postHogRequest } from '../../bench/posthog-body.ts';
import { SECRET } from '../../bench/running-app.ts';
import { loadConfig } from '../../src/config.ts';
import { createRng } from '../../src/core/simulate/rng.ts';
import { createDeliveryWork } from '../../src/delivery-work.ts';
import { createPreparation } from '../../src/event-acceptance.ts';
import { openStores } from '../../src/open-stores.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { webhooks } from '../../src/sources/index.ts';
import { sha256 } from '../support/deliveries.ts';
import { silentLog } from '../support/silent-log.ts';
import { bundledProgram } from './bundle.ts';
import { type Running, startSeepass } from './program.ts';
import { embeddedTarget, quickestTarget, type Target, type TargetKind } from './targets.ts';
import { sandboxSettings } from './workspace.ts';

const KILLS = Number(process.env.SEEPASS_DELIVERY_KILLS ?? 2);
const SENDERS = 16;
/** A kill comes at a random one of so many deliveries, after the first hundred. */
const MORE_UNTIL_KILLED = 1_000;
/** Longer than a lease: what the killed ones held is free. */
const LATER_MS = 10 * 60_000;
const START_MS = 120_000;
const TIMEOUT_MS = (2 + KILLS) * START_MS;

type Request = ReturnType<typeof postHogRequest>;

const KINDS: readonly TargetKind[] = [...new Set([quickestTarget, embeddedTarget])];

describe.each(KINDS)('webhooks of an app that is killed ($name)', (kind) => {
  let folder: string;
  let target: Target;
  let sandbox: Sandbox;
  let settings: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seepass-scenario-'));
    target = await kind.make();
    sandbox = await startSandbox();
    const secrets = {
      SEEPASS_WEBHOOK_SECRET_POSTHOG: SECRET,
      SEEPASS_DELIVERY_KEY: SECRET,
      SEEPASS_PSEUDONYM_KEY: SECRET,
    };
    settings = sandboxSettings(sandbox, secrets);
  });
  afterAll(async () => {
    await sandbox.stop();
    await target.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function startApp(): Promise<{ running: Running; url: string }> {
    const running = await startSeepass(
      folder,
      ['start', '--database', target.database],
      settings,
      await bundledProgram(),
    );
    let url: string | undefined;
    await expect
      .poll(() => (url = /HTTP on (http:\S+?),/.exec(running.output.stderr)?.[1]), { timeout: START_MS })
      .toBeDefined();
    return { running, url: url ?? '' };
  }

  it(
    `are stored once each, after ${KILLS} kills`,
    async () => {
      const random = createRng(2026, 'webhooks killed');
      const acknowledged: Request[] = [];
      /** Whoever sent these heard nothing: as tools do, they send them again. */
      const unanswered: Request[] = [];
      let app = await startApp();
      let sending = true;

      const send = async (sender: number): Promise<void> => {
        for (let sent = 0; sending || unanswered.length > 0; sent += 1) {
          const request = unanswered.pop() ?? postHogRequest(sent * SENDERS + sender);
          const { url } = app;
          const connection = await Connection.open(url).catch(() => undefined);
          let status = 0;
          for (let answer = request; connection !== undefined; answer = postHogRequest(sent * SENDERS + sender)) {
            status = await connection.post(answer).then(
              (answered) => answered.status,
              () => 0,
            );
            if (status === 202) acknowledged.push(answer);
            else unanswered.push(answer);
            if (status !== 202 || !sending) break;
            sent += 1;
          }
          connection?.close();
          if (connection === undefined) unanswered.push(request);
          if (status !== 202) await delay(50);
        }
      };
      const senders = Array.from({ length: SENDERS }, (_, sender) => send(sender));
      for (let kill = 0; kill < KILLS; kill += 1) {
        const enough = acknowledged.length + 100 + MORE_UNTIL_KILLED * random.next();
        while (acknowledged.length < enough) await delay(1);
        app.running.process.kill('SIGKILL');
        await app.running.finished;
        app = await startApp();
      }
      sending = false;
      await Promise.all(senders);
      app.running.process.kill('SIGKILL');
      await app.running.finished;

      const { stored, keys, waiting } = await readTheRest(target.database, settings);
      const sent = acknowledged.map(({ body }) => String(JSON.parse(body).event.uuid));
      expect(waiting).toBe(0);
      expect([sent.filter((id) => !keys.has(keyOf(id))), stored]).toEqual([[], new Set(sent).size]);
      if (process.env.SEEPASS_DELIVERY_KILLS !== undefined)
        process.stdout.write(
          `${kind.name}, ${KILLS} kills: ${sent.length} deliveries acknowledged, ${stored} events stored\n`,
        );
    },
    TIMEOUT_MS,
  );
});

/** The event's key: of its id as it was sent, which may hold what looks like an IBAN and is not stored. */
const keyOf = (id: string): string => sha256(`id\0posthog\0${id}`).slice(0, 32);

/** Reads what the killed ones left, and tells what is stored. */
async function readTheRest(database: string, settings: Record<string, string>) {
  const [config, clock] = [loadConfig(settings), () => Date.now() + LATER_MS];
  const tools = { log: silentLog, clock, newId: uuidv7 };
  const opened = await openStores(config, database, tools);
  try {
    const { handle, stores } = opened;
    const preparation = createPreparation(config, opened.target, clock);
    const onStored = async (): Promise<void> => undefined;
    const work = createDeliveryWork({
      ...{ config, target: opened.target, stores, webhooks, preparation, onStored },
      ...tools,
    });
    await work.now();
    await work.stop();
    const { rows } = await handle.pool.query<{ key: string }>('SELECT event_key AS key FROM events');
    const { waiting, dead } = await stores.deliveries.backlog(10);
    return {
      stored: rows.length,
      keys: new Set(rows.map(({ key }) => key.replaceAll('-', ''))),
      waiting: waiting + dead,
    };
  } finally {
    await opened.close();
  }
}
