import { describe, expect, it } from 'vitest';
import type { StorableEvent } from '../../src/core/records.ts';
import { SeepassError } from '../../src/errors.ts';
import { type IngestDependencies, type InputRecord, InterruptedImport, ingest } from '../../src/pipeline/ingest.ts';

interface Written {
  batches: string[][];
  ended: number;
}

const setUp = (fail?: (batch: number) => void): { written: Written; dependencies: IngestDependencies } => {
  const written: Written = { batches: [], ended: 0 };
  let now = 0;
  return {
    written,
    dependencies: {
      clock: () => (now += 500),
      batchSize: 2,
      accept: (value) =>
        typeof value === 'string' ? { event: { event_key: value, meta: {} } as StorableEvent } : { reason: 'not text' },
      store: {
        beginImport: async () => ({
          write: async (batch) => {
            fail?.(written.batches.length);
            written.batches.push(batch.map((event) => event.event_key));
            return { stored: batch.length - 1, duplicates: 1 };
          },
          end: async () => {
            written.ended += 1;
          },
        }),
      },
    },
  };
};
const records = (...values: unknown[]): InputRecord[] => values.map((value, index) => ({ line: index + 1, value }));

describe('ingesting', () => {
  it('writes good records in batches and reports the bad ones by line', async () => {
    const { written, dependencies } = setUp();
    const report = await ingest([records('a', 1, 'b'), [{ line: 9, reason: 'broken' }], records('c')], dependencies);
    expect(written).toEqual({ batches: [['a', 'b'], ['c']], ended: 1 });
    expect(report).toMatchObject({ read: 5, stored: 1, duplicates: 2, rejected: 2 });
    expect(report.rejections).toEqual([
      { line: 2, reason: 'not text' },
      { line: 9, reason: 'broken' },
    ]);
    expect(report.seconds).toBeGreaterThan(0);
  });

  it('ends a batch early where its events are long, so that memory stays bounded', async () => {
    const { written, dependencies } = setUp();
    const stack = { nested: ['x'.repeat(1_500_000)] };
    const accept = (value: unknown) => ({
      event: { event_key: String(value), meta: stack } as unknown as StorableEvent,
    });
    await ingest([records('a', 'b', 'c', 'd')], { ...dependencies, batchSize: 100, accept });
    expect(written.batches).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('keeps the first 20 reasons of many', async () => {
    const { dependencies } = setUp();
    const report = await ingest([records(...Array.from({ length: 50 }, () => 0))], dependencies);
    expect(report.rejected).toBe(50);
    expect(report.rejections).toHaveLength(20);
  });

  it('stores what came before an input broke off, and says so', async () => {
    const { written, dependencies } = setUp();
    async function* broken() {
      yield records('a', 'b', 'c');
      throw new SeepassError('bad_input', 'x.gz is cut off.', { fix: 'Fetch it again.' });
    }
    const failure = await ingest(broken(), dependencies).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InterruptedImport);
    expect((failure as InterruptedImport).line).toMatch(
      /^x.gz is cut off. 1 row was stored before, 2 were there already. Fetch it again. Importing it again is safe/,
    );
    expect(written).toEqual({ batches: [['a', 'b'], ['c']], ended: 1 });
  });

  it('stops at the first batch the store refuses, and frees the session', async () => {
    const { written, dependencies } = setUp((batch) => {
      if (batch === 1) throw new SeepassError('database_unavailable', 'gone');
    });
    await expect(ingest([records('a', 'b', 'c', 'd', 'e', 'f')], dependencies)).rejects.toMatchObject({
      code: 'database_unavailable',
    });
    expect(written).toEqual({ batches: [['a', 'b']], ended: 1 });
  });
});
