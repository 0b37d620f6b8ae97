import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { repeatEvery } from '../src/repeat-every.ts';

describe('work that repeats', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('runs an interval after the last run ended, never twice at once', async () => {
    let [running, most, runs] = [0, 0, 0];
    const repeating = repeatEvery(
      1_000,
      async () => {
        runs += 1;
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5_000));
        running -= 1;
      },
      () => undefined,
    );
    repeating.start();
    const asked = [repeating.now(), repeating.now()];
    await vi.advanceTimersByTimeAsync(10_001);
    await Promise.all(asked);
    expect([runs, most]).toEqual([3, 1]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs).toBeGreaterThan(8);
    expect(most).toBe(1);
    const stopped = repeating.stop();
    await vi.advanceTimersByTimeAsync(5_000);
    await stopped;
    const total = runs;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs).toBe(total);
  });

  it('tells of a failure and goes on; whoever asked for that run hears of it', async () => {
    const faults: unknown[] = [];
    let runs = 0;
    const repeating = repeatEvery(
      1_000,
      async () => {
        runs += 1;
        throw new Error(`run ${runs}`);
      },
      (error) => faults.push(error),
    );
    repeating.start();
    await expect(repeating.now()).rejects.toThrow('run 1');
    await vi.advanceTimersByTimeAsync(2_500);
    expect(faults).toEqual([new Error('run 2'), new Error('run 3')]);
    await repeating.stop();
  });

  it('does nothing when it is asked after it was stopped', async () => {
    const work = vi.fn(async () => undefined);
    const repeating = repeatEvery(1_000, work, () => undefined);
    repeating.start();
    await repeating.stop();
    await repeating.now();
    expect(work).not.toHaveBeenCalled();
  });
});
