import { expect, it } from 'vitest';
import type { Receipt } from '../../src/pipeline/answers.ts';
import { createAnswerUpkeep } from '../../src/postgres/answer-upkeep.ts';
import { createGapStore } from '../../src/postgres/gap.repository.ts';
import { createModelSpendStore } from '../../src/postgres/model-spend.repository.ts';
import { createReceiptStore } from '../../src/postgres/receipt.repository.ts';
import { createThreadStore } from '../../src/postgres/thread.repository.ts';
import { figure, queryOf } from '../core/query/answer/asked.ts';
import { metricReading } from '../pipeline/ask/asking.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const DAY = 86_400_000;
const AT = Date.parse('2026-01-30T08:00:00Z');

const receipt = (changes: Partial<Receipt> = {}): Receipt => ({
  id: '8F2K7M30',
  asked_at: AT,
  as_of: AT - 1_000,
  asker: 'p1',
  channel: 'C1',
  audience: 'private_channel',
  question: 'tickets last week',
  reading: metricReading({ metric: 'tickets' }),
  query: queryOf({ metric: 'tickets' }),
  metric_version: 1,
  watermark: AT - 5_000,
  result_hash: 'abc',
  total: { figure: figure(212), compared: null },
  served_by: 'events',
  written_by: 'model',
  usage: [
    {
      prompt: 'narrate-answer',
      prompt_version: 1,
      model: 'm',
      input_tokens: 100,
      output_tokens: 20,
      cost_microdollars: 600,
      latency_ms: 900,
    },
  ],
  ...changes,
});

