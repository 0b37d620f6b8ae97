import { expect, it } from 'vitest';
import { coalesce } from '../../src/pipeline/coalesce.ts';

it('runs once for all who ask while it runs, and begins after they asked', async () => {
  const ends: (() => void)[] = [];
  let runs = 0;
  const run = coalesce(async () => {
    runs += 1;
    await new Promise<void>((resolve) => ends.push(resolve));
  });
  const first = run();
  const others = [run(), run(), run()];
  ends.shift()?.();
  await first;
  await new Promise((resolve) => setImmediate(resolve));
  expect(runs).toBe(2);
  ends.shift()?.();
  await Promise.all(others);
  const later = run();
  ends.shift()?.();
  await later;
  expect(runs).toBe(3);
});

it('runs again after one that failed', async () => {
  let runs = 0;
  const run = coalesce(async () => {
    runs += 1;
    if (runs === 1) throw new Error('once');
  });
  const [first, second] = [run(), run()];
  await expect(first).rejects.toThrow('once');
  await second;
  expect(runs).toBe(2);
});
