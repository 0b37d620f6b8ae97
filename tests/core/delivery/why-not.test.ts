import { describe, expect, it } from 'vitest';
import { HELD_REASONS } from '../../../src/core/delivery/told.ts';
import { explainWhyNot, type WhyNotEvidence } from '../../../src/core/delivery/why-not.ts';
import type { SurfaceDay } from '../../../src/core/records.ts';
import { addDays } from '../../../src/core/window.ts';
import { finding } from '../../support/priority.ts';

const DATE = '2026-01-29';
const row = (date: string, over: Partial<SurfaceDay> = {}): SurfaceDay => ({
  date,
  surface: '/cart',
  pageviews: 1000,
  actions: 0,
  dropoffs: 200,
  errors: 10,
  tickets: 0,
  requests: 0,
  request_failures: 0,
  latency_p50: null,
  latency_p95: null,
  affected_accounts: 0,
  affected_users: 0,
  revenue_at_risk: 0,
  revenue: 0,
  release_top: null,
  release_share: null,
  ...over,
});
const evidence = (over: Partial<WhyNotEvidence> = {}): WhyNotEvidence => ({
  surface: '/cart',
  date: DATE,
  timezone: 'Europe/Berlin',
  day: row(DATE),
  before: Array.from({ length: 28 }, (_, index) => row(addDays(DATE, index - 28), { errors: 5 + (index % 10) })),
  findings: [],
  told: null,
  minExposure: 30,
  gaps: [],
  digest: { held: null, until: null },
  alerts: [],
  ...over,
});
const headline = (over: Partial<WhyNotEvidence>): string => explainWhyNot(evidence(over)).headline;

describe('why nobody was told of a page', () => {
  it.each<[string, Partial<WhyNotEvidence>, string]>([
    ['it was told', { told: { rank: 2, leader: '/cart' } }, '/cart was told: as #2 of Thu 29 Jan.'],
    [
      'it was told under another page',
      { told: { rank: 1, leader: '/checkout' } },
      '/cart was told: with #1, /checkout, as one cause of Thu 29 Jan.',
    ],
    [
      'it is snoozed here',
      { told: { rank: 2, leader: '/cart' }, digest: { held: 'snoozed', until: Date.UTC(2026, 1, 3, 8) } },
      'not told here because it is snoozed until Tue 3 Feb, 09:00 Europe/Berlin.',
    ],
    [
      'the channel has no digest',
      { told: { rank: 2, leader: '/cart' }, digest: null },
      'but this channel has no digest.',
    ],
    ['it had no data', { day: null }, '/cart had no data on Thu 29 Jan'],
    ['it is too small', { day: row(DATE, { pageviews: 12 }) }, '12 views or requests, and it takes 30.'],
    [
      'it is too young',
      { findings: [finding('insufficient-history', 'history_days', { direction: null, current: 9, expected: 14 })] },
      '/cart has 9 days of history and needs 14 days',
    ],
    [
      'it was under maintenance',
      { findings: [finding('under-maintenance', 'hours', { direction: null })] },
      'under declared maintenance',
    ],
    [
      'it moved by too little',
      { findings: [finding('spike', 'error_rate', { current: 0.013, expected: 0.01, q_value: 0.2 })] },
      "by less than this workspace asks for: errors per view 1.3x normal (p about 0.2 among that day's tests).",
    ],
    ['a source was silent', { gaps: ['sentry'] }, 'as far as can be told: some sources sent nothing that day.'],
    ['nothing happened', {}, 'Nothing was outside normal on /cart on Thu 29 Jan.'],
  ])('%s', (_, over, words) => expect(headline(over)).toContain(words));

  it('shows the figures with their sample, and what most days before were like', () => {
    expect(explainWhyNot(evidence()).lines).toEqual([
      'Errors: 1% of 1,000 views; on most of the 28 days before 0.6–1.3%.',
      'Drop-offs: 20% of 1,000 views; on most of the 28 days before 20%.',
    ]);
  });

  it('gives no range of a handful of days', () => {
    expect(explainWhyNot(evidence({ before: [row('2026-01-28')] })).lines[0]).toBe('Errors: 1% of 1,000 views.');
  });

  it.each(HELD_REASONS)('says of an alert that it was held: %s', (reason) => {
    const { lines } = explainWhyNot(evidence({ alerts: [{ number: 12, posted: false, reason }] }));
    expect(lines.at(-1)).toMatch(/^INC-12 was not told here because [a-z ,-]+\w/);
  });
});
