import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/core/detect/detect.ts';
import { PROFILE_SETTINGS } from '../../../src/core/detect/profile.ts';
import { RULES } from '../../../src/core/detect/rules/index.ts';
import { isTold, type Judged, quietestLevel, SENSITIVITIES } from '../../../src/core/detect/sensitivity.ts';
import { simulateProduct } from '../../../src/core/simulate/product.ts';
import { addDays } from '../../../src/core/window.ts';
import { END, historyOf } from './simulated.ts';

const settings = { ...PROFILE_SETTINGS.default, alpha: 1e-3, maxQ: 0.2 };
const judged = (change: Partial<Judged>): Judged => ({
  current: 30,
  expected: 10,
  direction: 'up',
  p_value: 1e-9,
  q_value: 1e-7,
  count: 30,
  ...change,
});

describe('the knob', () => {
  it.each<[string, Partial<Judged>, string | null]>([
    ['plain and improbable', {}, 'quiet'],
    ['improbable and small', { current: 14 }, 'normal'],
    ['a fall to a third', { current: 10, expected: 30, direction: 'down' }, 'quiet'],
    ['just within the profile', { p_value: 9e-4, q_value: 0.1 }, 'normal'],
    ['just beyond it', { p_value: 2e-3, q_value: 0.3 }, 'eager'],
    ['far beyond it', { p_value: 0.2, q_value: 0.9 }, null],
    ['a new error seen often', { p_value: null, q_value: null, expected: 0, count: 400 }, 'quiet'],
    ['a new error seen a few times', { p_value: null, q_value: null, expected: 0, count: 20 }, 'normal'],
  ])('tells what is %s from the right level on', (_, change, level) => {
    expect(quietestLevel(judged(change), settings)).toBe(level);
  });

  it('tells at every more eager level what a quieter one tells', () => {
    for (const [index, level] of SENSITIVITIES.entries())
      expect(SENSITIVITIES.map((chosen) => isTold(level, chosen))).toEqual(SENSITIVITIES.map((_, at) => at >= index));
  });

  it('is never quieter for what is less probable', () => {
    const p = fc.double({ min: 1e-12, max: 1, noNaN: true });
    fc.assert(
      fc.property(p, p, (one, other) => {
        const rank = (value: number): number => {
          const level = quietestLevel(judged({ p_value: value, q_value: value }), settings);
          return level === null ? SENSITIVITIES.length : SENSITIVITIES.indexOf(level);
        };
        expect(rank(Math.min(one, other))).toBeLessThanOrEqual(rank(Math.max(one, other)));
      }),
    );
  });

  it('filters one measurement: told and faint together are the same at every setting', () => {
    const { surfaceDays } = simulateProduct({ seed: 3, surfaces: 60, days: 60, end: END, calmDays: 28 });
    const history = historyOf(surfaceDays);
    const measured = (date: string) =>
      SENSITIVITIES.map((level) => {
        const { findings, faint } = createDetector(history, 'default', RULES, level).judgeDay(date);
        const told = findings.filter(({ evidence }) => evidence.sensitivity !== undefined);
        return { told, all: [...told, ...faint].map((finding) => JSON.stringify(finding)).sort() };
      });
    let grown = 0;
    for (const back of [0, 3, 6, 9]) {
      const [quiet, normal, eager] = measured(addDays(END, -back));
      expect(quiet?.all).toEqual(normal?.all);
      expect(eager?.all).toEqual(normal?.all);
      expect(quiet?.told.length).toBeLessThanOrEqual(normal?.told.length ?? 0);
      grown += (eager?.told.length ?? 0) - (quiet?.told.length ?? 0);
    }
    expect(grown).toBeGreaterThan(0);
  });
});
