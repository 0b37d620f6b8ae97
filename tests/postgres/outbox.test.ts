import { beforeEach, expect, it } from 'vitest';
import { ConflictError } from '../../src/errors.ts';
import type { OutboxStore } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createOutboxStore } from '../../src/postgres/outbox.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const message = (subject: string) => ({
  kind: 'digest',
  channel: 'C1',
  subject,
  sequence: 0,
  message: { text: `Digest of ${subject}`, blocks: [{ type: 'divider' }] },
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

  it('takes a message once, however many put it in at the same time', async () => {
    const added = await Promise.all(Array.from({ length: 8 }, () => outbox.enqueue(message('2026-01-29'))));
    expect(added.filter(Boolean)).toHaveLength(1);
  });

  it('hands every due message to exactly one of the owners that claim at the same time', async () => {
    const subjects = Array.from({ length: 20 }, (_, day) => `day ${day}`);
    for (const subject of subjects) await outbox.enqueue(message(subject));
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => outbox.claim(owner, LEASE_MS, 7)));
    const claimed = claims.flat();
    expect(new Set(claimed.map((item) => item.id)).size).toBe(claimed.length);
    const rest = await outbox.claim('e', LEASE_MS, 100);
    expect([...claimed, ...rest].map((item) => item.subject).sort()).toEqual(subjects.sort());
  });

  it('gives the message back as it was put in, counting the try', async () => {
    await outbox.enqueue(message('2026-01-29'));
    const [item] = await outbox.claim('a', LEASE_MS, 1);
    expect(item).toEqual({ ...message('2026-01-29'), id: expect.any(String), attempts: 1 });
  });

  it('lets another owner take a message over when the lease has run out, not before', async () => {
    await outbox.enqueue(message('2026-01-29'));
    const [item] = await outbox.claim('a', LEASE_MS, 1);
    context.advance(LEASE_MS - 1);
    expect(await outbox.claim('b', LEASE_MS, 1)).toEqual([]);
    context.advance(1);
    expect(await outbox.claim('b', LEASE_MS, 1)).toMatchObject([{ id: item?.id, attempts: 2 }]);
    await expect(outbox.markSent(item?.id ?? '', 'a', '1.1')).rejects.toThrow(ConflictError);
    await outbox.markSent(item?.id ?? '', 'b', '1.2');
    expect(await outbox.find('digest', 'C1', '2026-01-29')).toEqual({ status: 'sent', message_ts: '1.2' });
    expect(await outbox.findByMessage('C1', '1.2')).toEqual({ kind: 'digest', subject: '2026-01-29' });
    expect(await outbox.findByMessage('C1', '1.1')).toBeUndefined();
  });

  it('makes a message that was not accepted due again at the time asked for, or never', async () => {
    await outbox.enqueue(message('later'));
    await outbox.enqueue(message('never'));
    const items = await outbox.claim('a', LEASE_MS, 2);
    const idOf = (subject: string) => items.find((item) => item.subject === subject)?.id ?? '';
    await outbox.markNotSent(idOf('later'), 'a', 'rate_limited', context.clock() + 60_000);
    await outbox.markNotSent(idOf('never'), 'a', 'channel_not_found', null);
    expect(await outbox.claim('a', LEASE_MS, 2)).toEqual([]);
    context.advance(60_000);
    expect(await outbox.claim('a', LEASE_MS, 2)).toMatchObject([{ subject: 'later', attempts: 2 }]);
    expect(await outbox.find('digest', 'C1', 'never')).toMatchObject({ status: 'failed' });
  });

  it('keeps workspaces apart', async () => {
    await outbox.enqueue(message('2026-01-29'));
    const other = createOutboxStore(handle.kysely, createStoreContext({ workspace: 'other' }));
    expect(await other.claim('a', LEASE_MS, 10)).toEqual([]);
    expect(await other.find('digest', 'C1', '2026-01-29')).toBeUndefined();
  });
});
