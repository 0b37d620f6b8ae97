import { describe, expect, it } from 'vitest';
import { feedbackDriver } from '../../../src/core/rank/feedback.ts';

const votes = (useful: number, not: number, others = 60) =>
  feedbackDriver({ entity_type: 'surface', entity_key: '/cart', metric: 'error_rate', useful, not }, others);

describe('what people said of earlier digests', () => {
  it('is no driver where nobody said anything', () => {
    expect(feedbackDriver(undefined, 60)).toBeUndefined();
    expect(votes(0, 0)).toBeUndefined();
  });

  it.each([
    [1, 0, 0.5],
    [5, 0, 2],
    [100, 0, 5],
    [0, 1, -1],
    [0, 5, -4.5],
    [0, 100, -9.5],
    [3, 3, 0],
  ])('%i useful and %i not are %f points', (useful, not, points) => {
    expect(votes(useful, not)).toMatchObject({ name: 'feedback', value: useful, points });
  });

  it('never takes a score below 0', () => {
    expect(votes(0, 100, 4)?.points).toBe(-4);
  });
});
