import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/core/detect/detect.ts';
import { entityId } from '../../../src/core/detect/episodes.ts';
import { impactOf, lossOf } from '../../../src/core/rank/impact.ts';
import { rankDay } from '../../../src/core/rank/rank.ts';
import type { SurfaceDay } from '../../../src/core/records.ts';
import { END, historyOf, steadySurface } from '../detect/simulated.ts';

const surface = '/checkout';

/** A page of 1,000 views a day, changed on its last `days` days. */
function judged(days: number, change: Partial<SurfaceDay>, every: Partial<SurfaceDay> = {}) {
  const siblings = ['/a', '/b', '/c', '/d', '/e', '/f'].flatMap((name) => steadySurface(60, { surface: name }));
  const history = historyOf([
    ...steadySurface(60, { surface, ...every }, (row, back) => {
      if (back < days) Object.assign(row, change);
    }),
    ...siblings,
  ]);
  const verdict = createDetector(history, 'default').judgeDay(END);
  const measured = (metric: string) => {
    const found = verdict.measurements.get(entityId('surface', surface))?.find((each) => each.metric === metric);
    if (!found) throw new Error(`${metric} was not measured`);
    return found;
  };
  const own = history.surfaces.find((each) => each.surface === surface);
  return { history, verdict, measured, own, at: { slot: verdict.slot, days } };
}

describe('impact', () => {
  it('adds up the excess of every day of the episode', () => {
    const { measured, own, at } = judged(3, { errors: 110 });
    const impact = impactOf(measured('error_rate'), own, at);
    expect(impact).toMatchObject({ counts: 'errors', episode: { days: 3 } });
    expect(impact?.excess).toBeCloseTo(100, -1);
    expect(impact?.episode.excess).toBeCloseTo(300, -2);
    expect(impact?.episode.low).toBeLessThan(impact?.episode.excess ?? 0);
    expect(impact?.episode.high).toBeGreaterThan(impact?.episode.excess ?? 0);
  });

  it('counts what is missing where falling is bad', () => {
    const { measured, own, at } = judged(1, { actions: 100 }, { actions: 400 });
    expect(impactOf(measured('conversion_rate'), own, at)?.excess).toBeCloseTo(300, -1);
  });

  it('is nothing for a latency, which counts no events', () => {
    const { measured, own, at } = judged(1, { latency_p95: 4000 }, { latency_p95: 400, requests: 900 });
    expect(impactOf(measured('latency_p95'), own, at)).toBeNull();
  });
});

describe('an estimated loss', () => {
  const shop = { actions: 400, revenue: 400 * 2_500 };

  it('is what is missing times what one brought in before, and says on how many that rests', () => {
    const { measured, own, at } = judged(2, { actions: 100, revenue: 250_000 }, shop);
    const loss = lossOf(measured('conversion_rate'), own, at, 100);
    expect(loss).toMatchObject({ of: 'actions', unit_value: 25, sample: 28 * 400 });
    expect(loss?.amount).toBeCloseTo(2 * 300 * 25, -3);
    expect(loss?.per_day).toBeCloseTo((loss?.amount ?? 0) / 2, 6);
    expect(loss?.per_hour).toBeCloseTo((loss?.per_day ?? 0) / 24, 6);
    expect(loss?.low).toBeLessThan(loss?.amount ?? 0);
    expect(loss?.high).toBeGreaterThan(loss?.amount ?? 0);
  });

  it('is priced by the view where people cannot even arrive', () => {
    const { measured, own, at } = judged(1, { pageviews: 100, actions: 40, revenue: 100_000 }, shop);
    expect(lossOf(measured('pageviews'), own, at, 100)).toMatchObject({ of: 'pageviews', unit_value: 10 });
  });

  it.each([
    ['the surface brought in nothing', { actions: 100 }, { actions: 400 }, 'conversion_rate'],
    ['nothing is missing', {}, shop, 'conversion_rate'],
    ['errors rose, whose worth nobody stated', { errors: 200 }, shop, 'error_rate'],
  ])('is not told where %s', (_, change, every, metric) => {
    const { measured, own, at } = judged(1, change, every);
    expect(lossOf(measured(metric), own, at, 100)).toBeUndefined();
  });

  it('reaches the record of a flagged drop, and only of a flagged one', () => {
    const flagged = judged(1, { actions: 100, revenue: 250_000 }, shop);
    expect(rankDay(flagged.verdict, { history: flagged.history })[0]?.pattern_record.loss?.of).toBe('actions');
    const errors = judged(1, { errors: 300, actions: 396 }, shop);
    expect(rankDay(errors.verdict, { history: errors.history })[0]?.pattern_record.loss).toBeUndefined();
  });
});
