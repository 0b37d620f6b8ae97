/**
 * 10,000 digests of one workspace, due in the same minute, most of them in a channel of their own: from the schedule to
 * Slack's door. The app's own work, at its own beats, against a local server that answers at once; beside as many bare
 * requests with the same message, and with the memory it takes on the way.
 */

import { WebClient } from '@slack/web-api';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { seedDatabase } from '../src/cli/seed-database.ts';
import { loadConfig } from '../src/config.ts';
import { DIGEST_ITEMS } from '../src/core/delivery/digest-model.ts';
import { judgedDate, startOfDay } from '../src/core/window.ts';
import { generateProduct } from '../src/demo/generate.ts';
import { createDuePosts } from '../src/due-posts.ts';
import { createLog } from '../src/log.ts';
import { type OpenStores, openStores } from '../src/open-stores.ts';
import { CONCURRENCY, deliverOutbox } from '../src/pipeline/deliver.ts';
import { explainDay, templateExplainer } from '../src/pipeline/explain.ts';
import { runCycle } from '../src/pipeline/run-cycle.ts';
import { repeatEvery } from '../src/repeat-every.ts';
import { createClientOptions } from '../src/slack/client-options.ts';
import { createDirectory } from '../src/slack/directory.ts';
import { createMessenger } from '../src/slack/messenger.ts';
import { noAnswering } from '../tests/support/no-answering.ts';
import { makeServerDatabase } from '../tests/support/server.ts';
import { type BareSlack, postBare, startBareSlack } from './bare-slack.ts';
import { liveMemory, time } from './measuring.ts';

const SUBSCRIPTIONS = 10_000;
/** So many channels have two of them: their second digest waits its turn. */
const DOUBLE = 100;
const DAYS = 25;
const EVENTS = 5_000;
const END = '2026-01-31';
const ZONE = 'Europe/Berlin';
const CURRENCY = 'USD';
const OUTBOX_BEAT_MS = 250;
const LOOK_MS = 100;
/** Bytes. */
const MOST_GROWTH = 50e6;
/** Whom pages are asked for: most ask for all of them. */
const PATTERNS: readonly (readonly string[])[] = [[], [], [], ['/checkout*'], ['/settings*', '/team*']];

export interface DueBench {
  subscriptions: number;
  /** Milliseconds: the bare requests, until every digest was in the outbox, and until Slack had the last. */
  floor: number;
  enqueued: number;
  posted: number;
  /** The least between two messages in one channel, in milliseconds. */
  closestMs: number;
  /** Bytes in use, garbage collected, before and at each quarter of the messages; and of the process at most. */
  memory: { before: number; quarters: readonly number[]; peak: number };
}

/** @param server URL of a server on which a database may be made and dropped. */
export async function benchDue(server: string, subscriptions = SUBSCRIPTIONS): Promise<DueBench> {
  const database = await makeServerDatabase(server);
  const began = Date.now();
  const dueAt = startOfDay(END, ZONE) + 9 * 3_600_000;
  const clock = (): number => dueAt + Date.now() - began;
  const config = loadConfig({ SEEPASS_TIMEZONE: ZONE, SEEPASS_PSEUDONYM_KEY: 'a key for the benchmark' });
  const log = createLog('error');
  const opened = await openStores(config, database.url, { log, clock, newId: uuidv7 });
  const slack = await startBareSlack(Array.from({ length: subscriptions - DOUBLE }, (_, n) => channelOf(n)));
  try {
    await judgeYesterday(opened, config, dueAt);
    await subscribe(opened, subscriptions, dueAt);
    return await measure(opened, slack, { config, clock, subscriptions, log });
  } finally {
    slack.stop();
    await opened.close();
    await database.drop();
  }
}

type Config = ReturnType<typeof loadConfig>;

async function judgeYesterday({ stores, target }: OpenStores, config: Config, asOf: number): Promise<void> {
  const log = createLog('error');
  const { events } = generateProduct({ endDate: END, days: DAYS, events: EVENTS, timezone: ZONE });
  await seedDatabase(events, { config, target, store: stores.events, clock: () => asOf });
  const common = { stores, timezone: ZONE, currency: CURRENCY, log };
  const date = judgedDate(asOf, ZONE);
  await runCycle({ ...common, chosen: { first: date, last: date }, asOf, clock: () => asOf });
  await explainDay({ ...common, explainer: templateExplainer, date, limit: DIGEST_ITEMS });
}

const channelOf = (n: number): string => `C${String(n).padStart(8, '0')}`;

