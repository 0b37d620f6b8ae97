import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/core/detect/detect.ts';
import { createHistory } from '../../../src/core/detect/history.ts';
import { flaggedEntities } from '../../../src/core/rank/rank.ts';
import type { Reconciled, Reconciliation } from '../../../src/core/reconciliation.ts';
import type { Finding, SurfaceDay } from '../../../src/core/records.ts';
import { createRng } from '../../../src/core/simulate/rng.ts';
import { binomial, poisson } from '../../../src/core/simulate/samplers.ts';
import { addDays } from '../../../src/core/window.ts';
import { END, steadySurface } from './simulated.ts';

const PAID: Reconciliation = {
  id: 'paid_without_order',
  label: 'paid without order',
  left: { type: 'request', endpoint: 'POST /payments', status: ['2xx'] },
  right: { type: 'action', event: 'order.created' },
  by: 'order_id',
  within: 15,
  tolerance: 0.01,
};

interface Day {
  left: number;
  unmatched: number;
}

/** Sixty days of a reconciliation; `today` is the last of them. */
function reconciled(
  usual: Day | ((back: number) => Day),
  today: Day,
  changes: Partial<Reconciliation> = {},
): Reconciled {
  const days = Array.from({ length: 60 }, (_, back) => ({
    date: addDays(END, -back),
    surface: '/checkout',
    ...(back === 0 ? today : typeof usual === 'function' ? usual(back) : usual),
  }));
  const right = days.map(({ date, left, unmatched }) => ({ date, count: left - unmatched }));
  return { reconciliation: { ...PAID, ...changes }, days, right };
}

function judge(reconciliations: Reconciled[], rows: SurfaceDay[] = steadySurface(95)): Finding[] {
  const range = { start: addDays(END, -95), end: addDays(END, 1) };
  const { findings } = createDetector(createHistory({ range, surfaceDays: rows, reconciliations }), 'default').judgeDay(
    END,
  );
  return findings.filter(({ rule }) => rule === 'reconciliation');
}

describe('a reconciliation', () => {
  it('tells of payments without an order: where, how many, against what, and that it is bad', () => {
    const [found, ...others] = judge([reconciled({ left: 120, unmatched: 0 }, { left: 118, unmatched: 14 })]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      entity_type: 'surface',
      entity_key: '/checkout',
      metric: 'unmatched_rate',
      direction: 'up',
      current: 14 / 118,
      evidence: {
        reconciliation: 'paid_without_order',
        label: 'paid without order',
        within_minutes: 15,
        tolerance: 0.01,
        count: 14,
        exposure: 118,
        right_events: 104,
      },
    });
    expect(found?.expected).toBeLessThan(0.001);
  });

  it('makes a priority of the page it is told on', () => {
    const found = judge([reconciled({ left: 120, unmatched: 0 }, { left: 118, unmatched: 14 })]);
    expect(flaggedEntities(found).map(({ entity_key }) => entity_key)).toEqual(['/checkout']);
  });

  it.each<[string, Reconciled]>([
    ['two are too few', reconciled({ left: 120, unmatched: 0 }, { left: 118, unmatched: 2 })],
    ['it is within the tolerance', reconciled({ left: 900, unmatched: 0 }, { left: 900, unmatched: 8 })],
    ['a fifth stays alone every day', reconciled({ left: 120, unmatched: 24 }, { left: 120, unmatched: 26 })],
    ['fewer than normal stay alone', reconciled({ left: 120, unmatched: 24 }, { left: 120, unmatched: 3 })],
    [
      'a rush of payments brings no more of them',
      reconciled({ left: 120, unmatched: 6 }, { left: 1200, unmatched: 60 }),
    ],
    ['there are no payments', reconciled({ left: 120, unmatched: 0 }, { left: 0, unmatched: 0 })],
  ])('says nothing where %s', (_, one) => expect(judge([one])).toEqual([]));

  it('demands two weeks of history', () => {
    const short = reconciled({ left: 120, unmatched: 0 }, { left: 118, unmatched: 14 });
    const days = (count: number) => judge([{ ...short, days: short.days.slice(0, count + 1) }]).length;
    expect([days(13), days(14)]).toEqual([0, 1]);
  });

  it('holds a tolerance of its own', () => {
    const today = { left: 120, unmatched: 14 };
    expect(judge([reconciled({ left: 120, unmatched: 0 }, today, { tolerance: 0.11 })])).toHaveLength(1);
    expect(judge([reconciled({ left: 120, unmatched: 0 }, today, { tolerance: 0.12 })])).toEqual([]);
  });

  it('is one finding a page, of the one that fails worst', () => {
    const paid = reconciled({ left: 120, unmatched: 0 }, { left: 118, unmatched: 4 });
    const shipped = reconciled(
      { left: 120, unmatched: 0 },
      { left: 118, unmatched: 60 },
      { id: 'shipped', label: 'shipped unseen' },
    );
    const fine = reconciled({ left: 120, unmatched: 0 }, { left: 118, unmatched: 0 }, { id: 'fine', label: 'fine' });
    for (const order of [
      [paid, shipped, fine],
      [fine, shipped, paid],
    ])
      expect(judge(order).map(({ evidence }) => evidence.reconciliation)).toEqual(['shipped']);
  });

  it('says nothing on a day when the orders are not tracked at all, and is back the day they are', () => {
    const silent = steadySurface(95, {}, (row, back) => void (back === 0 && Object.assign(row, { actions: 0 })));
    const lost = reconciled({ left: 120, unmatched: 0 }, { left: 118, unmatched: 118 });
    expect(judge([lost], silent)).toEqual([]);
    expect(judge([lost])).toHaveLength(1);
  });

  it('knows no rule of the seed profile', () => {
    const input = [reconciled({ left: 120, unmatched: 0 }, { left: 118, unmatched: 14 })];
    const range = { start: addDays(END, -95), end: addDays(END, 1) };
    const history = createHistory({ range, surfaceDays: steadySurface(95), reconciliations: input });
    const { findings } = createDetector(history, 'seed').judgeDay(END);
    expect(findings.filter(({ rule }) => rule === 'reconciliation')).toEqual([]);
  });

  it('is quiet where nothing changed, whatever the usual share', () => {
    const judged = fc.sample(
      fc.record({
        seed: fc.nat(),
        left: fc.integer({ min: 20, max: 600 }),
        rate: fc.double({ min: 0, max: 0.3, noNaN: true }),
      }),
      {
        seed: 7,
        numRuns: 80,
      },
    );
    const alarms = judged.filter(({ seed, left, rate }) => {
      const rng = createRng(seed, 'reconciliation');
      const day = (): Day => {
        const count = poisson(rng, left);
        return { left: count, unmatched: binomial(rng, count, rate) };
      };
      return judge([reconciled(day, day(), { tolerance: 0 })]).length > 0;
    });
    expect(alarms.length).toBeLessThanOrEqual(1);
  });
});
