import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/core/detect/detect.ts';
import { RULES } from '../../../src/core/detect/rules/index.ts';
import type { Sensitivity, SurfaceDay } from '../../../src/core/records.ts';
import { simulateProduct } from '../../../src/core/simulate/product.ts';
import { addDays } from '../../../src/core/window.ts';
import { detectorOn, END, historyOf, steadySurface } from './simulated.ts';

const today = (change: Partial<SurfaceDay>, base: Partial<SurfaceDay> = {}, days = 60) =>
  steadySurface(days, { errors: 30, ...base }, (row, back) => void (back === 0 && Object.assign(row, change)));
const noted = (rows: SurfaceDay[], date = END) =>
  detectorOn(rows)
    .judgeDay(date)
    .improvements.map(({ metric }) => metric);

describe('an improvement', () => {
  it.each<[string, Partial<SurfaceDay>, Partial<SurfaceDay>, number, number]>([
    ['error_rate', { errors: 4 }, {}, 0.004, 0.03],
    ['dropoff_rate', { dropoffs: 60 }, {}, 0.06, 0.25],
    ['ticket_rate', { tickets: 2 }, { tickets: 40 }, 0.002, 0.04],
    ['conversion_rate', { actions: 620 }, {}, 0.62, 0.3],
    ['failure_rate', { request_failures: 10 }, { request_failures: 200 }, 0.005, 0.1],
    ['latency_p95', { latency_p95: 900 }, { latency_p95: 2400 }, 900, 2400],
  ])('of the %s is noted with both figures, and no finding', (metric, change, base, current, expected) => {
    const verdict = detectorOn(today(change, base)).judgeDay(END);
    expect(verdict.findings).toEqual([]);
    const [improvement, ...others] = verdict.improvements;
    expect(others).toEqual([]);
    expect(improvement).toMatchObject({ surface: '/checkout', metric, current, window_days: 1 });
    expect((improvement?.expected ?? 0) / expected).toBeCloseTo(1, 1);
    expect(improvement?.p_value).toBeLessThan(1e-3);
    expect(improvement?.q_value).toBeLessThan(0.2);
  });

  it.each<[string, Partial<SurfaceDay>, Partial<SurfaceDay>?]>([
    ['a little better', { errors: 25 }],
    ['no errors at all, which may be a tracker that broke', { errors: 0 }],
    [
      'more traffic',
      {
        pageviews: 9000,
        actions: 2700,
        dropoffs: 2250,
        errors: 270,
        tickets: 27,
        requests: 18_000,
        request_failures: 72,
      },
    ],
    ['faster by less than anybody notices', { latency_p95: 60 }, { latency_p95: 120 }],
    ['faster because requests fail', { latency_p95: 100, request_failures: 1500 }],
    ['fewer errors because nobody gets that far', { errors: 4, actions: 60 }],
  ])('is none: %s', (_, change, base) => expect(noted(today(change, base))).toEqual([]));

  it('is told on the first day of those it lasts', () => {
    const rows = steadySurface(60, { errors: 30 }, (row, back) => void (back < 4 && Object.assign(row, { errors: 4 })));
    expect([4, 3, 2, 1, 0].map((back) => noted(rows, addDays(END, -back)))).toEqual([[], ['error_rate'], [], [], []]);
  });

  it('that no single day shows is found in a week', () => {
    // Three a day instead of ten: any one day may be chance.
    const rows = steadySurface(60, { errors: 10 }, (row, back) => void (back < 7 && Object.assign(row, { errors: 3 })));
    const all = Array.from(
      { length: 7 },
      (_, back) => detectorOn(rows).judgeDay(addDays(END, -back)).improvements,
    ).flat();
    expect(all.map(({ metric, window_days }) => [metric, window_days > 1])).toEqual([['error_rate', true]]);
  });

  it('is not known to the seed profile, and follows the knob', () => {
    const rows = today({ errors: 19 }, { errors: 30, pageviews: 4000 });
    expect(detectorOn(today({ errors: 4 }), 'seed').judgeDay(END).improvements).toEqual([]);
    const at = (level: Sensitivity): number =>
      createDetector(historyOf(rows), 'default', RULES, level).judgeDay(END).improvements.length;
    expect(at('quiet')).toBeLessThanOrEqual(at('eager'));
    expect(at('quiet')).toBe(0);
  });

  it('is rarely noted where nothing changed', () => {
    const { surfaceDays } = simulateProduct({
      seed: 31,
      surfaces: 60,
      days: 80,
      end: END,
      incidentsAMonth: 0,
      decoys: true,
    });
    const detector = detectorOn(surfaceDays);
    let found = 0;
    for (let back = 0; back < 30; back++) found += detector.judgeDay(addDays(END, -back)).improvements.length;
    // 60 surface-months: fewer than one in ten of them.
    expect(found).toBeLessThanOrEqual(6);
  });
});