/** Every day at nine, as `/seepass subscribe` would store it. */
async function subscribe({ handle }: OpenStores, subscriptions: number, dueAt: number): Promise<void> {
  const schedule = JSON.stringify({ minute: 540, weekdays: [1, 2, 3, 4, 5, 6, 7], zone: ZONE });
  await sql`
    INSERT INTO subscriptions (workspace_id, id, number, kind, channel, surfaces, severity, schedule, weekly_budget,
      next_due_at, created_by, created_at)
    SELECT 'local', gen_random_uuid(), n, 'digest', 'C' || lpad((n % ${subscriptions - DOUBLE}::int)::text, 8, '0'),
      (${JSON.stringify(PATTERNS)}::jsonb) -> (n % ${PATTERNS.length}::int), 'low', ${schedule}::jsonb, 10,
      ${new Date(dueAt)}, 'system', now()
    FROM generate_series(1, ${subscriptions}::int) AS n`.execute(handle.kysely);
}

async function measure(
  { stores, handle }: OpenStores,
  slack: BareSlack,
  {
    config,
    clock,
    subscriptions,
    log,
  }: Pick<Parameters<typeof createDuePosts>[0], 'config' | 'clock' | 'log'> & { subscriptions: number },
): Promise<DueBench> {
  const client = new WebClient('xoxb-bench', createClientOptions(slack.apiUrl, log));
  const directory = createDirectory(client, clock);
  const messenger = createMessenger(client, directory);
  const stopping = new AbortController().signal;
  const common = { stores, owner: 'bench', clock, log, stopping };
  const policy = { channels: directory, listed: [], pause: () => Promise.reject(new Error('no channel is shared')) };
  const due = createDuePosts({
    ...{ ...common, config, answering: noAnswering, channels: directory, policy, catchUp: false },
    prepareDay: async () => undefined,
  });
  const deliver = repeatEvery(
    OUTBOX_BEAT_MS,
    async () => void (await deliverOutbox({ ...common, messenger })),
    (error) => log.error({ err: error }, 'not delivered'),
  );

  const before = liveMemory();
  const memory = watch(slack, subscriptions);
  const from = performance.now();
  deliver.start();
  const enqueued = await time(() => due.post());
  while (slack.posted() < subscriptions) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  const posted = performance.now() - from;
  await deliver.stop();
  const { quarters, peak } = memory.stop();
  const closestMs = slack.closestMs();
  const { rows } = await sql<{ payload: object; sent: number }>`
    SELECT payload, (SELECT count(*)::int FROM outbox WHERE status = 'sent') AS sent FROM outbox LIMIT 1`.execute(
    handle.kysely,
  );
  if (rows[0]?.sent !== subscriptions) throw new Error(`${rows[0]?.sent} of ${subscriptions} are sent`);
  const floor = await time(() => postBare(slack.apiUrl, rows[0]?.payload ?? {}, subscriptions, CONCURRENCY));
  return { subscriptions, floor, enqueued, posted, closestMs, memory: { before, quarters, peak } };
}

/** Memory at each quarter of the messages, and the most of it. */
function watch(slack: BareSlack, messages: number): { stop(): { quarters: number[]; peak: number } } {
  const quarters: number[] = [];
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage().rss);
    while (quarters.length < 4 && slack.posted() >= ((quarters.length + 1) * messages) / 4) quarters.push(liveMemory());
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return { quarters, peak };
    },
  };
}

/** When all are in the outbox and when all are at Slack, beside the floor, and what memory it took. */
export function describeDue({ subscriptions, floor, enqueued, posted, closestMs, memory }: DueBench): string {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  const megabytes = (bytes: number): string => String(Math.round(bytes / 1e6));
  return `due, ${subscriptions} digests in one minute: all in the outbox after ${seconds(enqueued)}, all at Slack after ${seconds(posted)} (limit 120 s); as many bare requests ${seconds(floor)}; never two in a channel within ${Math.floor(closestMs)} ms; memory in use ${megabytes(memory.before)} MB before, ${memory.quarters.map(megabytes).join(', ')} at each quarter (limit ${megabytes(memory.before + MOST_GROWTH)}); the process, with what is not collected yet, ${megabytes(memory.peak)} at most`;
}

if (process.argv[1] === import.meta.filename)
  process.stdout.write(
    `${describeDue(await benchDue(process.env.SEEPASS_BENCH_DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/postgres', Number(process.argv[2] ?? SUBSCRIPTIONS)))}\n`,
  );
