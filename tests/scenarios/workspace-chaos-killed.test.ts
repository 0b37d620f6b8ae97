/** Three processes of the app on one database, killed with SIGKILL at random while Slack fails in every way it can. */
import { afterEach, expect, it } from 'vitest';
import { createRng } from '../../src/core/simulate/rng.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { HOUR } from '../core/incident/made-up.ts';
import { World } from '../pipeline/incidents/world.ts';
import { describeOnServer } from '../support/database.ts';
import { closest, planFault } from './chaos.ts';
import {
  CHANNELS,
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
import { type Click, clickSomewhere, unpressed } from './clicks.ts';
import { startCrew } from './crew.ts';
import { createEpisodes } from './episodes.ts';
import { SETTINGS } from './product.ts';
import { compareTold } from './told-by-key.ts';
import { readBooks } from './told-once.ts';

/**
 * By hand: SEEPASS_CHAOS_DAYS=200 npm run chaos, with SEEPASS_CHAOS_MINUTES=80 for as many as fit in. Fewer than some
 * days hold hardly an incident, and every day hears of what this one is about from its siblings: apps in chaos without
 * processes, and processes killed without chaos.
 */
const DAYS = Number(process.env.SEEPASS_CHAOS_DAYS ?? 0);
const MOST_MS = Number(process.env.SEEPASS_CHAOS_MINUTES ?? Number.POSITIVE_INFINITY) * 60_000;
const TIMEOUT_MS = 120_000 + DAYS * 120_000;
const PROCESSES = 3;
/** What is left then waits for the next hour. */
const BEATS_AN_HOUR = 12;
/** Quiet ones at the end, in which everything comes to its end: so many at most. */
const LAST_HOURS = 48;
const PROGRESS_HOURS = 240;

describeOnServer('processes in chaos', (open) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  it.skipIf(DAYS === 0)(
    `have told every digest and every incident once, and lost no change of an incident, after ${DAYS} days at most`,
    async () => {
      const began = performance.now();
      const random = createRng(2026, 'processes in chaos');
      const handle = await open();
      if (handle.join.kind !== 'server') throw new Error('processes join a server');
      const world = new World(handle);
      const sandbox = await startSandbox({ clock: () => world.now, pacing: { burst: 1, perSecond: 1 } });
      closing.push(() => sandbox.stop());
      await subscribe(world, sandbox);
      const settings = {
        ...SETTINGS,
        SLACK_BOT_TOKEN: sandbox.botToken,
        SLACK_APP_TOKEN: sandbox.appToken,
        SLACK_API_URL: sandbox.apiUrl,
        SEEPASS_HTTP_PORT: '0',
      };
      const database = handle.join.url;
      const crew = await startCrew({ size: PROCESSES, settings, database, random }, world.now);
      closing.push(() => crew.stop());
      const episodes = createEpisodes(createRng(2026, 'episodes'));
      let untold: Onset[] = [];
      const clicks: Click[] = [];
      const seen = { beats: 0, faults: 0 };

      const liveAnHour = async ({ isQuiet, isWell }: { isQuiet: boolean; isWell: boolean }): Promise<void> => {
        const end = world.now + HOUR;
        for (let beat = 0; beat < BEATS_AN_HOUR; beat += 1) {
          seen.beats += 1;
          if (!isWell) seen.faults += planFault(sandbox, random, METHODS);
          const isPressed = !isQuiet && (beat === 0 || random.chance(0.3));
          await crew.beat({ now: world.now, tick: beat === 0 ? world.now : null }, async () => {
            if (isPressed) clicks.push(...(await clickSomewhere(sandbox, CHANNELS, random)));
          });
          const next = await nextMoment(handle, world.now);
          if (next === undefined || next >= end) return;
          world.now = next;
        }
      };

      let lived = 0;
      for (; lived < DAYS * 24 && performance.now() - began < MOST_MS; lived += 1) {
        const hour = lived;
        sandbox.control.clear();
        const found = episodes.hour(hour);
        await world.judged(hour, found);
        await liveAnHour({ isQuiet: false, isWell: hour % WELL_EVERY === 0 });
        untold = await stillUntold(world, [...untold, ...found.filter(({ state }) => state === 'onset')]);
        if (hour % PROGRESS_HOURS === PROGRESS_HOURS - 1)
          process.stderr.write(
            `day ${(hour + 1) / 24}: ${crew.kills} kills, ${crew.faults.length} faults in processes\n`,
          );
      }
      sandbox.control.clear();
      for (let hour = lived; hour < lived + LAST_HOURS && !(await isSettled(world)); hour += 1) {
        await world.judged(hour, episodes.hour(hour, true));
        await liveAnHour({ isQuiet: true, isWell: true });
        untold = await stillUntold(world, untold);
      }

      expect(crew.faults).toEqual([]);
      const books = await readBooks(world, null);
      expect(books.faults).toEqual([]);
      expect(unpressed(books.told, clicks)).toEqual([]);
      expect((await incidentsOf(world)).live).toEqual([]);
      expect(await world.stores.incidents.followedUntil()).toBe(await world.stores.hourlyFindings.judgedUntil());
      expect(untold).toEqual([]);
      expect(await listUnsent(handle)).toEqual([]);
      const told = await compareTold(world, sandbox, CHANNELS, books);
      expect(told.faults).toEqual([]);
      expect(closest(sandbox, CHANNELS)).toBeGreaterThanOrEqual(999);
      const days = Math.floor(lived / 24);
      if (days >= 1) expect(crew.kills).toBeGreaterThan(days);
      process.stderr.write(
        `processes in chaos: ${days} days, ${told.digests} digests, ${books.incidents} incidents (${books.posted} posts), ` +
          `${books.entries} transitions in ${books.revisions} revisions, ${clicks.length} clicks, ` +
          `${told.messages} messages, ${crew.kills} times SIGKILL, ${seen.faults} faults planned, ${seen.beats} beats, ` +
          `0 lost, 0 doubled, ${Math.round((performance.now() - began) / 1000)} s\n`,
      );
    },
    TIMEOUT_MS,
  );
});
