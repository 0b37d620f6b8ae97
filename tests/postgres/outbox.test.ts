import { beforeEach, expect, it } from 'vitest';
import { CHANNEL_PACE_MS } from '../../src/core/delivery/pacing.ts';
import { ConflictError } from '../../src/errors.ts';
import type { OutboxItem, OutboxStore } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createOutboxStore } from '../../src/postgres/outbox.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const message = (subject: string, channel = 'C1') => ({
  kind: 'digest',
  channel,
  subject,
  sequence: 0,
  message: { text: `Digest of ${subject}`, blocks: [{ type: 'divider' }] },
});
const incident = { kind: 'incident', channel: 'C1', subject: 'i1', message: { text: 'An incident', blocks: [] } };
const post = { ...incident, sequence: 0 };
const update = (sequence: number) => ({
  ...incident,
  sequence,
  operation: 'update' as const,
  parent: { kind: 'incident', subject: 'i1' },
});
const reply = (sequence: number) => ({
  ...incident,
  kind: 'incident-entry',
  sequence,
  operation: 'reply' as const,
  parent: { kind: 'incident', subject: 'i1' },
});
const LEASE_MS = 30_000;

describeOnEveryDatabase('the outbox', (open) => {
  let handle: DatabaseHandle;
  let context: ReturnType<typeof createStoreContext>;
  let outbox: OutboxStore;
  beforeEach(async () => {
    handle = await open();
    context = createStoreContext();
    outbox = createOutboxStore(handle.kysely, context);
  });

  /** The next message, a turn of its channel later. */
  async function next(owner = 'a'): Promise<OutboxItem | undefined> {
    context.advance(CHANNEL_PACE_MS);
    return (await outbox.claim(owner, LEASE_MS, 1))[0];
  }
  const send = async (item: OutboxItem | undefined, ts: string) => outbox.markSent(item?.id ?? '', 'a', ts);

  it('takes a message once, however many put it in at the same time', async () => {
    const added = await Promise.all(Array.from({ length: 8 }, () => outbox.enqueue(message('2026-01-29'))));
    expect(added.filter(Boolean)).toHaveLength(1);
  });

  it('takes many at once, each once, and says which were there already', async () => {
    const [old, fresh, again] = [message('old', 'C2'), message('fresh', 'C1'), message('old', 'C2')];
    await outbox.enqueue(old);
    expect(await outbox.enqueueAll([old, fresh, again])).toEqual(
      new Map([
        [old, false],
        [fresh, true],
        [again, false],
      ]),
    );
    expect(await outbox.enqueueAll([])).toEqual(new Map());
    context.advance(CHANNEL_PACE_MS);
    expect(await outbox.claim('a', LEASE_MS, 5)).toHaveLength(2);
  });

  it('takes the same many from several at once, in whichever order they have them', async () => {
    const all = Array.from({ length: 40 }, (_, n) => message(`${n}`, `C${n % 7}`));
    const added = await Promise.all(
      [all, all.toReversed(), all.toSorted(() => 1)].map((one) => outbox.enqueueAll(one)),
    );
    expect(added.flatMap((one) => [...one.values()]).filter(Boolean)).toHaveLength(all.length);
  });

  it('gives the message back as it was put in, counting the try', async () => {
    await outbox.enqueue(message('2026-01-29'));
    expect(await next()).toEqual({
      ...message('2026-01-29'),
      id: expect.any(String),
      operation: 'post',
      parent: null,
      attempts: 1,
      mayBePosted: false,
      createdAt: context.clock() - CHANNEL_PACE_MS,
    });
  });

  it('hands every due message to exactly one of the owners that claim at the same time', async () => {
    const channels = Array.from({ length: 20 }, (_, number) => `C${number}`);
    for (const channel of channels) await outbox.enqueue(message('2026-01-29', channel));
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => outbox.claim(owner, LEASE_MS, 7)));
    const rest = await outbox.claim('e', LEASE_MS, 100);
    expect([...claims.flat(), ...rest].map((item) => item.channel).sort()).toEqual(channels.sort());
  });

  it('gives a channel one turn a second, oldest message first, and other channels theirs meanwhile', async () => {
    for (const subject of ['first', 'second', 'third']) await outbox.enqueue(message(subject));
    await outbox.enqueue(message('elsewhere', 'C2'));
    const turns: string[][] = [];
    for (const wait of [0, CHANNEL_PACE_MS - 1, 1, CHANNEL_PACE_MS]) {
      context.advance(wait);
      const claims = await Promise.all(['a', 'b', 'c'].map((owner) => outbox.claim(owner, LEASE_MS, 8)));
      turns.push(
        claims
          .flat()
          .map(({ subject }) => subject)
          .sort(),
      );
    }
    expect(turns).toEqual([['elsewhere', 'first'], [], ['second'], ['third']]);
  });

  it('serves the channels in turn, however much waits in each', async () => {
    for (const channel of ['C1', 'C2', 'C3'])
      for (const subject of ['first', 'second', 'third']) await outbox.enqueue(message(subject, channel));
    const served: (string | undefined)[] = [];
    for (let turn = 0; turn < 9; turn += 1) served.push((await next())?.channel);
    expect(served).toEqual(['C1', 'C2', 'C3', 'C1', 'C2', 'C3', 'C1', 'C2', 'C3']);
  });

  it('lets another owner take a message over when the lease has run out, not before', async () => {
    await outbox.enqueue(message('2026-01-29'));
    const [item] = await outbox.claim('a', LEASE_MS, 1);
    context.advance(LEASE_MS - 1);
    expect(await outbox.claim('b', LEASE_MS, 1)).toEqual([]);
    context.advance(1);
    expect(await outbox.claim('b', LEASE_MS, 1)).toMatchObject([{ id: item?.id, attempts: 2, mayBePosted: true }]);
    await expect(outbox.markSent(item?.id ?? '', 'a', '1.1')).rejects.toThrow(ConflictError);
    await outbox.markSent(item?.id ?? '', 'b', '1.2');
    expect(await outbox.find('digest', 'C1', '2026-01-29')).toEqual({ status: 'sent', message_ts: '1.2' });
    expect(await outbox.findByMessage('C1', '1.2')).toEqual({ kind: 'digest', subject: '2026-01-29' });
    expect(await outbox.findByMessage('C1', '1.1')).toBeUndefined();
  });

  it('makes a message that was not accepted due again at the time asked for, or never', async () => {
    await outbox.enqueue(message('later'));
    await outbox.enqueue(message('never'));
    const [later, never] = [await next(), await next()];
    await outbox.markNotSent(later?.id ?? '', 'a', 'no answer', {
      retryAt: context.clock() + 60_000,
      mayBePosted: false,
    });
    await outbox.markNotSent(never?.id ?? '', 'a', 'msg_too_long', { retryAt: null, mayBePosted: false });
    context.advance(58_999);
    expect(await next()).toBeUndefined();
    context.advance(1);
    expect(await outbox.claim('a', LEASE_MS, 1)).toMatchObject([{ subject: 'later', attempts: 2, mayBePosted: false }]);
    expect(await outbox.find('digest', 'C1', 'never')).toMatchObject({ status: 'failed' });
  });

  it('does not count a try that was put off, and keeps its channel back and no other', async () => {
    for (const subject of ['first', 'second']) await outbox.enqueue(message(subject));
    await outbox.enqueue(message('elsewhere', 'C2'));
    const [item] = await outbox.claim('a', LEASE_MS, 1);
    const until = context.clock() + 40_000;
    await outbox.holdChannel(item?.channel ?? '', until);
    await outbox.postpone(item?.id ?? '', 'a', 'ratelimited', { until, mayBePosted: false });
    const others = [await next(), await next()].map((other) => other?.channel);
    expect(others).not.toContain(item?.channel);
    context.advance(40_000);
    const claimed = await outbox.claim('a', LEASE_MS, 8);
    expect(claimed.find(({ id }) => id === item?.id)).toMatchObject({ attempts: 1 });
  });

  it('keeps replies and updates until the message they belong to is posted, and says where it is', async () => {
    await outbox.enqueue(reply(1));
    await outbox.enqueue(update(2));
    expect(await next()).toBeUndefined();
    await outbox.enqueue(post);
    const parent = await next();
    expect(parent).toMatchObject({ operation: 'post' });
    expect(await next()).toBeUndefined();
    await send(parent, '10.1');
    const where = { id: parent?.id, ts: '10.1', createdAt: parent?.createdAt };
    const first = await next();
    expect(first).toMatchObject({ operation: 'reply', parent: where });
    expect(await next()).toBeUndefined();
    await send(first, '10.2');
    const second = await next();
    expect(second).toMatchObject({ operation: 'update', parent: where });
    await send(second, '10.1');
    expect(await outbox.find('incident', 'C1', 'i1')).toEqual({ status: 'sent', message_ts: '10.1' });
    expect(await outbox.findByMessage('C1', '10.1')).toEqual({ kind: 'incident', subject: 'i1' });
  });

  it('lets other subjects pass a message that waits for another try, and its own never', async () => {
    await outbox.enqueue(post);
    await send(await next(), '10.1');
    await outbox.enqueue(reply(1));
    await outbox.enqueue(reply(2));
    await outbox.enqueue({ ...message('other'), channel: 'C1' });
    const other = await next();
    expect(other).toMatchObject({ subject: 'other' });
    await send(other, '10.9');
    const head = await next();
    expect(head).toMatchObject({ sequence: 1 });
    await outbox.markNotSent(head?.id ?? '', 'a', 'no answer', {
      retryAt: context.clock() + 60_000,
      mayBePosted: false,
    });
    expect(await next()).toBeUndefined();
    context.advance(60_000);
    expect(await next()).toMatchObject({ sequence: 1 });
  });

  it('shows only the newest of the updates that wait, whatever order they came in', async () => {
    await outbox.enqueue(post);
    await send(await next(), '10.1');
    for (const sequence of [4, 2, 3]) await outbox.enqueue(update(sequence));
    expect(await outbox.settle()).toEqual({ superseded: 2, failed: 0 });
    const shown = await next();
    expect(shown).toMatchObject({ sequence: 4 });
    await send(shown, '10.1');
    await outbox.enqueue({ ...update(1), message: { text: 'late', blocks: [] } });
    expect(await next()).toBeUndefined();
    expect(await outbox.settle()).toEqual({ superseded: 1, failed: 0 });
  });

  it('does not send an update while an older one is on its way', async () => {
    await outbox.enqueue(post);
    await send(await next(), '10.1');
    await outbox.enqueue(update(2));
    const older = await next();
    await outbox.enqueue(update(3));
    expect(await outbox.settle()).toEqual({ superseded: 0, failed: 0 });
    expect(await next('b')).toBeUndefined();
    await send(older, '10.1');
    expect(await next('b')).toMatchObject({ sequence: 3 });
  });

  it('fails what belongs to a message that failed, with its reason', async () => {
    await outbox.enqueue(post);
    await outbox.enqueue(reply(1));
    await outbox.enqueue(update(2));
    await outbox.markNotSent((await next())?.id ?? '', 'a', 'msg_too_long', { retryAt: null, mayBePosted: false });
    await outbox.settle();
    const { rows } = await handle.pool.query<{ status: string; last_error: string }>(
      `SELECT status, last_error FROM outbox WHERE operation <> 'post' ORDER BY sequence`,
    );
    expect(rows.map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(rows[0]?.last_error).toContain('msg_too_long');
  });

  it('hands an update of a message nobody could tell of out without its place, until it is found', async () => {
    await outbox.enqueue(post);
    const parent = await next();
    await outbox.markUncertain(parent?.id ?? '', 'a', 'no answer');
    expect(await outbox.find('incident', 'C1', 'i1')).toEqual({ status: 'uncertain', message_ts: null });
    await outbox.enqueue(update(2));
    expect(await next()).toMatchObject({ parent: { id: parent?.id, ts: null } });
    await outbox.markFound(parent?.id ?? '', '10.1');
    expect(await outbox.find('incident', 'C1', 'i1')).toEqual({ status: 'sent', message_ts: '10.1' });
  });

  it('fails what waits for a channel, and nothing of other channels', async () => {
    for (const channel of ['C1', 'C2'])
      for (const subject of ['first', 'second']) await outbox.enqueue(message(subject, channel));
    expect(await outbox.failChannel('C1', 'is_archived')).toBe(2);
    expect(await outbox.find('digest', 'C1', 'first')).toMatchObject({ status: 'failed' });
    expect(await next()).toMatchObject({ channel: 'C2' });
  });

  it('knows that everything is held, says who found out first, and when it is over', async () => {
    expect(await outbox.held()).toBeUndefined();
    const [since, until] = [context.clock(), context.clock() + 1_000];
    const first = await Promise.all(Array.from({ length: 4 }, () => outbox.hold('token_revoked', until)));
    expect(first.filter(Boolean)).toHaveLength(1);
    context.advance(1_000);
    expect(await outbox.hold('account_inactive', until + 1_000)).toBe(false);
    expect(await outbox.held()).toEqual({ reason: 'account_inactive', since, until: until + 1_000 });
    expect([await outbox.release(), await outbox.release()]).toEqual([true, false]);
  });

  it('keeps workspaces apart', async () => {
    await outbox.enqueue(message('2026-01-29'));
    const other = createOutboxStore(handle.kysely, createStoreContext({ workspace: 'other' }));
    expect(await other.claim('a', LEASE_MS, 10)).toEqual([]);
    expect(await other.find('digest', 'C1', '2026-01-29')).toBeUndefined();
    expect(await other.failChannel('C1', 'is_archived')).toBe(0);
    await other.hold('token_revoked', context.clock());
    expect(await outbox.held()).toBeUndefined();
  });
});
