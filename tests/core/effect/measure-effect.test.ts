import { describe, expect, it } from 'vitest';
import { type HourHistory, HourHistoryBuilder } from '../../../src/core/detect/hour-history.ts';
import type { EffectResult } from '../../../src/core/effect/effect-check.ts';
import { effectWords } from '../../../src/core/effect/effect-words.ts';
import { measureEffect } from '../../../src/core/effect/measure-effect.ts';
import { listHours } from '../../../src/core/hours.ts';
import type { Expectation } from '../../../src/core/proposal/expectation.ts';
import { createRng } from '../../../src/core/simulate/rng.ts';
import { gammaFactor, overDispersedCount, poisson } from '../../../src/core/simulate/samplers.ts';

const HOUR = 3_600_000;
const DONE = Date.UTC(2026, 0, 30, 15);
const before = { start: DONE - 6 * HOUR, end: DONE };
const after = { start: DONE + HOUR, end: DONE + 25 * HOUR };
const expected: Expectation = {
  ...{ metric: 'error_rate', surface: '/checkout', direction: 'down', observed: 0.08, normal: 0.012 },
  ...{ size: null, since: before.start, horizonHours: 24 },
};
const DAY = [
  0.3, 0.2, 0.2, 0.2, 0.2, 0.3, 0.5, 0.8, 1.1, 1.3, 1.4, 1.4, 1.5, 1.4, 1.4, 1.4, 1.3, 1.3, 1.4, 1.5, 1.4, 1.2, 0.8,
  0.5,
];

interface World {
  seed?: number;
  /** Rate of the page before and after. */
  rates: [number, number];
  /** Views an hour at a usual hour. */
  views?: number;
  pages?: number;
  /** What happens to every page's rate after, the product's own drift. */
  drift?: number;
}

/** A page and others like it by the hour: days of differing depth, rates that wander from hour to hour. */
function simulate({ seed = 1, rates, views = 400, pages = 12, drift = 1 }: World): HourHistory {
  const rng = createRng(seed, 'effect');
  const hours = listHours({ start: before.start, end: after.end }, 'UTC');
  const builder = new HourHistoryBuilder(hours);
  for (let page = 0; page <= pages; page += 1) {
    const size = page === 0 ? 1 : 0.4 + 1.8 * rng.next();
    const own = page === 0 ? null : 0.008 + 0.02 * rng.next();
    for (const { start } of hours) {
      const seen = poisson(rng, views * size * (DAY[new Date(start).getUTCHours()] ?? 1));
      const later = start >= DONE;
      const rate = (own ?? rates[later ? 1 : 0]) * (later ? drift : 1) * gammaFactor(rng, 0.03);
      builder.add({
        ...{ hour: start, surface: page === 0 ? '/checkout' : `/page-${page}`, pageviews: seen },
        ...{
          actions: 0,
          dropoffs: 0,
          tickets: 0,
          requests: seen,
          request_failures: 0,
          errors: poisson(rng, seen * rate),
        },
        latency_p95: (own === null ? 400 * (later ? rates[1] / rates[0] : 1) : 300) * gammaFactor(rng, 0.02),
      });
    }
  }
  return builder.build();
}

const measure = (world: World, changed: Partial<Expectation> = {}, leaveOut: string[] = []): EffectResult =>
  measureEffect({ expectation: { ...expected, ...changed }, before, after, leaveOut }, simulate(world));

const words = (result: EffectResult, changed: Partial<Expectation> = {}): string =>
  Object.values(effectWords({ ...expected, ...changed }, result)).join(' ');

