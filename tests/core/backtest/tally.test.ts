import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/core/backtest/episodes.ts';
import { scoreTallies } from '../../../src/core/backtest/score.ts';
import { type BacktestRun, tallyRun } from '../../../src/core/backtest/tally.ts';
import type { TruthEntry } from '../../../src/core/backtest/truth.ts';

const day = (number: number): string => `2026-03-${String(number).padStart(2, '0')}`;
const alert = (surface: string, on: number, metric = 'error_rate'): Alert => ({
  date: day(on),
  entity_type: 'surface',
  entity_key: surface,
  metric,
});
const entry = (entity_key: string, from: number, end: number, more: Partial<TruthEntry> = {}): TruthEntry => ({
  id: `${entity_key} ${from}`,
  kind: 'error-spike',
  entity_type: 'surface',
  entity_key,
  metric: 'error_rate',
  start: day(from),
  end: day(end),
  material: true,
  ...more,
});
const run = (alerts: Alert[], incidents: TruthEntry[], more: Partial<BacktestRun> = {}) =>
  tallyRun({
    alerts,
    gaps: [],
    truth: { incidents, decoys: [] },
    judged: { start: day(1), end: day(31) },
    surfaces: 10,
    ...more,
  });

describe('an alert and what truly happened', () => {
  it.each<[string, Alert[], delay: number | null, wrong: number]>([
    ['on the first day', [alert('/a', 5)], 0, 0],
    ['on the third day', [alert('/a', 7)], 2, 0],
    ['on every day, told once', [alert('/a', 5), alert('/a', 6), alert('/a', 7)], 0, 0],
    ['by another metric that moved with it', [alert('/a', 6, 'dropoff_rate')], 1, 0],
    ['on the day after, still of it', [alert('/a', 8)], 3, 0],
    ['two days after: too late to be of it', [alert('/a', 9)], null, 1],
    ['on the last day and on, as one episode', [alert('/a', 7), alert('/a', 9), alert('/a', 11)], 2, 0],
    ['on another surface', [alert('/b', 6)], null, 1],
    ['before it began', [alert('/a', 3)], null, 1],
    ['never', [], null, 0],
  ])('%s', (_, alerts, delay, wrong) => {
    const tally = run(alerts, [entry('/a', 5, 8)]);
    expect([tally.incidents[0]?.delay, tally.falseEpisodes]).toEqual([delay, wrong]);
  });

  it.each<[string, Alert[], number]>([
    ['three days in a row', [alert('/a', 3), alert('/a', 4), alert('/a', 5)], 1],
    ['with one quiet day between', [alert('/a', 3), alert('/a', 5)], 1],
    ['with two quiet days between', [alert('/a', 3), alert('/a', 6)], 2],
    ['two metrics of one surface at once', [alert('/a', 3), alert('/a', 4, 'ticket_rate')], 1],
    ['two surfaces', [alert('/a', 3), alert('/b', 3)], 2],
    ['the same alert twice', [alert('/a', 3), alert('/a', 3)], 1],
    ['outside the judged days', [{ ...alert('/a', 3), date: '2026-02-27' }], 0],
  ])('false ones count by what a person is told: %s', (_, alerts, wrong) =>
    expect(run(alerts, []).falseEpisodes).toBe(wrong),
  );

  it('a shared cause is found by its signature or by any of its surfaces', () => {
    const shared = entry('E1', 5, 7, {
      entity_type: 'error_signature',
      members: [
        { entity_type: 'surface', entity_key: '/a' },
        { entity_type: 'surface', entity_key: '/b' },
      ],
    });
    const named: Alert = { date: day(6), entity_type: 'error_signature', entity_key: 'E1', metric: 'errors' };
    for (const alerts of [[named], [alert('/b', 6)], [named, alert('/a', 6), alert('/b', 6)]]) {
      const tally = run(alerts, [shared]);
      expect([tally.incidents[0]?.delay, tally.falseEpisodes]).toEqual([1, 0]);
    }
  });

  it('a signature told with its surface counts as the surface', () => {
    const seen: Alert = {
      date: day(6),
      entity_type: 'error_signature',
      entity_key: 'E',
      metric: 'errors',
      surface: '/a',
    };
    expect(run([seen], [entry('/a', 5, 8)]).incidents[0]?.delay).toBe(1);
    expect(run([seen, alert('/a', 6)], []).falseEpisodes).toBe(1);
  });

  it('what began before the judged days is nobody’s to find and explains its alerts', () => {
    const tally = run([alert('/a', 2)], [{ ...entry('/a', 1, 4), start: '2026-02-26' }]);
    expect([tally.incidents, tally.falseEpisodes]).toEqual([[], 0]);
  });
});

