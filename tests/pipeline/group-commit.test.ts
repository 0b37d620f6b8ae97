import { describe, expect, it } from 'vitest';
import type { StorableEvent } from '../../src/core/records.ts';
import { createGroupCommit } from '../../src/pipeline/group-commit.ts';
import type { Written } from '../../src/pipeline/ports.ts';
import { storableEvent } from '../support/storable-event.ts';

const events = (count: number): StorableEvent[] => Array.from({ length: count }, (_, n) => storableEvent(`e${n}`));
const all = (batch: readonly StorableEvent[]): Written => ({ stored: batch.length, duplicates: 0 });

/** A store that writes when it is told to, and remembers how much at once. */
function createSlowStore() {
  const together: number[][] = [];
  const alone: number[] = [];
  const gates: (() => void)[] = [];
  const store = createGroupCommit({
    async writeTogether(batches) {
      together.push(batches.map(({ length }) => length));
      await new Promise<void>((resolve) => gates.push(resolve));
      if (batches.some(({ length }) => length === 13)) throw new Error('refused');
      return batches.map(all);
    },
    beginImport: async () => ({
      async write(batch) {
        alone.push(batch.length);
        return all(batch);
      },
      end: async () => undefined,
    }),
  });
  const write = async (...sizes: number[]): Promise<number> => {
    const session = await store.beginImport();
    let stored = 0;
    for (const size of sizes) stored += (await session.write(events(size))).stored;
    await session.end();
    return stored;
  };
  const open = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    gates.shift()?.();
  };
  return { write, open, together, alone };
}

describe('imports that share transactions', () => {
  it('are written with those that came while the last were', async () => {
    const { write, open, together } = createSlowStore();
    const first = write(1);
    await new Promise((resolve) => setImmediate(resolve));
    const others = [write(2), write(3)];
    await open();
    await open();
    expect(await Promise.all([first, ...others])).toEqual([1, 2, 3]);
    expect(together).toEqual([[1], [2, 3]]);
  });

  it('fail together, and those after them do not', async () => {
    const { write, open } = createSlowStore();
    const refused = [write(13), write(1)].map((written) => written.catch((error: Error) => error.message));
    await open();
    await open();
    expect(await Promise.all(refused)).toContain('refused');
    const next = write(2);
    await open();
    expect(await next).toBe(2);
  });

  it('are kept to a size of transaction', async () => {
    const { write, open, together } = createSlowStore();
    const writes = Array.from({ length: 12 }, () => write(500));
    for (let group = 0; group < 3; group += 1) await open();
    await Promise.all(writes);
    expect(Math.max(...together.map((sizes) => sizes.reduce((sum, size) => sum + size)))).toBeLessThanOrEqual(5_000);
  });

  it('are left alone where they are large, or longer than a batch', async () => {
    const { write, open, together, alone } = createSlowStore();
    expect(await write(501, 4)).toBe(505);
    expect(alone).toEqual([501, 4]);
    const long = write(4, 5);
    await open();
    expect(await long).toBe(9);
    // The first batch is known by now: the import has to count it again.
    expect([together, alone]).toEqual([[[4]], [501, 4, 4, 5]]);
  });
});
