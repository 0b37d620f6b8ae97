/** Three processes on one database, killed and started again at random while Slack fails in every way it can. */
import { WebClient } from '@slack/web-api';
import { afterEach, expect, it } from 'vitest';
import { createRng, type Rng } from '../../src/core/simulate/rng.ts';
import { deliverOutbox } from '../../src/pipeline/deliver.ts';
import type { Messenger, OutboxStore } from '../../src/pipeline/ports.ts';
import { type DatabaseHandle, openDatabase } from '../../src/postgres/database.ts';
import { createOutboxStore } from '../../src/postgres/outbox.repository.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createClientOptions } from '../../src/slack/client-options.ts';
import { createDirectory } from '../../src/slack/directory.ts';
import { createMessenger } from '../../src/slack/messenger.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { createStoreContext } from '../support/store-context.ts';
import { closest, planFault } from './chaos.ts';
import { type Life, mayBeKilled, mortal } from './mortal.ts';

/** By hand, for the whole of it: SEEPASS_CHAOS_DAYS=200 npm run chaos */
const DAYS = Number(process.env.SEEPASS_CHAOS_DAYS ?? 2);
const TIMEOUT_MS = 60_000 + DAYS * 10_000;
const START = Date.UTC(2026, 0, 5, 8);
const DAY_MS = 86_400_000;
const CHANNELS = ['product-health', 'eng-oncall', 'support'];
const METHODS = ['chat.postMessage', 'chat.update', 'conversations.history', 'conversations.replies'];
const PROCESSES = 3;
/** After a day's last words; what is left waits for the next day. */
const BEATS_A_DAY = 12;

interface Process {
  outbox: OutboxStore;
  messenger: Messenger;
  life: Life;
  owner: string;
}

/** What shall be in the channels at the end: each message's text, and its thread's. */
type Wanted = Map<string, { channel: string; text: string; thread: string[] }>;

describeOnEveryDatabase('a channel in chaos', (open) => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  it(
    `has every message once and at its last revision after ${DAYS} days`,
    async () => {
      const random = createRng(2026, 'channel chaos');
      let now = START;
      const clock = () => now;
      const handle = await open();
      const sandbox = await startSandbox({ clock, pacing: { burst: 1, perSecond: 1 } });
      closing.push(() => sandbox.stop());
      const pools = await Promise.all(
        Array.from({ length: PROCESSES }, () => openDatabase(handle.join, { log: silentLog })),
      );
      for (const pool of pools) closing.push(() => pool.close());
      const begin = (pool: DatabaseHandle): Process => startProcess(pool, sandbox, clock, random);
      const processes = pools.map((pool) => ({ pool, ...begin(pool) }));
      const wanted: Wanted = new Map();
      const seen = { kills: 0, beats: 0 };

      /** All processes at once; then time goes on to where something can happen. False when nothing is left. */
      const deliverAll = async (): Promise<boolean> => {
        seen.beats += 1;
        await Promise.all(
          processes.map(({ outbox, messenger, owner }) =>
            deliverOutbox({ stores: { outbox }, messenger, owner, clock, log: silentLog }).catch(mayBeKilled),
          ),
        );
        for (const process of processes) {
          if (process.life.callsLeft > 0) continue;
          seen.kills += 1;
          Object.assign(process, begin(process.pool));
        }
        const next = await nextDue(handle, now);
        now = Math.max(now, next ?? now);
        return next !== undefined;
      };

      for (let day = 0; day < DAYS; day += 1) {
        now = Math.max(now, START + day * DAY_MS);
        sandbox.control.clear();
        for (const moment of planDay(day, random, sandbox, wanted)) {
          // Every process finds the same things to say, as their schedules do.
          await Promise.all(processes.map(({ outbox }) => moment(outbox).catch(mayBeKilled)));
          await moment(createOutboxStore(handle.kysely, createStoreContext({ clock })));
          planFault(sandbox, random, METHODS);
          await deliverAll();
        }
        for (let beat = 0; beat < BEATS_A_DAY; beat += 1) {
          planFault(sandbox, random, METHODS);
          if (!(await deliverAll())) break;
        }
      }
      sandbox.control.clear();
      while (await deliverAll()) if (seen.beats > DAYS * 200) throw new Error('something waits for ever');

      const { rows: ends } = await handle.pool.query<{ status: string }>('SELECT DISTINCT status FROM outbox');
      expect(ends.map(({ status }) => status).sort()).toEqual(['sent', 'superseded']);
      expect(shown(sandbox)).toEqual([...wanted.values()].map(sortedThread).sort(byText));
      expect(closest(sandbox, CHANNELS)).toBeGreaterThanOrEqual(999);
      expect(seen.kills).toBeGreaterThan(DAYS);
      process.stderr.write(
        `chaos, ${handle.kind}: ${DAYS} days, ${wanted.size} messages, ${seen.kills} kills, ${seen.beats} beats\n`,
      );
    },
    TIMEOUT_MS,
  );
});