describe('whether an action helped', () => {
  it('tells a page that came back from one that did not', () => {
    const helped = measure({ rates: [0.08, 0.014] });
    expect(helped).toMatchObject({ verdict: 'helped', reason: null });
    expect(helped.difference).toBeCloseTo(-0.066, 2);
    expect(helped.matched).toHaveLength(12);
    expect(words(helped)).toMatch(
      /^It helped\. Error rate on \/checkout fell 6\.\d points \(\d\.\d–\d\.\d\) more than on matched pages\./,
    );
    const stayed = measure({ rates: [0.08, 0.079] });
    expect(stayed.verdict).toBe('did_not_help');
    expect(words(stayed)).toContain('It did not help.');
  });

  it('says that it got worse', () => {
    const worse = measure({ rates: [0.04, 0.09] });
    expect(worse.verdict).toBe('worse');
    expect(words(worse)).toMatch(/^It got worse\. Error rate on \/checkout rose/);
  });

  it('says where it helped by less than half of what was expected', () => {
    const little = measure({ rates: [0.08, 0.066], views: 8_000 });
    expect(little.verdict).toBe('did_not_help');
    expect(words(little)).toContain('by less than half of what was expected');
  });

  it('puts nothing down to the action that the whole product did', () => {
    const everywhere = measure({ rates: [0.02, 0.02], drift: 0.5 }, { observed: 0.02, normal: 0.012 });
    expect(everywhere.verdict).not.toBe('helped');
  });

  it('cannot tell by a handful of views, and says how many there were', () => {
    const few = measure({ rates: [0.08, 0.01], views: 1.5 });
    expect(few).toMatchObject({ verdict: 'cannot_tell', difference: null });
    expect(words(few)).toMatch(/^Can't tell yet: \d+ views (since|before it)\./);
  });

  it('cannot tell without pages to hold it against', () => {
    expect(measure({ rates: [0.08, 0.01], pages: 2 })).toMatchObject({
      verdict: 'cannot_tell',
      reason: 'only 2 pages to hold it against',
    });
    const rest = Array.from({ length: 11 }, (_, page) => `/page-${page + 1}`);
    expect(measure({ rates: [0.08, 0.01] }, {}, rest).reason).toBe('only 1 page to hold it against');
  });

  it('cannot tell of a page that has no hours', () => {
    expect(measure({ rates: [0.08, 0.01] }, { surface: '/gone' }).reason).toBe('no data since');
  });

  it('cannot tell of a metric that is not kept by the hour', () => {
    expect(measure({ rates: [0.08, 0.01] }, { metric: 'retention_rate' }).reason).toContain('not kept by the hour');
  });

  it('measures latency in its own unit, by ratio', () => {
    const latency = { metric: 'latency_p95', observed: 400, normal: 80 };
    const faster = measure({ rates: [1, 0.2] }, latency);
    expect(faster.verdict).toBe('helped');
    expect(faster.difference).toBeLessThan(-250);
    expect(words(faster, latency)).toMatch(/p95 latency on \/checkout fell 3\d0 ms \(\d+–\d+ ms\)/);
  });

  it('measures traffic against the shape of the day', () => {
    const rng = createRng(7, 'traffic');
    const hours = listHours({ start: before.start, end: after.end }, 'UTC');
    const builder = new HourHistoryBuilder(hours);
    for (let page = 0; page <= 10; page += 1)
      for (const { start } of hours) {
        const usual = 300 * (DAY[new Date(start).getUTCHours()] ?? 1);
        const views = overDispersedCount(rng, page === 0 && start < DONE ? usual * 0.2 : usual, 0.01);
        const none = { actions: 0, dropoffs: 0, tickets: 0, requests: 0, request_failures: 0, errors: 0 };
        builder.add({
          ...none,
          hour: start,
          surface: page === 0 ? '/checkout' : `/p${page}`,
          pageviews: views,
          latency_p95: null,
        });
      }
    const traffic = { metric: 'pageviews', direction: 'up', observed: 80, normal: 400 } as const;
    const result = measureEffect(
      { expectation: { ...expected, ...traffic }, before, after, leaveOut: [] },
      builder.build(),
    );
    expect(result.verdict).toBe('helped');
  });

  it('claims help where there was none in at most 5% of 100 simulated actions, and finds 95% of real ones', () => {
    let claimed = 0;
    let found = 0;
    for (let seed = 1; seed <= 100; seed += 1) {
      const nothing = measure({ seed, rates: [0.03, 0.03], views: 150 }, { observed: 0.03, normal: 0.012 });
      if (nothing.verdict === 'helped') claimed += 1;
      if (measure({ seed, rates: [0.06, 0.015], views: 150 }, { observed: 0.06 }).verdict === 'helped') found += 1;
    }
    expect(claimed).toBeLessThanOrEqual(5);
    expect(found).toBeGreaterThanOrEqual(95);
  }, 30_000);
});
