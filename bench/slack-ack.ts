/**
 * How long a slash command and a button wait for their acknowledgement while the database is busy, beside the same
 * on an idle database: the real app in Socket Mode against the local workspace.
 */
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { type DatabaseHandle, openDatabase } from '../src/postgres/database.ts';
import { migrateToLatest } from '../src/postgres/migrate.ts';
import { parseDatabaseTarget } from '../src/postgres/target.ts';
import { somePriorities, startWorld, type World } from '../tests/slack/world.ts';
import { silentLog } from '../tests/support/silent-log.ts';

const CHANNEL = 'product-health';
const QUERIES_AT_ONCE = 2;

export interface SlackAckBench {
  database: string;
  acks: number;
  /** Milliseconds from sending to the acknowledgement. */
  idle: { median: number; worst: number };
  busy: { median: number; worst: number };
}

/** @param database `memory`, or an empty server database of the caller's own. */
export async function benchSlackAck(database: string, rounds = 15): Promise<SlackAckBench> {
  const handle = await openDatabase(parseDatabaseTarget(database), { log: silentLog });
  await migrateToLatest(handle);
  const world = await startWorld(handle);
  try {
    await world.judge(somePriorities(5));
    await world.postDigest();
    const idle = await measure(world, rounds);
    const load = startLoad(handle);
    const busy = await measure(world, rounds);
    await load.stop();
    return { database: handle.description, acks: rounds * 2, idle, busy };
  } finally {
    await world.stop();
    await handle.close();
  }
}

async function measure(world: World, rounds: number): Promise<{ median: number; worst: number }> {
  const [digest] = world.sandbox.messages(CHANNEL);
  if (!digest) throw new Error('the digest was not posted');
  const maya = world.sandbox.as('maya');
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    times.push(
      await timed(() => maya.slash(CHANNEL, '/seepass top')),
      await timed(() => maya.click(digest, 'Details')),
    );
  }
  times.sort((a, b) => a - b);
  return { median: times[times.length >> 1] ?? 0, worst: times.at(-1) ?? 0 };
}

/** Keeps the database computing, as a run does. */
function startLoad({ kysely }: DatabaseHandle): { stop(): Promise<unknown> } {
  let running = true;
  const work = async (): Promise<void> => {
    while (running) await sql`SELECT sum(sqrt(n)) FROM generate_series(1, 500000) AS n`.execute(kysely);
  };
  const loads = Array.from({ length: QUERIES_AT_ONCE }, work);
  return {
    stop() {
      running = false;
      return Promise.all(loads);
    },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The figures and their limit, one line. */
export function describeSlackAck({ database, acks, idle, busy }: SlackAckBench): string {
  const words = ({ median, worst }: { median: number; worst: number }): string =>
    `median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms`;
  return `Slack acknowledgements on ${database} (${acks} each): busy ${words(busy)} (limit 100); idle ${words(idle)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(`${describeSlackAck(await benchSlackAck(process.argv[2] ?? 'memory'))}\n`);