describeOnEveryDatabase('receipts', (open) => {
  it('come back whole, however their id is typed', async () => {
    const store = createReceiptStore((await open()).kysely, createStoreContext());
    await store.put(receipt());
    expect(await store.find('8f2k-7m3o')).toEqual(receipt());
    expect(await store.find('8F2K7M31')).toBeUndefined();
  });

  it('of answers that computed nothing hold what there is', async () => {
    const store = createReceiptStore((await open()).kysely, createStoreContext());
    const bare = receipt({
      asker: null,
      channel: null,
      query: null,
      metric_version: null,
      watermark: null,
      result_hash: null,
      total: null,
      served_by: null,
      written_by: 'template',
      usage: [],
    });
    await store.put(bare);
    expect(await store.find(bare.id)).toEqual(bare);
  });

  it('are never overwritten', async () => {
    const store = createReceiptStore((await open()).kysely, createStoreContext());
    await store.put(receipt());
    await expect(store.put(receipt({ question: 'other' }))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('are one workspace’s own', async () => {
    const { kysely } = await open();
    await createReceiptStore(kysely, createStoreContext()).put(receipt());
    const there = createReceiptStore(kysely, createStoreContext({ workspace: 'other' }));
    expect(await there.find('8F2K7M30')).toBeUndefined();
  });
});

describeOnEveryDatabase('what models cost in a day', (open) => {
  it('never passes the budget, however many calls begin at once', async () => {
    const store = createModelSpendStore((await open()).kysely, createStoreContext());
    const begun = await Promise.all(Array.from({ length: 10 }, () => store.reserve('2026-01-30', 300, 1_000)));
    expect(begun.filter(Boolean)).toHaveLength(3);
    expect(await store.reserve('2026-01-31', 300, 1_000)).toBe(true);
    expect(await store.reserve('2026-02-01', 1_001, 1_000)).toBe(false);
  });

  it('is what the calls did cost, once they have ended', async () => {
    const store = createModelSpendStore((await open()).kysely, createStoreContext());
    await store.reserve('2026-01-30', 900, 1_000);
    expect(await store.reserve('2026-01-30', 500, 1_000)).toBe(false);
    await store.settle('2026-01-30', 900, 400);
    expect(await store.reserve('2026-01-30', 600, 1_000)).toBe(true);
    expect(await store.reserve('2026-01-30', 1, 1_000)).toBe(false);
  });

  it('is one workspace’s own', async () => {
    const { kysely } = await open();
    await createModelSpendStore(kysely, createStoreContext()).reserve('2026-01-30', 1_000, 1_000);
    const there = createModelSpendStore(kysely, createStoreContext({ workspace: 'other' }));
    expect(await there.reserve('2026-01-30', 1_000, 1_000)).toBe(true);
  });
});

describeOnEveryDatabase('threads', (open) => {
  const thread = { channel: 'C1', thread: '1700000000.1' };
  const settled = (metric: string) => ({
    intent: 'metric' as const,
    query: queryOf({ metric }),
    listed: [{ dimension: 'plan', value: 'free' }],
  });

  it('keep what was settled last', async () => {
    const store = createThreadStore((await open()).kysely, createStoreContext());
    expect(await store.find(thread)).toBeUndefined();
    expect(await store.keep(thread, settled('tickets'), 0)).toBe(true);
    expect(await store.keep(thread, settled('errors'), 1)).toBe(true);
    expect(await store.find(thread)).toEqual({ context: settled('errors'), turn: 2 });
    expect(await store.find({ ...thread, channel: 'C2' })).toBeUndefined();
  });

  it('keep nothing of who read before somebody else answered', async () => {
    const store = createThreadStore((await open()).kysely, createStoreContext());
    const kept = await Promise.all(
      ['tickets', 'errors', 'actions'].map((metric) => store.keep(thread, settled(metric), 0)),
    );
    expect(kept.filter(Boolean)).toHaveLength(1);
    expect((await store.find(thread))?.turn).toBe(1);
  });

  it('forget after a week, and begin anew', async () => {
    const context = createStoreContext();
    const store = createThreadStore((await open()).kysely, context);
    await store.keep(thread, settled('tickets'), 0);
    context.advance(7 * DAY);
    expect(await store.find(thread)).toBeUndefined();
    expect(await store.keep(thread, settled('errors'), 0)).toBe(true);
    expect(await store.find(thread)).toMatchObject({ turn: 1 });
  });

  it('that another version wrote are not understood, and begin anew', async () => {
    const { kysely } = await open();
    const context = createStoreContext();
    const store = createThreadStore(kysely, context);
    await store.keep(thread, settled('tickets'), 0);
    await kysely.updateTable('answer_threads').set({ context: '{"intent":"metric"}' }).execute();
    expect(await store.find(thread)).toEqual({ context: null, turn: 1 });
    expect(await store.keep(thread, settled('errors'), 1)).toBe(true);
  });
});

describeOnEveryDatabase('what nothing measures', (open) => {
  it('is ranked by how often it was asked for, since when one likes', async () => {
    const store = createGapStore((await open()).kysely, createStoreContext());
    for (const [name, asker, days] of [
      ['nps', 'p1', 1],
      ['nps', 'p1', 40],
      ['nps', null, 2],
      ['csat', 'p2', 1],
      ['csat', 'p3', 1],
      ['csat', 'p3', 1],
    ] as const)
      await store.note({ name, asker, at: AT - days * DAY });
    expect(await store.list({ since: AT - 30 * DAY, limit: 10 })).toEqual([
      { name: 'csat', asked: 3, askers: 2, first_asked_at: AT - DAY, last_asked_at: AT - DAY },
      { name: 'nps', asked: 2, askers: 1, first_asked_at: AT - 2 * DAY, last_asked_at: AT - DAY },
    ]);
    expect(await store.list({ since: 0, limit: 10, name: 'nps' })).toMatchObject([{ asked: 3 }]);
    expect(await store.list({ since: 0, limit: 1 })).toHaveLength(1);
  });
});

describeOnEveryDatabase('upkeep', (open) => {
  it('forgets old receipts and gaps and threads that are over, of this workspace alone', async () => {
    const { kysely } = await open();
    const context = createStoreContext();
    const receipts = createReceiptStore(kysely, context);
    const elsewhere = createReceiptStore(kysely, createStoreContext({ workspace: 'other' }));
    await receipts.put(receipt({ id: 'AAAAAAAA', asked_at: AT - 2 * DAY }));
    await receipts.put(receipt({ id: 'BBBBBBBB' }));
    await elsewhere.put(receipt({ id: 'AAAAAAAA', asked_at: AT - 2 * DAY }));
    const gaps = createGapStore(kysely, context);
    await gaps.note({ name: 'nps', asker: null, at: AT - 2 * DAY });
    await gaps.note({ name: 'csat', asker: null, at: AT });
    const threads = createThreadStore(kysely, context);
    const settled = { intent: 'metric' as const, query: queryOf({ metric: 'tickets' }), listed: [] };
    await threads.keep({ channel: 'C1', thread: 'old' }, settled, 0);
    context.advance(7 * DAY);
    await threads.keep({ channel: 'C1', thread: 'new' }, settled, 0);

    const upkeep = createAnswerUpkeep(kysely, context);
    expect(await upkeep.prune(AT - DAY)).toBe(3);
    expect(await upkeep.prune(AT - DAY)).toBe(0);
    expect([await receipts.find('AAAAAAAA'), await receipts.find('BBBBBBBB')]).toMatchObject([
      undefined,
      { id: 'BBBBBBBB' },
    ]);
    expect(await elsewhere.find('AAAAAAAA')).toBeDefined();
    expect(await gaps.list({ since: 0, limit: 9 })).toMatchObject([{ name: 'csat' }]);
    expect(await threads.find({ channel: 'C1', thread: 'new' })).toBeDefined();
  });
});
