import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/core/detect/detect.ts';
import { HISTORY_DAYS } from '../../../src/core/detect/profile.ts';
import type { SurfaceDay } from '../../../src/core/records.ts';
import { simulateProduct } from '../../../src/core/simulate/product.ts';
import { createRng } from '../../../src/core/simulate/rng.ts';
import { addDays } from '../../../src/core/window.ts';
import { detectorOn, END, historyOf, steadySurface } from './simulated.ts';

const rulesOf = (rows: SurfaceDay[], profile: 'seed' | 'default' = 'default'): string[] =>
  detectorOn(rows, profile)
    .judgeDay(END)
    .findings.map(({ rule, metric }) => `${rule} ${metric}`);

describe('what one surface says', () => {
  const spiking = (row: SurfaceDay, back: number): void => {
    if (back === 0) Object.assign(row, { errors: 83, dropoffs: 410, tickets: 19 });
  };

  it('errors, drop-offs and tickets together are spikes that co-occur', () => {
    expect(rulesOf(steadySurface(60, {}, spiking))).toEqual([
      'spike dropoff_rate',
      'spike error_rate',
      'spike ticket_rate',
      'co-occurrence error_rate+dropoff_rate',
      'co-occurrence error_rate+ticket_rate',
    ]);
  });

  it("the seed's profile says the same of them", () => {
    expect(rulesOf(steadySurface(60, {}, spiking), 'seed')).toEqual([
      'spike dropoff_rate',
      'spike error_rate',
      'spike ticket_rate',
      'co-occurrence error_rate+dropoff_rate',
      'co-occurrence error_rate+ticket_rate',
    ]);
  });

  it('errors yesterday and drop-offs today are a lag', () => {
    const rows = steadySurface(60, {}, (row, back) => {
      if (back === 1) row.errors = 90;
      if (back === 0) row.dropoffs = 450;
    });
    for (const profile of ['seed', 'default'] as const)
      expect(rulesOf(rows, profile)).toEqual(['spike dropoff_rate', 'lag dropoff_rate']);
  });

  it.each([
    ['failure-storm failure_rate', { request_failures: 300 }],
    ['conversion-drop conversion_rate', { actions: 90 }],
    ['latency latency_p95', { latency_p95: 1600 }],
  ])('%s', (finding, today) => {
    expect(rulesOf(steadySurface(60, {}, (row, back) => void (back === 0 && Object.assign(row, today))))).toEqual([
      finding,
    ]);
  });

  it('errors where nobody looks at a page are counted against requests', () => {
    const rows = steadySurface(60, { pageviews: 0, actions: 0, dropoffs: 0, tickets: 0 }, (row, back) => {
      if (back === 0) row.errors = 80;
    });
    expect(rulesOf(rows)).toEqual(['error-count errors']);
  });

  it('says since when, and for how many days', () => {
    const rows = steadySurface(60, {}, (row, back) => void (back < 4 && Object.assign(row, { errors: 83 })));
    expect(detectorOn(rows).judgeDay(END).episodeOf('surface', '/checkout', 'error_rate')).toEqual({
      since: addDays(END, -3),
      days: 4,
    });
  });

  it('is one episode where a single normal day lies between', () => {
    const flicker = [0, 2, 3];
    const rows = steadySurface(
      60,
      {},
      (row, back) => void (flicker.includes(back) && Object.assign(row, { errors: 83 })),
    );
    expect(detectorOn(rows).judgeDay(END).episodeOf('surface', '/checkout', 'error_rate')).toEqual({
      since: addDays(END, -3),
      days: 4,
    });
  });

  it('says what is back to normal once, after two normal days', () => {
    const detector = detectorOn(
      steadySurface(60, {}, (row, back) => void (back === 3 && Object.assign(row, { errors: 83 }))),
    );
    const said = [2, 1, 0].map((back) => detector.judgeDay(addDays(END, -back)).backToNormal);
    expect(said).toEqual([[], ['/checkout'], []]);
  });

  it('drops that are good are not flagged', () => {
    expect(
      rulesOf(
        steadySurface(60, {}, (row, back) => void (back === 0 && Object.assign(row, { errors: 0, dropoffs: 20 }))),
      ),
    ).toEqual([]);
  });
});

describe('history', () => {
  it.each([
    [14, ['insufficient-history history_days']],
    [15, []],
  ])('with %i days in all says %j', (days, expected) => {
    expect(rulesOf(steadySurface(days))).toEqual(expected);
    expect(rulesOf(steadySurface(days), 'seed')).toEqual(expected);
  });

  it('tells when baselines will be ready', () => {
    expect(detectorOn(steadySurface(10)).judgeDay(END).baselinesReadyOn).toBe(addDays(END, 5));
    expect(detectorOn(steadySurface(40)).judgeDay(END).baselinesReadyOn).toBeNull();
  });

  it('calls a page with few views too small, not young', () => {
    const rows = steadySurface(60, { pageviews: 12, requests: 0, actions: 3, dropoffs: 2, errors: 0, tickets: 0 });
    const verdict = detectorOn(rows).judgeDay(END);
    expect([verdict.tooSmall, verdict.insufficientHistory]).toEqual([['/checkout'], []]);
  });
});

