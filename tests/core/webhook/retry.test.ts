import { expect, it } from 'vitest';
import { retryAfter } from '../../../src/core/webhook/retry.ts';

it('waits three times longer each time, an hour at most, and gives up', () => {
  const waits = Array.from({ length: 10 }, (_, index) => retryAfter(index + 1));
  expect(waits).toEqual([5_000, 15_000, 45_000, 135_000, 405_000, 1_215_000, 3_600_000, 3_600_000, null, null]);
});
