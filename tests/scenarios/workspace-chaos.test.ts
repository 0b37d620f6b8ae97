/** Three whole apps on one database, killed and started again at random while Slack fails in every way it can. */
import { afterEach, expect, it } from 'vitest';
import { createRng } from '../../src/core/simulate/rng.ts';
import { type DatabaseHandle, openDatabase } from '../../src/postgres/database.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { HOUR } from '../core/incident/made-up.ts';
import { World } from '../pipeline/incidents/world.ts';
import { describeOnServer } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { closest, planFault } from './chaos.ts';
import { type ChaosApp, startApp } from './chaos-app.ts';
import {
  CHANNELS,
  dueUntil,
  incidentsOf,
  isSettled,
  listUnsent,
  METHODS,
  nextMoment,
  type Onset,
  stillUntold,
  subscribe,
  WELL_EVERY,
} from './chaos-workspace.ts';
import { createEpisodes } from './episodes.ts';
import { intend, type Press, press } from './presses.ts';
import { readBooks, readChannel, type Wanted, wantedOf } from './told-once.ts';

/** By hand, for the whole of it: SEEPASS_CHAOS_DAYS=200 npm run chaos */
const DAYS = Number(process.env.SEEPASS_CHAOS_DAYS ?? 1);
const TIMEOUT_MS = 120_000 + DAYS * 120_000;
const APPS = 3;
/** What is left then waits for the next hour. */
const BEATS_AN_HOUR = 12;
/** Quiet ones at the end, in which everything comes to its end: so many at most. */
const LAST_HOURS = 48;
describeOnServer('a workspace in chaos', (open) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  it(
    `has every digest and every incident's message once, and no change of an incident lost, after ${DAYS} days`,
    async () => {
      const began = performance.now();
      const random = createRng(2026, 'workspace chaos');
      const handle = await open();
      const world = new World(handle);
      const clock = () => world.now;
      const sandbox = await startSandbox({ clock, pacing: { burst: 1, perSecond: 1 } });
      closing.push(() => sandbox.stop());
      const apps: { pool: DatabaseHandle; app: ChaosApp }[] = [];
      for (let n = 0; n < APPS; n += 1) {
        const pool = await openDatabase(handle.join, { log: silentLog });
        closing.push(() => pool.close());
        apps.push({ pool, app: startApp(pool, { clock, sandbox, random }) });
      }
      const episodes = createEpisodes(createRng(2026, 'episodes'));
      let untold: Onset[] = [];
      const presses: Press[] = [];
      const seen = { kills: 0, beats: 0, faults: 0 };
      await subscribe(world, sandbox);

      /** All apps at once, and people meanwhile; who died is followed by a fresh one. */
      const beat = async (intents: ReturnType<typeof intend>, what: { withIncidents: boolean }): Promise<void> => {
        seen.beats += 1;
        const pressing = intents.map(async (intent) => presses.push(await press(random.pick(apps).app.desk, intent)));
        await Promise.all([...pressing, ...apps.map(({ app }) => app.work(what))]);
        for (const one of apps) {
          if (one.app.life.callsLeft > 0) continue;
          seen.kills += 1;
          one.app = startApp(one.pool, { clock, sandbox, random });
        }
      };
      const beats = async ({ isQuiet, isWell }: { isQuiet: boolean; isWell: boolean }): Promise<void> => {
        const end = world.now + HOUR;
        for (let beatNumber = 0; beatNumber < BEATS_AN_HOUR; beatNumber += 1) {
          const withIncidents = beatNumber === 0 || random.chance(0.3);
          if (!isWell) seen.faults += planFault(sandbox, random, METHODS);
          const isPressed = withIncidents && !isQuiet;
          await beat(isPressed ? intend(random, world.now, await incidentsOf(world)) : [], { withIncidents });
          const next = await nextMoment(handle, world.now);
          if (next === undefined || next >= end) return;
          world.now = next;
        }
      };

      for (let hour = 0; hour < DAYS * 24; hour += 1) {
        sandbox.control.clear();
        const found = episodes.hour(hour);
        await world.judged(hour, found);
        await beats({ isQuiet: false, isWell: hour % WELL_EVERY === 0 });
        untold = await stillUntold(world, [...untold, ...found.filter(({ state }) => state === 'onset')]);
      }
      sandbox.control.clear();
      for (let hour = DAYS * 24; hour < DAYS * 24 + LAST_HOURS && !(await isSettled(world)); hour += 1) {
        await world.judged(hour, episodes.hour(hour, true));
        await beats({ isQuiet: true, isWell: true });
        untold = await stillUntold(world, untold);
      }

      const books = await readBooks(world, presses);
      expect(books.faults).toEqual([]);
      expect(await world.stores.incidents.listLive()).toEqual([]);
      expect(await world.stores.incidents.followedUntil()).toBe(await world.stores.hourlyFindings.judgedUntil());
      expect(untold).toEqual([]);
      expect(await listUnsent(handle)).toEqual([]);
      let messages = 0;
      const due = dueUntil(world.now);
      for (const name of CHANNELS) {
        const wanted: Wanted = wantedOf(books, sandbox.ids.channels[name] ?? name, {
          due: due.filter(({ channel }) => channel === name),
          rules: books.rulesIn(sandbox.ids.channels[name] ?? name),
        });
        const told = readChannel(sandbox, name, wanted);
        expect(told.lost, `lost in ${name}`).toEqual([]);
        expect(told.unasked, `too much in ${name}`).toEqual([]);
        expect(told.threads, `threads of ${name}`).toEqual([]);
        messages += told.messages;
      }
      expect(closest(sandbox, CHANNELS)).toBeGreaterThanOrEqual(999);
      expect(seen.kills).toBeGreaterThan(DAYS);
      expect(books.posted).toBeGreaterThan(DAYS);
      const outcomes = presses.map(({ outcome }) => outcome);
      process.stderr.write(
        `workspace chaos: ${DAYS} days, ${due.length} digests, ${books.incidents} incidents (${books.posted} posts), ` +
          `${books.entries} transitions in ${books.revisions} revisions, ${presses.length} presses ` +
          `(${outcomes.filter((one) => one === 'done').length} done, ` +
          `${outcomes.filter((one) => one === 'killed').length} unheard), ${messages} messages, ${seen.kills} kills, ` +
          `${seen.faults} faults planned, ${seen.beats} beats, 0 lost, 0 doubled, ` +
          `${Math.round((performance.now() - began) / 1000)} s\n`,
      );
    },
    TIMEOUT_MS,
  );
});
