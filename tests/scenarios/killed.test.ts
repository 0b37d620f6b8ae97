import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { createRng } from '../../src/core/simulate/rng.ts';
import { openStores } from '../../src/open-stores.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { silentLog } from '../support/silent-log.ts';
import { bundledProgram } from './bundle.ts';
import { type Morning, prepareMorning } from './mornings.ts';
import { MORNING, SETTINGS, writeProduct } from './product.ts';
import { type Running, startSeepass } from './program.ts';
import { describeOnOneTarget, type Target } from './targets.ts';
import { CHANNEL, sandboxSettings } from './workspace.ts';

/** Longer than any lease: what a killed process held is free for the next one. */
const RESTART_AFTER_MS = 6 * 60_000;
/** How often the morning is killed: `SEEPASS_MORNING_KILLS=30` by hand. What a killed owner leaves: tests/postgres/embedded. */
const MORNINGS = Number(process.env.SEEPASS_MORNING_KILLS ?? 6);
/** How often the import is. */
const IMPORTS = 2;
/** Half a minute of work, where there is no server, for both cores of a machine that may have more to do. */
const TIMEOUT_MS = 240_000;
const TABLES = ['daily_surface_metrics', 'daily_signature_metrics', 'findings', 'priorities', 'judged_days'];

describeOnOneTarget('killed with SIGKILL and started again', (kind) => {
  const random = createRng(2026, `kills ${kind.name}`);
  const targets: Target[] = [];
  let folder: string;
  let whole: Target;
  let importTook: number;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seepass-scenario-'));
    await writeProduct(folder, { days: 30, surfaces: 8, events: 10_000 });
    whole = keep(await kind.make());
    const began = performance.now();
    const running = await startImport(whole);
    expect(await running.finished).toMatchObject({ code: 0 });
    importTook = performance.now() - began;
  });
  afterAll(async () => {
    for (const target of targets) await target.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const startImport = async ({ database }: Target): Promise<Running> =>
    startSeepass(folder, ['import', 'events.jsonl', '--database', database], SETTINGS, await bundledProgram());
  const keep = (target: Target): Target => {
    targets.push(target);
    return target;
  };

  it(
    `an import stores each event once, after being killed ${IMPORTS} times`,
    async () => {
      const killed = keep(await kind.make());
      for (let kill = 0; kill < IMPORTS; kill += 1) {
        const running = await startImport(killed);
        await Promise.race([delay(importTook * (0.4 + 0.6 * random.next())), running.finished]);
        running.process.kill('SIGKILL');
        await running.finished;
      }
      const last = await startImport(killed);
      expect(await last.finished).toMatchObject({ code: 0 });
      expect(await contentOf(killed, ['events'])).toEqual(await contentOf(whole, ['events']));
    },
    TIMEOUT_MS,
  );

  it(
    `a morning posts one digest and leaves the same rows, after being killed ${MORNINGS} times`,
    async () => {
      const [calm, killed] = [keep(await whole.copy()), keep(await whole.copy())];
      const duration = await liveThroughOneMorning(calm);

      const sandbox = await startSandbox({ clock: () => MORNING });
      // Slack has the message, and the app does not know it yet, for long enough to be killed in between.
      sandbox.control.slowResponse('chat.postMessage', 200, { calls: MORNINGS });
      try {
        const settings = sandboxSettings(sandbox);
        const prepare = (start: number) =>
          prepareMorning(settings, killed.database, MORNING + start * RESTART_AFTER_MS);
        const waits = Array.from({ length: MORNINGS - 1 }, () => random.next() * duration).sort((a, b) => a - b);
        let next = prepare(0);
        for (let kill = 0; kill < MORNINGS; kill += 1) {
          const morning = await next;
          next = prepare(kill + 1);
          await morning.begin();
          await Promise.race([waits[kill] === undefined ? posted(sandbox) : delay(waits[kill]), morning.over]);
          await morning.kill();
        }
        await finish(await next);
        expect(sandbox.messages(CHANNEL).map(({ text }) => text)).toEqual([
          expect.stringContaining('Seepass for Thu 29 Jan'),
        ]);
      } finally {
        await sandbox.stop();
      }
      const left = await contentOf(killed, TABLES);
      expect(left).toEqual(await contentOf(calm, TABLES));
      expect(left.priorities).not.toHaveLength(0);
    },
    TIMEOUT_MS,
  );
});

/** @returns how long it took until the message was there, in milliseconds. */
async function liveThroughOneMorning(target: Target): Promise<number> {
  const sandbox = await startSandbox({ clock: () => MORNING });
  try {
    const morning = await prepareMorning(sandboxSettings(sandbox), target.database, MORNING);
    await morning.begin();
    const began = performance.now();
    await posted(sandbox);
    const duration = performance.now() - began;
    expect(await morning.over).toBe(0);
    return duration;
  } finally {
    await sandbox.stop();
  }
}

const posted = (sandbox: Sandbox) => sandbox.until(() => sandbox.messages(CHANNEL).length > 0, { timeoutMs: 30_000 });

async function finish(morning: Morning): Promise<void> {
  await morning.begin();
  expect(await morning.over).toBe(0);
}

/** Every row of the tables as JSON, sorted. */
async function contentOf(target: Target, tables: readonly string[]): Promise<Record<string, string[]>> {
  const { handle, close } = await openStores(loadConfig({}), target.database, {
    log: silentLog,
    clock: () => MORNING,
    newId: uuidv7,
  });
  try {
    const content: Record<string, string[]> = {};
    for (const table of tables) {
      const { rows } = await handle.pool.query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM ${table} AS t ORDER BY 1`,
      );
      content[table] = rows.map(({ row }) => row);
    }
    return content;
  } finally {
    await close();
  }
}
