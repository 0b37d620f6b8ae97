/** Three whole apps on one database, killed and started again at random while Slack fails in every way it can. */
import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { nextDue } from '../../src/core/delivery/schedule.ts';
import type { Schedule } from '../../src/core/delivery/subscription.ts';
import type { HourlyFinding } from '../../src/core/detect/hours/hourly-finding.ts';
import { createRng } from '../../src/core/simulate/rng.ts';
import { type DatabaseHandle, openDatabase } from '../../src/postgres/database.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { HOUR, START } from '../core/incident/made-up.ts';
import { World } from '../pipeline/incidents/world.ts';
import { describeOnServer } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { closest, planFault } from './chaos.ts';
import { type ChaosApp, startApp, timezone } from './chaos-app.ts';
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
const METHODS = ['chat.postMessage', 'chat.update', 'conversations.history', 'conversations.replies'];
/** A message is given up after four hours of nothing but failures, so Slack is well every third hour. */
const WELL_EVERY = 3;

type Onset = Pick<HourlyFinding, 'surface' | 'metric' | 'since'>;

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const schedules: readonly { kind: 'digest' | 'weekly'; channel: string; schedule: Schedule }[] = [
  { kind: 'digest', channel: 'product-health', schedule: { minute: 540, weekdays: EVERY_DAY, zone: timezone } },
  { kind: 'weekly', channel: 'product-health', schedule: { minute: 570, weekdays: [5], zone: timezone } },
  { kind: 'digest', channel: 'support', schedule: { minute: 150, weekdays: EVERY_DAY, zone: 'America/New_York' } },
  { kind: 'digest', channel: 'eng-oncall', schedule: { minute: 480, weekdays: [1, 2, 3, 4, 5], zone: 'Asia/Kolkata' } },
];
const CHANNELS = [...new Set(schedules.map(({ channel }) => channel))];
const QUIET = { from: 1_200, until: 480, zone: timezone };

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
      const { rows: unsent } = await sql`
        SELECT operation, kind, subject, sequence, status, attempts, last_error FROM outbox
        WHERE status NOT IN ('sent', 'superseded')`.execute(handle.kysely);
      expect(unsent).toEqual([]);
      let messages = 0;
      const due = schedules.flatMap((each) => datesOf(each.schedule, world.now).map((at) => ({ ...each, at })));
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

async function subscribe(world: World, sandbox: Sandbox): Promise<void> {
  const idOf = (name: string): string => sandbox.ids.channels[name] ?? name;
  for (const { kind, channel, schedule } of schedules)
    await world.subscribe(idOf(channel), { kind, schedule, nextDueAt: nextDue(schedule, START) });
  await world.subscribe(idOf('product-health'), { weeklyBudget: 500 });
  await world.subscribe(idOf('eng-oncall'), { quiet: QUIET, weeklyBudget: 30 });
  await world.subscribe(idOf('support'), { severity: 'medium' });
}

async function incidentsOf({ stores, now }: World) {
  return {
    live: await stores.incidents.listLive(),
    ended: await stores.incidents.listEnded({ start: now - 24 * HOUR, end: now + 1 }),
  };
}

/** What began and is no part of an incident yet. Asked hour by hour: what is reopened may leave pages to others. */
async function stillUntold(world: World, onsets: readonly Onset[]): Promise<Onset[]> {
  const { live, ended } = await incidentsOf(world);
  return onsets.filter(
    ({ surface, metric, since }) =>
      ![...live, ...ended].some(
        ({ members, endedAt }) =>
          (endedAt === null || endedAt >= since) &&
          members.some((member) => member.surface === surface && member.metric === metric),
      ),
  );
}

function datesOf(schedule: Schedule, until: number): number[] {
  const dates: number[] = [];
  for (let at = nextDue(schedule, START); at <= until; at = nextDue(schedule, at)) dates.push(at);
  return dates;
}

/** Nothing goes on, and nothing waits. */
async function isSettled({ stores, handle, now }: World): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM outbox WHERE status IN ('pending', 'leased')
    UNION ALL SELECT 1 FROM subscriptions WHERE next_due_at <= ${new Date(now)}`.execute(handle.kysely);
  const live = await stores.incidents.listLive();
  return rows.length === 0 && live.length === 0 && (await stores.alerts.listBehind(1)).length === 0;
}

/** When something can happen next: a try, a turn, the end of a dead one's lease, a digest; undefined for never. */
async function nextMoment({ kysely }: DatabaseHandle, now: number): Promise<number | undefined> {
  const { rows } = await sql<{ due: Date | null }>`
    WITH open AS (SELECT * FROM outbox WHERE status IN ('pending', 'leased')), moments AS (
      SELECT next_attempt_at AS at FROM open
      UNION ALL SELECT lease_until FROM open
      UNION ALL SELECT next_post_at FROM delivery_channels WHERE channel IN (SELECT channel FROM open)
      UNION ALL SELECT greatest(next_due_at, lease_until) FROM subscriptions
    ) SELECT min(at) AS due FROM moments WHERE at > ${new Date(now)}`.execute(kysely);
  return rows[0]?.due?.getTime();
}