describe('causality', () => {
  const product = simulateProduct({ seed: 77, surfaces: 12, days: 140, end: END, incidentsAMonth: 0, decoys: false });
  const rows = product.surfaceDays.map((row) =>
    row.surface === '/page-2' && row.date > addDays(END, -5) ? { ...row, errors: row.errors + 400 } : row,
  );
  const date = addDays(END, -2);
  const told = (input: SurfaceDay[], days: number, end: string): string => {
    const verdict = createDetector(historyOf(input, { days, end }), 'default').judgeDay(date);
    const episode = verdict.episodeOf('surface', '/page-2', 'error_rate');
    return JSON.stringify([verdict.findings, verdict.tooSmall, verdict.backToNormal, verdict.expectedFalse, episode]);
  };
  const alone = told(rows, HISTORY_DAYS, date);

  it('has something to say', () => expect(alone).toContain('spike'));

  it('later days never change a verdict', () => {
    expect(told(rows, HISTORY_DAYS + 2, END)).toBe(alone);
    const doctored = rows.map((row) => (row.date > date ? { ...row, errors: 9999, pageviews: 1 } : row));
    expect(told(doctored, HISTORY_DAYS + 2, END)).toBe(alone);
  });

  it('nor do days older than the history a verdict may read', () => expect(told(rows, 139, date)).toBe(alone));

  it('nor does the order of the rows', () => {
    const random = createRng(1, 'shuffle');
    const shuffled = rows.map((row) => ({ row, at: random.next() })).sort((a, b) => a.at - b.at);
    expect(
      told(
        shuffled.map(({ row }) => row),
        HISTORY_DAYS,
        date,
      ),
    ).toBe(alone);
  });

  it('nor does asking for other days before', () => {
    const detector = createDetector(historyOf(rows), 'default');
    for (const back of [0, 5, 3]) detector.judgeDay(addDays(END, -back));
    expect(JSON.stringify(detector.judgeDay(date).findings)).toBe(JSON.stringify(JSON.parse(alone)[0]));
  });
});

describe('bad input is defined', () => {
  it.each<[string, SurfaceDay[]]>([
    ['no rows', []],
    ['one point', steadySurface(1)],
    [
      'all zero',
      steadySurface(60, {
        pageviews: 0,
        actions: 0,
        dropoffs: 0,
        errors: 0,
        tickets: 0,
        requests: 0,
        request_failures: 0,
        latency_p95: null,
      }),
    ],
    ['constant', steadySurface(60)],
    [
      'more drop-offs, actions and failures than views and requests',
      steadySurface(60, { dropoffs: 5000, actions: 3000, request_failures: 9000 }),
    ],
    ['absurdly large', steadySurface(60, { pageviews: 1e15, errors: 1e13, requests: 1e15 })],
    ['NaN and negative', steadySurface(60, { errors: Number.NaN, tickets: -5, latency_p95: Number.NaN })],
    ['every other day missing', steadySurface(60).filter((_, index) => index % 2 === 1)],
  ])('%s: nothing flagged, nothing thrown', (_, rows) => {
    for (const profile of ['seed', 'default'] as const) {
      const { findings } = detectorOn(rows, profile).judgeDay(END);
      expect(findings.filter(({ rule }) => rule !== 'insufficient-history')).toEqual([]);
    }
  });

  it('two surfaces that differ by case are two surfaces', () => {
    const loud = steadySurface(
      60,
      { surface: '/Checkout' },
      (row, back) => void (back === 0 && Object.assign(row, { errors: 90 })),
    );
    const { findings } = detectorOn([...steadySurface(60), ...loud]).judgeDay(END);
    expect(findings.map(({ entity_key }) => entity_key)).toEqual(['/Checkout']);
  });

  it('whatever the counts, every figure of a finding is finite or null', () => {
    const count = fc.integer({ min: 0, max: 5000 });
    const day = fc.record({
      pageviews: count,
      dropoffs: count,
      errors: count,
      tickets: count,
      requests: count,
      request_failures: count,
      actions: count,
    });
    fc.assert(
      fc.property(fc.array(day, { minLength: 16, maxLength: 40 }), (days) => {
        const rows = steadySurface(days.length, {}, (row, back) => Object.assign(row, days[back]));
        for (const profile of ['seed', 'default'] as const)
          for (const finding of detectorOn(rows, profile).judgeDay(END).findings)
            for (const key of ['current', 'expected', 'p_value', 'q_value', 'z', 'delta_pct'] as const)
              expect(finding[key] === null || Number.isFinite(finding[key])).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
