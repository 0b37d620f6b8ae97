/**
 * How long Slack waits for the acknowledgement of a slash command and of a button while the morning's run is on:
 * the real app in Socket Mode against the local workspace, a whole rebuild and judgement going on beside it.
 */
import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { createApp } from '../src/app.ts';
import { seedDatabase } from '../src/cli/seed-database.ts';
import { type Config, loadConfig } from '../src/config.ts';
import { generateProduct } from '../src/demo/generate.ts';
import { createLog } from '../src/log.ts';
import { openStores } from '../src/open-stores.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';
import { onServer } from './measuring.ts';

const CHANNEL = 'product-health';
const END = '2026-01-31';
const AS_OF = Date.parse(`${END}T09:00:00Z`);
const EVENTS = 150_000;
const ROUNDS = 20;

interface Waits {
  median: number;
  worst: number;
}

export interface AcknowledgeBench {
  database: string;
  acks: number;
  /** Milliseconds from sending to the acknowledgement. */
  idle: Waits;
  busy: Waits;
  /** How many runs went on meanwhile. */
  runs: number;
}

/** @param target `memory`, or the URL of a server on which a database may be made and dropped. */
export async function benchAcknowledge(target: string): Promise<AcknowledgeBench> {
  const database = target === 'memory' ? target : await createDatabase(target);
  const sandbox = await startSandbox();
  try {
    return await measure(sandbox, database);
  } finally {
    await sandbox.stop();
    if (target !== 'memory')
      await onServer(target, `DROP DATABASE ${new URL(database).pathname.slice(1)} WITH (FORCE)`);
  }
}

async function measure(sandbox: Sandbox, database: string): Promise<AcknowledgeBench> {
  const config = configFor(sandbox);
  const tools = { log: createLog('error'), clock: Date.now, newId: uuidv7 };
  const opened = await openStores(config, database, tools);
  const app = await createApp({ config, opened, ...tools, schedule: false });
  try {
    const { events } = generateProduct({ endDate: END, events: EVENTS });
    await seedDatabase(events, { config, target: opened.target, store: opened.stores.events, clock: Date.now });
    await app.start();
    await app.runDigest(AS_OF);
    const idle = await waits(sandbox);
    let [runs, wanted] = [0, true];
    const running = (async () => {
      for (; wanted; runs += 1) {
        await opened.stores.rollups.markAllDirty();
        await app.runDigest(AS_OF);
      }
    })();
    const busy = await waits(sandbox);
    wanted = false;
    await running;
    return { database: opened.handle.description.replace(/\/bench_.*/, ''), acks: ROUNDS * 2, idle, busy, runs };
  } finally {
    await app.stop();
    await opened.close();
  }
}

async function waits(sandbox: Sandbox): Promise<Waits> {
  const [digest] = sandbox.messages(CHANNEL);
  if (digest === undefined) throw new Error('the digest was not posted');
  const maya = sandbox.as('maya');
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    times.push(
      await timed(() => maya.slash(CHANNEL, '/seepass top')),
      await timed(() => maya.click(digest, 'Details')),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  times.sort((a, b) => a - b);
  return { median: times[times.length >> 1] ?? 0, worst: times.at(-1) ?? 0 };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function configFor(sandbox: Sandbox): Config {
  return loadConfig({
    SLACK_BOT_TOKEN: sandbox.botToken,
    SLACK_APP_TOKEN: sandbox.appToken,
    SLACK_API_URL: sandbox.apiUrl,
    SEEPASS_CHANNEL: CHANNEL,
    SEEPASS_HTTP_PORT: '0',
    SEEPASS_LOG_LEVEL: 'error',
    SEEPASS_PSEUDONYM_KEY: 'a key for the benchmark',
  });
}

async function createDatabase(server: string): Promise<string> {
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}

/** The figures and their limit, one line. */
export function describeAcknowledge({ database, acks, idle, busy, runs }: AcknowledgeBench): string {
  const words = ({ median, worst }: Waits): string => `median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms`;
  return `acknowledgements, ${database} (${acks} each): during ${runs} runs ${words(busy)} (limit 100); idle ${words(idle)}`;
}

if (process.argv[1] === import.meta.filename)
  process.stdout.write(`${describeAcknowledge(await benchAcknowledge(process.argv[2] ?? 'memory'))}\n`);