function startProcess({ kysely }: DatabaseHandle, sandbox: Sandbox, clock: () => number, random: Rng): Process {
  const client = new WebClient(sandbox.botToken, createClientOptions(sandbox.apiUrl, silentLog));
  const life = { callsLeft: 20 + random.below(60), lastTakesEffect: random.chance(0.7) };
  return {
    outbox: mortal(createOutboxStore(kysely, createStoreContext({ clock })), life),
    messenger: mortal(createMessenger(client, createDirectory(client, clock)), life),
    life,
    owner: `process ${random.below(1e9)}`,
  };
}

type Moment = (outbox: OutboxStore) => Promise<unknown>;

/** A digest for each channel, and an incident in one of them, with its revisions and history, as the day goes. */
function planDay(day: number, random: Rng, sandbox: Sandbox, wanted: Wanted): Moment[] {
  const idOf = (name: string): string => sandbox.ids.channels[name] ?? name;
  const saying = (text: string) => ({ text, blocks: [] });
  const moments: Moment[] = CHANNELS.map((name) => (outbox) => {
    const text = `digest ${day} of ${name}`;
    wanted.set(text, { channel: name, text, thread: [] });
    const key = { kind: 'digest', channel: idOf(name), subject: `day ${day}`, sequence: 0 };
    return outbox.enqueue({ ...key, message: saying(text) });
  });

  const name = random.pick(CHANNELS);
  const subject = `incident ${day}`;
  const place = { channel: idOf(name), subject };
  const revisions = 2 + random.below(3);
  const story: Moment[] = [
    (outbox) => outbox.enqueue({ kind: 'incident', ...place, sequence: 0, message: saying(subject) }),
  ];
  const thread: string[] = [];
  for (let revision = 1; revision <= revisions; revision += 1) {
    const entry = `${subject}, entry ${revision}`;
    thread.push(entry);
    const parent = { kind: 'incident', subject };
    story.push(async (outbox) => {
      const own = { ...place, sequence: revision, parent };
      await outbox.enqueue({
        ...{ kind: 'incident', ...own, operation: 'update' },
        message: saying(`${subject}, revision ${revision}`),
      });
      await outbox.enqueue({ kind: 'incident-entry', ...own, operation: 'reply', message: saying(entry) });
    });
  }
  wanted.set(subject, { channel: name, text: `${subject}, revision ${revisions}`, thread });
  // The last words may come in before the first.
  if (random.chance(0.3)) story.reverse();
  return [...moments, ...story];
}

/** When something can happen next to what is open: a try, a turn, the end of a dead one's lease; undefined for never. */
async function nextDue({ pool }: DatabaseHandle, now: number): Promise<number | undefined> {
  const { rows } = await pool.query<{ due: Date | null }>(
    `WITH open AS (SELECT * FROM outbox WHERE status IN ('pending', 'leased')), moments AS (
      SELECT next_attempt_at AS at FROM open
      UNION ALL SELECT lease_until FROM open
      UNION ALL SELECT next_post_at FROM delivery_channels WHERE channel IN (SELECT channel FROM open)
    ) SELECT min(at) AS due FROM moments WHERE at > $1`,
    [new Date(now)],
  );
  return rows[0]?.due?.getTime();
}

function shown(sandbox: Sandbox): object[] {
  return CHANNELS.flatMap((channel) =>
    sandbox.messages(channel).map((message) =>
      sortedThread({
        channel,
        text: message.text,
        thread: sandbox
          .thread(message)
          .slice(1)
          .map(({ text }) => text),
      }),
    ),
  ).sort(byText);
}

const sortedThread = <T extends { thread: string[]; text: string }>(one: T): T => ({
  ...one,
  thread: [...one.thread].sort(),
});
const byText = (a: { text: string }, b: { text: string }): number => (a.text < b.text ? -1 : 1);
