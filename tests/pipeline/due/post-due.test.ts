import { expect, it } from 'vitest';
import { latestDue, nextDue } from '../../../src/core/delivery/schedule.ts';
import { ensureDefaultSubscriptions } from '../../../src/pipeline/due/default-subscriptions.ts';
import { dayOfDigest, dueSubject, readDueSubject } from '../../../src/pipeline/due/due-subject.ts';
import { createDayJudge } from '../../../src/pipeline/due/judge-once.ts';
import { type Poster, postDue } from '../../../src/pipeline/due/post-due.ts';
import type { NewSubscription } from '../../../src/pipeline/subscriptions.ts';
import { createStores } from '../../../src/postgres/stores.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { silentLog } from '../../support/silent-log.ts';
import { createStoreContext } from '../../support/store-context.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const schedule = { minute: 540, weekdays: [1, 2, 3, 4, 5, 6, 7], zone: 'Europe/Berlin' };
const by = { actor: 'U_MAYA', role: 'viewer', channel: 'C1' } as const;

describeOnOneDatabase('what is due', (open) => {
  async function enter() {
    const context = createStoreContext();
    const { subscriptions, jobs, outbox } = createStores(await open(), context);
    const due = context.clock();
    const digest: NewSubscription = {
      kind: 'digest',
      channel: 'C1',
      surfaces: [],
      severity: 'low',
      schedule,
      question: null,
      quiet: null,
      weeklyBudget: 10,
      nextDueAt: due,
    };
    const posts: string[] = [];
    const note: Poster = async ({ number, kind }, dueAt) => {
      posts.push(`${kind} ${number} ${new Date(dueAt).toISOString()}`);
    };
    const post = (poster: Poster = note, owner = 'one') =>
      postDue({
        subscriptions,
        posters: { digest: poster, weekly: note, question: note },
        owner,
        clock: context.clock,
        log: silentLog,
      });
    return { subscriptions, jobs, outbox, context, due, digest, posts, post };
  }

  it('is posted once, by its kind, and moves on to the next day', async () => {
    const { subscriptions, digest, due, posts, post, context } = await enter();
    await subscriptions.add(digest, by);
    await subscriptions.add({ ...digest, kind: 'question', question: 'errors today' }, by);
    await subscriptions.add({ ...digest, kind: 'alerts', schedule: null, nextDueAt: null }, by);
    await subscriptions.add({ ...digest, surfaces: ['/later'], nextDueAt: due + MINUTE }, by);
    expect(await post()).toEqual({ posted: 2, skipped: 0, failed: 0, givenUp: 0 });
    expect(await post()).toEqual({ posted: 0, skipped: 0, failed: 0, givenUp: 0 });
    expect(posts.toSorted()).toEqual(['digest 1 2026-01-30T08:00:00.000Z', 'question 2 2026-01-30T08:00:00.000Z']);
    expect(await subscriptions.find(1)).toMatchObject({ nextDueAt: due + DAY });
    context.advance(DAY);
    expect(await post()).toMatchObject({ posted: 3 });
  });

  it('is posted by one of three processes, however many there are', async () => {
    const { subscriptions, digest, posts, post } = await enter();
    for (let page = 0; page < 120; page += 1) await subscriptions.add({ ...digest, surfaces: [`/p${page}`] }, by);
    const reports = await Promise.all(['one', 'two', 'three'].map((owner) => post(undefined, owner)));
    expect(reports.reduce((sum, { posted }) => sum + posted, 0)).toBe(120);
    expect(new Set(posts).size).toBe(120);
  });

  it.each([
    ['three days and two hours', 3 * DAY + 2 * HOUR, ['digest 1 2026-02-02T08:00:00.000Z'], 'posted'],
    ['eleven hours', 11 * HOUR, ['digest 1 2026-01-30T08:00:00.000Z'], 'posted'],
    ['thirteen hours', 13 * HOUR, [], 'skipped'],
  ] as const)('and was missed for %s is made up for once at most', async (_, late, expected, became) => {
    const { subscriptions, digest, posts, post, context } = await enter();
    await subscriptions.add(digest, by);
    context.advance(late);
    expect(await post()).toMatchObject({ [became]: 1 });
    expect(posts).toEqual(expected);
    expect((await subscriptions.find(1))?.nextDueAt).toBe(nextDue(schedule, context.clock()));
  });

  it('and fails is tried again with growing waits, stalls nobody, and is given up after an hour', async () => {
    const { subscriptions, digest, due, posts, post, context } = await enter();
    await subscriptions.add(digest, by);
    await subscriptions.add({ ...digest, kind: 'weekly' }, by);
    const tries: number[] = [];
    const failing: Poster = async () => {
      tries.push((context.clock() - due) / MINUTE);
      throw new Error('no words today');
    };
    const first = await post(failing);
    expect(first).toEqual({ posted: 1, skipped: 0, failed: 1, givenUp: 0 });
    expect(posts).toHaveLength(1);
    let givenUp = 0;
    for (let minute = 0; minute < 90; minute += 1) {
      context.advance(MINUTE);
      givenUp += (await post(failing)).givenUp;
    }
    expect(tries).toEqual([0, 1, 2, 4, 8, 16, 32, 64]);
    expect(givenUp).toBe(1);
    expect(await subscriptions.find(1)).toMatchObject({ nextDueAt: due + DAY });
    context.advance(DAY - 91 * MINUTE + MINUTE);
    expect(await post()).toMatchObject({ posted: 2 });
  });

  it('is posted under the same key by whoever takes over from a process that was killed', async () => {
    const { subscriptions, digest, due, post, context, outbox } = await enter();
    const { id } = await subscriptions.add(digest, by);
    const enqueue: Poster = async ({ channel }, dueAt) => {
      await outbox.enqueue({
        kind: 'digest',
        channel,
        subject: dueSubject(id, dueAt),
        sequence: 0,
        message: { text: 'x', blocks: [] },
      });
    };
    await subscriptions.claimDue('killed', 2 * MINUTE, 10);
    await enqueue({ ...digest, id, number: 1, createdBy: '', createdAt: 0, paused: null }, due);
    expect(await post(enqueue, 'two')).toMatchObject({ posted: 0 });
    context.advance(2 * MINUTE);
    expect(await post(enqueue, 'two')).toMatchObject({ posted: 1 });
    expect(await outbox.claim('sender', MINUTE, 10)).toHaveLength(1);
  });

  it('begins with a digest, alerts and the week for a channel that never had anything', async () => {
    const { subscriptions, due } = await enter();
    const alerts = { quiet: { from: 1320, until: 420 }, weeklyBudget: 4 };
    const start = (catchUp: boolean, channel = 'C1') =>
      ensureDefaultSubscriptions(subscriptions, channel, { schedule, now: due + HOUR, catchUp, alerts });
    await Promise.all([start(true), start(true)]);
    expect(await subscriptions.list()).toMatchObject([
      { kind: 'digest', nextDueAt: due, createdBy: 'system', surfaces: [], quiet: null },
      { kind: 'alerts', nextDueAt: null, quiet: { from: 1320, until: 420, zone: schedule.zone }, weeklyBudget: 4 },
      { kind: 'weekly', nextDueAt: Date.parse('2026-02-02T08:00:00Z'), schedule: { weekdays: [1] } },
    ]);
    for (const { number } of await subscriptions.list()) await subscriptions.end(number, by);
    await start(true);
    expect(await subscriptions.list()).toEqual([]);
    await start(false, 'C2');
    expect(await subscriptions.list()).toMatchObject([{ nextDueAt: due + DAY }, {}, {}]);
  });

  it('needs its day judged once, for all that ask at the same time, in two processes', async () => {
    const { jobs } = await enter();
    let judged = 0;
    const judge = (owner: string) =>
      createDayJudge({
        jobs,
        owner,
        log: silentLog,
        judge: async () => {
          judged += 1;
          await new Promise((resolve) => setTimeout(resolve, 50));
          if (judged === 1) throw new Error('the database was away');
        },
      });
    const [one, two] = [judge('one'), judge('two')];
    await expect(Promise.all([one('2026-01-29', 0), one('2026-01-29', 0)])).rejects.toThrow('away');
    const again = one('2026-01-29', 0);
    const refused = expect(
      new Promise((resolve) => setTimeout(resolve, 20)).then(() => two('2026-01-29', 0)),
    ).rejects.toMatchObject({ code: 'conflict' });
    await Promise.all([again, refused]);
    await two('2026-01-29', 0);
    expect(judged).toBe(2);
  });

  it.each([
    ['the days that no digest asked for', '2026-01-26', '2026-01-29', ['2026-01-27', '2026-01-28', '2026-01-29']],
    ['a week at most', '2025-11-01', '2026-01-29', [23, 24, 25, 26, 27, 28, 29].map((day) => `2026-01-${day}`)],
  ])('has %s judged before it', async (_name, before, date, expected) => {
    const { jobs } = await enter();
    const judged: string[] = [];
    const judge = createDayJudge({
      jobs,
      owner: 'one',
      log: silentLog,
      judge: async (day) => void judged.push(day),
    });
    await judge(before, 0);
    await judge(date, 0);
    expect(judged).toEqual([before, ...expected]);
  });
});

it('a digest is called by its subscription and due time, or by its day as before', () => {
  const subject = dueSubject('018f-abc', Date.parse('2026-01-30T08:00:00Z'));
  expect(subject).toBe('018f-abc:2026-01-30T08:00:00.000Z');
  expect(readDueSubject(subject)).toEqual({ subscriptionId: '018f-abc', dueAt: Date.parse('2026-01-30T08:00:00Z') });
  expect(dayOfDigest(subject, 'Europe/Berlin')).toBe('2026-01-29');
  expect(dayOfDigest('2026-01-29', 'Europe/Berlin')).toBe('2026-01-29');
  expect(latestDue(schedule, Date.parse('2026-01-30T08:00:00Z'))).toBe(Date.parse('2026-01-30T08:00:00Z'));
});
