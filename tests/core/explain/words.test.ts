import { describe, expect, it } from 'vitest';
import { evidenceChips, headline, trendWord, whoIsHit } from '../../../src/core/explain/describe.ts';
import { classifyError } from '../../../src/core/explain/error-family.ts';
import { type Rung, strongestRung } from '../../../src/core/explain/ladder.ts';
import { voiceFault } from '../../../src/core/explain/voice.ts';
import { buildFacts } from '../../../src/core/facts/ledger.ts';
import { checkoutIncident, finding, priority } from '../../support/priority.ts';

const CONTEXT = { currency: 'USD', timezone: 'Europe/Berlin' };

describe('the evidence ladder', () => {
  it.each<[string[], string[], Rung | null]>([
    [[], [], null],
    [['spike'], [], null],
    [['spike', 'co-occurrence'], [], 'co-occurs'],
    [[], ['errors+tickets co-occur'], 'co-occurs'],
    [['lag', 'co-occurrence'], [], 'precedes'],
    [[], ['errors precede dropoffs'], 'precedes'],
    [['concentration', 'lag'], [], 'concentrated'],
    [['release', 'concentration', 'lag'], [], 'release-aligned'],
    [[], ['release correlated', 'concentrated signature'], 'release-aligned'],
  ])('findings %j with hints %j stand on %s', (rules, hints, rung) => {
    const { pattern_record } = priority({ hints, findings: rules.map((rule) => finding(rule, 'error_rate')) });
    expect(strongestRung(pattern_record)).toBe(rung);
  });

  it.each<[string, Rung | null, RegExp]>([
    ['It began with release web.', 'concentrated', /began with release/],
    ['Errors began before the drop-offs.', 'co-occurs', /began before/],
    ['One kind dominates.', null, /make up/],
    ['The deploy caused it.', 'release-aligned', /causal/],
    ['It happened because of the deploy.', 'release-aligned', /causal/],
    ['This is a critical issue.', 'release-aligned', /alarm/],
    ['Act now!', 'release-aligned', /alarm/],
    ['Ask <@U1>.', 'release-aligned', /mention/],
    ['a\nb', 'release-aligned', /markup/],
  ])('refuses %j on rung %s', (text, rung, reason) => expect(voiceFault(text, rung)).toMatch(reason));

  it.each<[string, Rung | null]>([
    ['It began with release web.', 'release-aligned'],
    ['Drop-offs rose with it.', null],
    ['Nothing here points to a cause.', null],
    ['No release lines up with the start.', null],
  ])('accepts %j on rung %s', (text, rung) => expect(voiceFault(text, rung)).toBeNull());
});

describe('what an error is called', () => {
  it.each([
    ['PAYMENT_PROVIDER_TIMEOUT', 'payment'],
    ['HTTP 403 POST /api/webhooks/stripe', 'credentials'],
    ['http_401', 'credentials'],
    ['WebhookSignatureInvalid: invalid signature', 'credentials'],
    ['RATE_LIMITED', 'rate-limit'],
    ['HTTP 429 GET /api/search', 'rate-limit'],
    ['deadlock detected', 'database'],
    ['UPSTREAM_502', 'upstream'],
    ['ETIMEDOUT: connect', 'upstream'],
    ["TypeError: Cannot read properties of undefined (reading 'id')", 'code'],
    ['ReportError', null],
    ['orders 4030 missing', null],
  ])('%j belongs to %s', (signature, family) => expect(classifyError(signature)).toBe(family));
});

describe('short words', () => {
  it.each([
    [1, [0.01, 0.05], 'error_rate', 'new'],
    [3, [0.03, 0.05], 'error_rate', 'day 3, worse'],
    [2, [0.05, 0.03], 'error_rate', 'day 2, easing'],
    [4, [0.05, 0.051], 'error_rate', 'day 4, steady'],
    [2, [900, 300], 'pageviews', 'day 2, worse'],
    [2, [300, 900], 'pageviews', 'day 2, easing'],
    [2, [null, 900], 'pageviews', 'day 2'],
    [5, [], 'pageviews', 'day 5'],
  ])('on day %d with %j of %s the trend is "%s"', (days, values, metric, words) => {
    const points = values.map((value) => ({ date: '2026-01-29', value, expected: null }));
    expect(trendWord(priority({ days, series: { metric, points } }))).toBe(words);
  });

  it('name the place, the metric and how bad', () => {
    const incident = checkoutIncident();
    const facts = buildFacts(incident, CONTEXT);
    expect(headline(incident, facts)).toBe('/checkout: errors 6.9x normal');
    expect(whoIsHit(facts)).toBe('Hits 37 accounts; they carry $12.8k a month.');
    expect(evidenceChips(incident, facts)).toEqual([
      'PAYMENT_PROVIDER_TIMEOUT is 71% of the errors',
      'began with web@1.42.0',
      '42 tickets, mostly "card fails after submit"',
    ]);
  });

  it('say which later steps of a funnel are told with it, by its plain name', () => {
    const shared_cause = { by: 'funnel' as const, value: 'paid_signup', upstream: '/cart', members: 3 };
    const members = ['/checkout', '/thanks'].map((entity_key) => ({ entity_type: 'surface' as const, entity_key }));
    const led = { ...priority({ entity_key: '/cart', shared_cause }), members };
    expect(evidenceChips(led, buildFacts(led, CONTEXT))).toEqual(['2 more pages, later in the paid signup funnel']);
  });

  it.each([
    [0.92, 'HTTP_403 POST /hooks', ['HTTP 403 on POST /hooks is 92% of the failed requests']],
    [0.92, 'BAD_TOKEN', ['HTTP 403 on POST /hooks is 92% of the failed requests', 'BAD_TOKEN is 90% of the errors']],
    [0.3, 'HTTP_403 POST /hooks', ['HTTP_403 POST /hooks is 90% of the errors']],
  ])('name what fails where it is most of the failures (%d), and once (%s)', (share, sig, chips) => {
    const failing = [{ endpoint: 'POST /hooks', status: 403, count: 46, share }];
    const storm = priority({
      signals: { errors: 100 },
      top_error_signatures: [{ sig, count: 90, example: '' }],
      findings: [finding('failure-storm', 'failure_rate', { evidence: { failing } })],
    });
    expect(evidenceChips(storm, buildFacts(storm, CONTEXT))).toEqual(chips);
  });

  it.each([
    ['one account', 'account', 0.92, 0.1, ['one account is 92% of the change']],
    ['a part of it', 'account', 0.3, 0.1, []],
    ['an account that has always been most of it', 'account', 0.92, 0.9, []],
    ['a platform', 'platform', 0.92, 0.1, []],
  ])('name %s only where it is most of what changed', (_, dimension, share, usual_share, chips) => {
    const contributor = { dimension, value: 'acme', change: 0.06, rate: 0.06, mix: 0, share, usual_share, count: 60 };
    const noisy = priority({
      contributors: {
        before: 0.01,
        now: 0.07,
        change: 0.06,
        explained: [contributor],
        searched: [dimension],
        outside: false,
      },
    });
    expect(evidenceChips(noisy, buildFacts(noisy, CONTEXT))).toEqual(chips);
  });

  it('say nothing of who is hit where nobody is known', () => {
    expect(whoIsHit(buildFacts(priority(), CONTEXT))).toBeNull();
  });

  it('show money in the currency of the workspace', () => {
    const facts = buildFacts(checkoutIncident(), { currency: 'JPY', timezone: 'Asia/Tokyo' });
    expect(whoIsHit(facts)).toBe('Hits 37 accounts; they carry ¥12.8k a month.');
  });
});
