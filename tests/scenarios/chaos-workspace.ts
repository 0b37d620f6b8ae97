/** The workspace that chaos comes over: what its channels asked for, and what is still to happen in it. */
import { sql } from 'kysely';
import { nextDue } from '../../src/core/delivery/schedule.ts';
import type { Schedule } from '../../src/core/delivery/subscription.ts';
import type { HourlyFinding } from '../../src/core/detect/hours/hourly-finding.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { HOUR, START } from '../core/incident/made-up.ts';
import type { World } from '../pipeline/incidents/world.ts';
import { timezone } from './chaos-app.ts';

export type Onset = Pick<HourlyFinding, 'surface' | 'metric' | 'since'>;

interface Asked {
  kind: 'digest' | 'weekly';
  channel: string;
  schedule: Schedule;
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const schedules: readonly Asked[] = [
  { kind: 'digest', channel: 'product-health', schedule: { minute: 540, weekdays: EVERY_DAY, zone: timezone } },
  { kind: 'weekly', channel: 'product-health', schedule: { minute: 570, weekdays: [5], zone: timezone } },
  { kind: 'digest', channel: 'support', schedule: { minute: 150, weekdays: EVERY_DAY, zone: 'America/New_York' } },
  { kind: 'digest', channel: 'eng-oncall', schedule: { minute: 480, weekdays: [1, 2, 3, 4, 5], zone: 'Asia/Kolkata' } },
];
export const CHANNELS = [...new Set(schedules.map(({ channel }) => channel))];
export const METHODS = ['chat.postMessage', 'chat.update', 'conversations.history', 'conversations.replies'];
/** A message is given up after four hours of nothing but failures, so Slack is well every third hour. */
export const WELL_EVERY = 3;
const QUIET = { from: 1_200, until: 480, zone: timezone };

export async function subscribe(world: World, sandbox: Sandbox): Promise<void> {
  const idOf = (name: string): string => sandbox.ids.channels[name] ?? name;
  for (const { kind, channel, schedule } of schedules)
    await world.subscribe(idOf(channel), { kind, schedule, nextDueAt: nextDue(schedule, START) });
  await world.subscribe(idOf('product-health'), { weeklyBudget: 500 });
  await world.subscribe(idOf('eng-oncall'), { quiet: QUIET, weeklyBudget: 30 });
  await world.subscribe(idOf('support'), { severity: 'medium' });
}

/** Every digest that was due until then. */
export function dueUntil(until: number): (Asked & { at: number })[] {
  return schedules.flatMap((each) => {
    const dates: (Asked & { at: number })[] = [];
    for (let at = nextDue(each.schedule, START); at <= until; at = nextDue(each.schedule, at))
      dates.push({ ...each, at });
    return dates;
  });
}

export async function incidentsOf({ stores, now }: World) {
  return {
    live: await stores.incidents.listLive(),
    ended: await stores.incidents.listEnded({ start: now - 24 * HOUR, end: now + 1 }),
  };
}

/** What began and is no part of an incident yet. Asked hour by hour: what is reopened may leave pages to others. */
export async function stillUntold(world: World, onsets: readonly Onset[]): Promise<Onset[]> {
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

/** Nothing goes on, and nothing waits. */
export async function isSettled({ stores, handle, now }: World): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM outbox WHERE status IN ('pending', 'leased')
    UNION ALL SELECT 1 FROM subscriptions WHERE next_due_at <= ${new Date(now)}`.execute(handle.kysely);
  const live = await stores.incidents.listLive();
  return rows.length === 0 && live.length === 0 && (await stores.alerts.listBehind(1)).length === 0;
}

/** What was neither sent nor replaced by what came after it. */
export async function listUnsent({ kysely }: DatabaseHandle): Promise<unknown[]> {
  const { rows } = await sql`
    SELECT operation, kind, subject, sequence, status, attempts, last_error FROM outbox
    WHERE status NOT IN ('sent', 'superseded')`.execute(kysely);
  return rows;
}

/** When something can happen next: a try, a turn, the end of a dead one's lease, a digest; undefined for never. */
export async function nextMoment({ kysely }: DatabaseHandle, now: number): Promise<number | undefined> {
  const { rows } = await sql<{ due: Date | null }>`
    WITH open AS (SELECT * FROM outbox WHERE status IN ('pending', 'leased')), moments AS (
      SELECT next_attempt_at AS at FROM open
      UNION ALL SELECT lease_until FROM open
      UNION ALL SELECT next_post_at FROM delivery_channels WHERE channel IN (SELECT channel FROM open)
      UNION ALL SELECT greatest(next_due_at, lease_until) FROM subscriptions
    ) SELECT min(at) AS due FROM moments WHERE at > ${new Date(now)}`.execute(kysely);
  return rows[0]?.due?.getTime();
}