describe('decoys', () => {
  const decoy = (kind: string, key: string, metric: string, also: string[] = []): TruthEntry =>
    entry(key, 10, 12, { kind, metric, also, material: false });

  it.each<[string, TruthEntry, Alert[], boolean]>([
    ['a surge alerted of', decoy('traffic-surge', '/a', 'pageviews'), [alert('/a', 10)], true],
    ['a surge beside an alert', decoy('traffic-surge', '/a', 'pageviews'), [alert('/b', 10)], false],
    ['a holiday with an outage told', decoy('holiday', '*', 'pageviews'), [alert('/b', 10, 'pageviews')], true],
    ['a holiday with another metric told', decoy('holiday', '*', 'pageviews'), [alert('/b', 10)], false],
    [
      'a gap told as a drop',
      decoy('tracking-gap', '*', 'actions', ['conversion_rate']),
      [alert('/b', 11, 'conversion_rate')],
      true,
    ],
    [
      'an alert that lasts from before',
      decoy('traffic-surge', '/a', 'pageviews'),
      [alert('/a', 9), alert('/a', 10)],
      false,
    ],
  ])('%s', (_, known, alerts, flagged) => {
    const tally = run(alerts, [], { truth: { incidents: [], decoys: [known] } });
    expect(tally.decoys[0]?.flagged).toBe(flagged);
  });

  it('a gap is named on a day of it and by its measure only', () => {
    const truth = { incidents: [], decoys: [decoy('tracking-gap', '*', 'actions')] };
    const named = (on: number, metric: string) =>
      run([], [], { truth, gaps: [{ date: day(on), metric }] }).decoys[0]?.named;
    expect([named(11, 'actions'), named(12, 'actions'), named(11, 'errors')]).toEqual([true, false, false]);
  });
});

describe('the score', () => {
  const tally = run(
    [alert('/a', 5), alert('/b', 6), alert('/c', 20), alert('/d', 20)],
    [
      entry('/a', 5, 8),
      entry('/b', 5, 8, { material: false }),
      entry('/e', 5, 8),
      entry('/f', 5, 8, { material: false }),
    ],
  );

  it('is what the definitions make of the counts', () => {
    const score = scoreTallies([tally]);
    expect(score.precision).toMatchObject({ value: 0.5, of: 4 });
    expect(score.recall).toMatchObject({ value: 0.5, of: 4 });
    expect(score.materialRecall).toMatchObject({ value: 0.5, of: 2 });
    expect(score.f1.value).toBeCloseTo(0.5);
    expect(score.falseAMonth).toMatchObject({ value: 0.2, of: 10 });
    expect(score.falseADay.value).toBeCloseTo(2 / 30);
    expect(score.daysToDetect.value).toBe(0.5);
  });

  it('of several runs is that of their counts together, and surer', () => {
    const one = scoreTallies([tally]);
    const four = scoreTallies([tally, tally, tally, tally]);
    for (const key of ['precision', 'recall', 'f1', 'falseAMonth', 'daysToDetect'] as const) {
      expect(four[key].value).toBeCloseTo(one[key].value ?? Number.NaN);
      expect((four[key].high ?? 0) - (four[key].low ?? 0)).toBeLessThan((one[key].high ?? 0) - (one[key].low ?? 0));
    }
  });

  it('says nothing where there is nothing to count', () => {
    const { precision, recall, materialRecall, daysToDetect, falseAMonth } = scoreTallies([run([], [])]);
    for (const figure of [precision, recall, materialRecall, daysToDetect]) expect(figure.value).toBeNull();
    expect(falseAMonth.value).toBe(0);
    expect(falseAMonth.high).toBeGreaterThan(0);
  });
});
