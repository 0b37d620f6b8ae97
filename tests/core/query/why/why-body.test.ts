import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Metric } from '../../../../src/core/catalogue/define.ts';
import { findMetric } from '../../../../src/core/catalogue/index.ts';
import { claimOf } from '../../../../src/core/explain/ladder.ts';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import type { ChangeTest } from '../../../../src/core/query/why/change-test.ts';
import type { WhyEvidence } from '../../../../src/core/query/why/evidence.ts';
import type { Why } from '../../../../src/core/query/why/why.ts';
import { writeWhy } from '../../../../src/core/query/why/why-body.ts';
import { whyWindows } from '../../../../src/core/query/why/windows.ts';
import type { Source } from '../../../../src/core/records.ts';

const AS_OF = Date.parse('2026-01-30T08:00:00Z');
const WINDOW = { start: '2026-01-19', end: '2026-01-26' };

function metricOf(id: string): Metric {
  const metric = findMetric(id);
  if (!metric) throw new RangeError(id);
  return metric;
}

const testOf = (changes: Partial<ChangeTest> = {}): ChangeTest => ({
  before: 0.013,
  now: 0.021,
  change: 0.008,
  band: 0.003,
  p: 0.0004,
  outside: true,
  onset: '2026-01-21',
  history_days: 56,
  days: { now: 7, before: 7 },
  ...changes,
});

const QUIET: WhyEvidence = {
  test: testOf(),
  contributors: undefined,
  traffic: undefined,
  companions: [],
  steady: [],
  releases: [],
  signatures: [],
  themes: [],
  unmoved: undefined,
};

function whyOf({ metric = 'error_rate', ...changes }: Partial<Omit<Why, 'metric'>> & { metric?: string } = {}): Why {
  const windows = whyWindows({ window: WINDOW, compare: null }, AS_OF, 'Europe/Berlin');
  const evidence = changes.evidence ?? QUIET;
  return {
    query: {
      metric,
      surface: '/checkout',
      filters: {},
      window: WINDOW,
      compare: null,
      group_by: [],
      grain: null,
      order: 'desc',
      limit: 10,
    },
    metric: metricOf(metric),
    chosen: false,
    windows,
    looked: windows,
    test: evidence.test,
    evidence,
    rows: [],
    accountsNamed: false,
    reach: null,
    priority: null,
    marks: [],
    quotes: [],
    sources: ['posthog', 'sentry', 'intercom'],
    watermark: AS_OF,
    setting: { asOf: AS_OF, zone: 'Europe/Berlin', currency: 'USD' },
    ...changes,
  };
}

const textOf = (why: Why): string => plainText(writeWhy(why, null));

const release = {
  release: 'web@1.42.0',
  began: '2026-01-21',
  under: 0.038,
  before: 0.009,
  others: 0.01,
  aligned: true,
};
const part = (dimension: string, value: string, share: number) => ({
  dimension,
  value,
  share,
  change: 0.008 * share,
  rate: 0.008 * share,
  mix: 0,
  usual_share: 0.04,
  count: 90,
});
const contributorsOf = (...explained: ReturnType<typeof part>[]) => ({
  before: 0.013,
  now: 0.021,
  change: 0.008,
  explained,
  searched: ['release', 'plan'],
  outside: explained.length === 0,
});
const companion = (id: string, precedes: boolean) => ({
  metric: metricOf(id),
  test: testOf({ before: 0.28, now: 0.41, change: 0.13, onset: '2026-01-20' }),
  q: 0.001,
  precedes,
});

