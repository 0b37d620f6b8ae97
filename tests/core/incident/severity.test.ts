import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmOfHour, isWorse, severityOfHour } from '../../../src/core/incident/severity.ts';

describe('how bad an hour is', () => {
  it.each([
    ['61 of 412 views failing where 12 are expected', 'error_rate', 0.148, 0.028, 412, 'high'],
    ['twice the errors on many views', 'error_rate', 0.04, 0.02, 5000, 'medium'],
    ['three times the errors on a small page', 'error_rate', 0.06, 0.02, 500, 'medium'],
    ['half more errors on a small page', 'error_rate', 0.032, 0.02, 500, 'low'],
    ['every request failing where none does', 'failure_rate', 1, 0, 40, 'high'],
    ['3 errors in 8 views: far from normal, and hardly anybody', 'error_rate', 0.375, 0.02, 8, 'medium'],
    ['a third more people leaving', 'dropoff_rate', 0.4, 0.3, 300, 'medium'],
    ['no traffic where a hundred views are expected', 'traffic', 0, 100, null, 'high'],
    ['half of the traffic', 'traffic', 50, 100, null, 'medium'],
  ] as const)('%s', (_, metric, current, expected, exposure, severity) => {
    expect(severityOfHour(metric, { current, expected }, exposure)).toBe(severity);
  });

  it('grows with the rate and with how many are hit, and is always between 0 and 1', () => {
    const rate = fc.double({ min: 0, max: 1, noNaN: true });
    const exposure = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(rate, rate, rate, exposure, exposure, (a, b, expected, few, many) => {
        const harm = (current: number, of: number) => harmOfHour('error_rate', { current, expected }, of);
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(harm(less, few)).toBeLessThanOrEqual(harm(more, few) + 1e-12);
        expect(harm(more, Math.min(few, many))).toBeLessThanOrEqual(harm(more, Math.max(few, many)) + 1e-12);
        expect(harm(more, few)).toBeGreaterThanOrEqual(0);
        expect(harm(more, few)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('knows worse from better', () => {
    expect([isWorse('high', 'medium'), isWorse('medium', 'medium'), isWorse('low', 'high')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
