/**
 * From the hourly tick to the alert on the page: the whole app on PostgreSQL judges an hour in which one page went wrong,
 * opens its incident and posts it to the local workspace; beside a bare post there. Then an hour in which every page did.
 */
import { WebClient } from '@slack/web-api';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { type App, createApp } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { type OpenStores, openStores } from '../src/open-stores.ts';
import type { NewSubscription } from '../src/pipeline/subscriptions.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';
import { makeServerDatabase } from '../tests/support/server.ts';
import { cpuSince, generateHours } from './hours.ts';

const PAGES = 1_000;
const INCIDENTS = 20;
const CHANNEL = 'eng-oncall';
const ZONE = 'Europe/Berlin';
const LIMIT_MS = 5_000;
const HOUR = 3_600_000;
const LEARNT_HOURS = 35 * 24;
const START = Date.UTC(2026, 0, 5);
const SETTLED_MS = 10 * 60_000;
/** Of the views of a page that went wrong. */
const FAILED = 0.4;

interface Times {
  median: number;
  most: number;
}

export interface AlertBench {
  pages: number;
  incidents: number;
  /** Milliseconds from the tick until the workspace has the message. */
  alert: Times;
  floor: Times;
  /** Milliseconds of this process for one of them, the workspace's among them. */
  cpu: number;
  /** How many pages went wrong in one hour, how many messages told of it, and when the first was there. */
  storm: { pages: number; messages: number; took: number };
}

/** @param server URL of a server on which a database may be made and dropped. */
export async function benchAlert(server: string, pages = PAGES, incidents = INCIDENTS): Promise<AlertBench> {
  const database = await makeServerDatabase(server);
  const sandbox = await startSandbox();
  const config = loadConfig({
    SLACK_BOT_TOKEN: sandbox.botToken,
    SLACK_APP_TOKEN: sandbox.appToken,
    SLACK_API_URL: sandbox.apiUrl,
    SEEPASS_TIMEZONE: ZONE,
    SEEPASS_HTTP_PORT: '0',
    SEEPASS_LOG_LEVEL: 'error',
    SEEPASS_PSEUDONYM_KEY: 'a key for the benchmark',
  });
  const time = createTime();
  const tools = { log: createLog('error'), clock: time.now, newId: uuidv7 };
  const opened = await openStores(config, database.url, tools);
  const app = await createApp({ config, opened, ...tools, schedule: false });
  try {
    await opened.stores.subscriptions.add(everyAlert(sandbox.ids.channels[CHANNEL] ?? CHANNEL), 'system');
    await app.start();
    return await measure({ app, opened, sandbox, time }, pages, incidents);
  } finally {
    await app.stop();
    await opened.close();
    await sandbox.stop();
    await database.drop();
  }
}

interface Place {
  app: App;
  opened: OpenStores;
  sandbox: Sandbox;
  time: ReturnType<typeof createTime>;
}

async function measure(place: Place, pages: number, incidents: number): Promise<AlertBench> {
  const { app, opened, sandbox } = place;
  const { kysely } = opened.handle;
  const learnt = START + LEARNT_HOURS * HOUR;
  await generateHours(kysely, pages, START, learnt + (incidents + 1) * HOUR);
  await tick(place, LEARNT_HOURS);
  const { rows } = await sql<{ surface: string }>`
    SELECT surface FROM hourly_surface_metrics WHERE hour >= ${new Date(learnt)}
    GROUP BY surface ORDER BY min(pageviews) DESC LIMIT ${incidents}`.execute(kysely);
  const [alerts, floors]: [number[], number[]] = [[], []];
  let cpu = 0;
  for (const [index, { surface }] of rows.entries()) {
    await breakPages(opened, learnt + index * HOUR, surface);
    const [from, used] = [performance.now(), process.cpuUsage()];
    const ticking = tick(place, LEARNT_HOURS + index + 1);
    const isTold = () => sandbox.messages(CHANNEL).some(({ text }) => text.includes(`${surface}:`));
    await sandbox.until(isTold, { timeoutMs: 120_000 });
    alerts.push(performance.now() - from);
    cpu += cpuSince(used);
    await ticking;
    floors.push(await postBare(sandbox));
  }

  const before = sandbox.messages(CHANNEL).length;
  const told = () => sandbox.messages(CHANNEL).length - before;
  await breakPages(opened, learnt + rows.length * HOUR);
  const from = performance.now();
  const ticking = tick(place, LEARNT_HOURS + rows.length + 1);
  await sandbox.until(() => told() > 0, { timeoutMs: 120_000 });
  const took = performance.now() - from;
  await ticking;
  await app.stop();
  return {
    pages,
    incidents: rows.length,
    alert: timesOf(alerts),
    floor: timesOf(floors),
    cpu: cpu / rows.length,
    storm: { pages, messages: told(), took },
  };
}

/** As the scheduler would run it, some minutes after that many hours are over. */
async function tick({ app, time }: Place, hours: number): Promise<void> {
  const asOf = START + hours * HOUR + SETTLED_MS;
  time.set(asOf);
  await app.runHours(asOf);
}

/** In the hour from an instant on, this page or every page fails. */
async function breakPages({ handle }: OpenStores, hour: number, surface?: string): Promise<void> {
  await sql`
    UPDATE hourly_surface_metrics SET errors = round(pageviews * ${FAILED}::float8)
    WHERE hour = ${new Date(hour)} AND (${surface ?? null}::text IS NULL OR surface = ${surface ?? null})`.execute(
    handle.kysely,
  );
}

const everyAlert = (channel: string): NewSubscription => ({
  ...{ kind: 'alerts', channel, surfaces: [], severity: 'low', schedule: null, question: null, quiet: null },
  ...{ weeklyBudget: 1_000, nextDueAt: null },
});

/** A clock that is set to an instant, and goes on from there. */
function createTime(): { now: () => number; set(at: number): void } {
  let [base, from] = [START, Date.now()];
  return {
    now: () => base + Date.now() - from,
    set(at) {
      [base, from] = [at, Date.now()];
    },
  };
}

/** In a channel of its own: what is in the other is counted. */
async function postBare(sandbox: Sandbox): Promise<number> {
  const client = new WebClient(sandbox.botToken, { slackApiUrl: sandbox.apiUrl });
  const from = performance.now();
  await client.chat.postMessage({ channel: sandbox.ids.channels.support ?? '', text: 'A bare message' });
  return performance.now() - from;
}

function timesOf(samples: number[]): Times {
  samples.sort((a, b) => a - b);
  return { median: samples[samples.length >> 1] ?? 0, most: samples.at(-1) ?? 0 };
}

/** When an alert was there, beside a bare post, and what came of the hour in which everything failed. */
export function describeAlert({ pages, incidents, alert, floor, cpu, storm }: AlertBench): string {
  const words = ({ median, most }: Times): string => `median ${Math.round(median)} ms, at most ${Math.round(most)} ms`;
  return [
    `alert, ${incidents} incidents one by one among ${pages} pages: at Slack's door after ${words(alert)} from the tick (limit ${LIMIT_MS}), ${Math.round(cpu)} ms of it CPU; a bare post ${words(floor)}`,
    `alert, ${storm.pages} pages that went wrong in one hour: ${storm.messages} message, after ${Math.round(storm.took)} ms`,
  ].join('\n');
}

if (process.argv[1] === import.meta.filename)
  process.stdout.write(
    `${describeAlert(await benchAlert(process.env.SEEPASS_BENCH_DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/postgres', Number(process.argv[2] ?? PAGES)))}\n`,
  );
