import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serverUrl } from '../support/server.ts';
import { helpScoutHolding, startMadeUpHelpScout } from '../tools/made-up-helpscout.ts';
import type { MadeUpTool } from '../tools/made-up-tool.ts';
import { SINCE } from '../tools/made-up-tools.ts';
import { bundledProgram } from './bundle.ts';
import { seepass, startSeepass } from './program.ts';
import { quickestTarget, type Target } from './targets.ts';

const KILLS = Number(process.env.SEEPASS_BACKFILL_KILLS ?? 2);
/** More than so many runs come through. */
const holding = helpScoutHolding(20 + 20 * KILLS, Date.parse(SINCE));

/** The program itself, killed with SIGKILL at moments nobody chose. Kills: SEEPASS_BACKFILL_KILLS. */
it.skipIf(serverUrl === undefined)(
  'a backfill that is killed again and again stores everything, and nothing twice',
  async () => {
    let kills = 0;
    const args = ['backfill', 'helpscout', '--since', SINCE, '--json', '--database', target.database];
    while (kills < KILLS) {
      const before = tool.asked.length;
      const running = await startSeepass(folder, args, settings(), program);
      // After some requests of this run.
      while (tool.asked.length < before + 20 + (kills % 4) * 9 && running.process.exitCode === null) await wait(2);
      if (running.process.exitCode !== null) break;
      running.process.kill('SIGKILL');
      await running.finished;
      kills += 1;
    }
    expect(kills).toBe(KILLS);
    const { code, stdout, stderr } = await seepass(folder, args, settings(), program);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ source: 'helpscout', resumed: true, rejected: 0 });
    expect(await storedIds()).toEqual(holding.ids.toSorted());
    expect(tool.refused).toEqual([]);
  },
  60_000 + KILLS * 20_000,
);

let folder: string;
let program: string;
let target: Target;
let tool: MadeUpTool;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-backfill-'));
  program = await bundledProgram();
  [target, tool] = await Promise.all([quickestTarget.make(), startMadeUpHelpScout(holding)]);
});
afterAll(async () => {
  await tool.stop();
  await target.drop();
  await rm(folder, { recursive: true, force: true });
});

const settings = () => ({
  SEEPASS_HELPSCOUT_URL: tool.url,
  SEEPASS_HELPSCOUT_APP_ID: 'app-id',
  SEEPASS_HELPSCOUT_APP_SECRET: 'app-secret',
  SEEPASS_PSEUDONYM_KEY: 'a-key-of-sixteen-characters',
});

async function storedIds(): Promise<string[]> {
  const client = new pg.Client({ connectionString: target.database });
  await client.connect();
  try {
    const { rows } = await client.query<{ source_id: string }>('SELECT source_id FROM events');
    return rows.map(({ source_id }) => source_id).sort();
  } finally {
    await client.end();
  }
}