describe('a why in words', () => {
  it('says what moved and by how much more than usual', () => {
    expect(textOf(whyOf())).toContain(
      'Error rate on /checkout rose 0.8 points, from 1.3% to 2.1%: more than this page does most weeks (±0.3).',
    );
    expect(textOf(whyOf())).toContain('Nothing we measure explains it.');
  });

  it('would not look for a cause inside normal variation', () => {
    const test = testOf({ outside: false, p: 0.4, band: 0.018 });
    const text = textOf(whyOf({ metric: 'dropoff_rate', evidence: { ...QUIET, test } }));
    expect(text).toContain(
      'Drop-off rate on /checkout rose 0.8 points, inside what this page does most weeks (±1.8): from 1.3% to 2.1%.',
    );
    expect(text).toContain('I would not look for a cause.');
    expect(text).not.toContain('Nothing we measure');
  });

  it.each([
    [
      'counts in percent where they did not leap',
      'errors',
      testOf({ before: 17, now: 23, change: 6, band: 4 }),
      'Errors on /checkout rose 35%, from 119 to 161: more than this page does most weeks (±24%).',
    ],
    [
      'counts that leapt by themselves',
      'errors',
      testOf({ before: 1, now: 23, change: 22, band: 2 }),
      'Errors on /checkout rose from 7 to 161: more than this page does most weeks (±14).',
    ],
    [
      'money in its currency',
      'revenue',
      testOf({ before: 100_000, now: 60_000, change: -40_000, band: 10_000 }),
      'Revenue on /checkout fell 40%, from $7k to $4.2k: more than this page does most weeks (±10%).',
    ],
    [
      'what nobody can tell',
      'error_rate',
      testOf({ band: null, p: null, outside: null, history_days: 6 }),
      'rose 0.8 points, from 1.3% to 2.1%. With 6 days before it, nobody can tell whether that is more than usual.',
    ],
    [
      'what stood still',
      'error_rate',
      testOf({ now: 0.013, change: 0, outside: false }),
      'did not move: 1.3% in both periods, Mon 19–Sun 25 Jan and 12–18 Jan.',
    ],
  ])('tells %s', (_, metric, test, text) => {
    expect(textOf(whyOf({ metric, evidence: { ...QUIET, test } }))).toContain(text);
  });

  it('tells the evidence with the verb of its rung, what speaks against and what is not known', () => {
    const text = textOf(
      whyOf({
        evidence: {
          ...QUIET,
          contributors: contributorsOf(part('error_signature', 'PAYMENT_PROVIDER_TIMEOUT', 0.88)),
          releases: [release],
          companions: [companion('dropoff_rate', false), companion('ticket_rate', true)],
          themes: [{ value: 'card fails', before: 3, now: 42 }],
          unmoved: { dimension: 'platform', value: 'ios', before: 0.012, now: 0.011 },
        },
      }),
    );
    expect(text).toContain('PAYMENT_PROVIDER_TIMEOUT makes up 88% of the change, normally 4% of the events.');
    expect(text).toContain('It began with release web@1.42.0 (Wed 21 Jan): 3.8% under it, 0.9% before.');
    expect(text).toContain('Drop-off rate rose with it, from 28% to 41%.');
    expect(text).toContain('Ticket rate rose before it, on Tue 20 Jan: from 28% to 41%.');
    expect(text).toContain('Tickets about "card fails" rose with it: 42, 3 before.');
    expect(text).toContain('Against: platform ios stayed as it was: 1.1%, 1.2% before.');
    expect(text).toContain("Not known: the payment provider's own status is not a source here");
  });

  it('does not blame a release that others fail under as well', () => {
    const evidence = { ...QUIET, releases: [{ ...release, others: 0.04, aligned: false }] };
    const text = textOf(whyOf({ evidence }));
    expect(text).toContain(
      'Release web@1.42.0 came out on Wed 21 Jan but does not set it apart: 3.8% under it, 4% under others.',
    );
    expect(text).not.toContain('began with');
  });

  it('never claims more than a release that lines up can carry, whatever the evidence', () => {
    // Names that themselves claim, as tickets and errors may.
    const named = fc.constantFrom('TIMEOUT', 'it was caused by you', 'rose before it', 'p95 < 3', '{now}', '**x**');
    const figure = fc.double({ min: 0, max: 1, noNaN: true });
    const risen = fc.record({ value: named, before: fc.nat(9), now: fc.nat(99) });
    const anyEvidence = fc.record({
      contributors: fc.option(
        fc
          .array(
            fc.record({
              dimension: fc.constantFrom('plan', 'account', 'ticket_topic', 'release'),
              value: named,
              share: figure,
            }),
          )
          .map((parts) => contributorsOf(...parts.map(({ dimension, value, share }) => part(dimension, value, share)))),
        { nil: undefined },
      ),
      traffic: fc.option(fc.record({ traffic: figure, rate: figure }), { nil: undefined }),
      companions: fc.array(
        fc.boolean().map((precedes) => companion('latency_p95', precedes)),
        { maxLength: 2 },
      ),
      steady: fc.constantFrom([], [metricOf('ticket_rate')]),
      releases: fc.array(
        fc.record({
          release: named,
          began: fc.constant('2026-01-20'),
          under: fc.option(figure),
          before: fc.option(figure),
          others: fc.option(figure),
          aligned: fc.boolean(),
        }),
        { maxLength: 2 },
      ),
      signatures: fc.array(risen, { maxLength: 3 }),
      themes: fc.array(risen, { maxLength: 3 }),
      unmoved: fc.option(
        fc.record({ dimension: fc.constant('plan' as const), value: named, before: figure, now: figure }),
        {
          nil: undefined,
        },
      ),
    });
    const anyTest = fc.record({
      before: figure,
      now: figure,
      change: fc.double({ min: -1, max: 1, noNaN: true }),
      band: fc.option(figure),
      outside: fc.constantFrom(true, false, null),
      onset: fc.constantFrom(null, '2026-01-20'),
    });
    const sources = fc.subarray<Source>(['posthog', 'sentry', 'intercom']);
    fc.assert(
      fc.property(
        anyEvidence,
        anyTest,
        sources,
        fc.constantFrom('errors', 'error_rate', 'latency_p95'),
        (found, tested, known, metric) => {
          const evidence = { ...QUIET, ...found, test: testOf(tested) };
          const why = whyOf({ metric, evidence, sources: known });
          const body = writeWhy(why, null);
          const names = ['it was caused by you', 'rose before it'];
          const own = [body.headline, ...body.sentences].map((spans) =>
            names.reduce((text, name) => text.replaceAll(name, ''), spans.map(({ text }) => text).join('')),
          );
          const allowed = found.releases.some(({ aligned }) => aligned) ? [] : ['release-aligned'];
          for (const text of own) expect(['reversed', ...allowed]).not.toContain(claimOf(text));
        },
      ),
      { numRuns: 200 },
    );
  });
});
