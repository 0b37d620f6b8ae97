import type { Fact, PatternRecord, Priority } from '../records.ts';
import { standsOn } from './ladder.ts';
import { figure, type LeadKind, oneErrorStandsOut, type Reading, readPriority, silentMeasure } from './reading.ts';
import { say, sentences } from './say.ts';

/** "/checkout: errors 6.9x normal": the place, the metric, how bad. Plain text, no markup. */
export function headline(priority: Priority, facts: readonly Fact[]): string {
  const reading = readPriority(priority, facts);
  const wordings = reading.slow ? [...slowHeadlines(reading.kind), ...HEADLINES[reading.kind]] : headlines(reading);
  return say(facts, ...wordings, '{entity}: outside its normal range') ?? priority.entity_key;
}

/** "Hits 37 accounts; they carry $12.8k a month. Estimated loss $310–460 a day." Null when neither is known. */
export function whoIsHit(facts: readonly Fact[]): string | null {
  const told = sentences(hitBy(facts), say(facts, 'Estimated loss {loss.per_day} a day.'));
  return told === '' ? null : told;
}

function hitBy(facts: readonly Fact[]): string | null {
  return say(
    facts,
    'Hits {affected_accounts}; they carry {revenue_at_risk} a month.',
    'Hits {affected_accounts} ({affected_users}).',
    'Hits {affected_accounts}.',
    'Hits {affected_users}.',
  );
}

/** Up to three short pieces of evidence, strongest first. */
export function evidenceChips(priority: Priority, facts: readonly Fact[]): string[] {
  const record = priority.pattern_record;
  const reading = readPriority(priority, facts);
  const leadsWithTickets = reading.kind === 'tickets' || reading.companions.includes('ticket_rate');
  const most = (figure(reading, 'failing.1.share') ?? 0) >= MOST;
  const failing = most ? say(facts, '{failing.1} is {failing.1.share} of the failed requests') : null;
  const chips = [
    sharedChip(record, reading.facts),
    accountChip(record, facts),
    failing,
    priority.entity_type === 'surface' && oneErrorStandsOut(reading) && !(failing && namesARequest(record))
      ? say(facts, '{signature.1} is {signature.1.share} of the errors')
      : null,
    standsOn(record, 'release-aligned') ? say(facts, 'began with {release}') : null,
    leadsWithTickets ? say(facts, '{tickets.count} tickets, mostly "{topic.1}"') : null,
  ];
  return chips.filter((chip) => chip !== null);
}

/** From this part on it says what failed. */
const MOST = 0.5;

/** A failed request without a code of its own is named by status and endpoint, which the failing ones are already. */
function namesARequest({ top_error_signatures: [top] }: PatternRecord): boolean {
  return /^HTTP[_ ]\d{3}\b/.test(top?.sig ?? '');
}

/** What other flagged pages have in common with this one. */
function sharedChip({ shared_cause: cause }: PatternRecord, facts: readonly Fact[]): string | null {
  switch (cause?.by) {
    case 'error_signature':
      return say(facts, 'same error on {shared.pages}', 'told together with {shared.value}');
    case 'release':
      return say(facts, '{shared.pages} since {shared.value}');
    case 'account':
      return say(facts, '{shared.pages}, for the same account');
    case 'funnel':
      return say(facts, '{shared.pages}, later in the {shared.value} funnel');
    default:
      return null;
  }
}

/** One customer's trouble may be worth a call and is hardly worth a roll-back: said before anything else is decided. */
function accountChip({ contributors, shared_cause: cause }: PatternRecord, facts: readonly Fact[]): string | null {
  const index = contributors?.explained.findIndex(
    ({ dimension, share, usual_share }) => dimension === 'account' && share >= MOST && usual_share < MOST,
  );
  if (index === undefined || index < 0 || cause?.by === 'account') return null;
  const id = `contributor.${index + 1}`;
  return say(facts, `{${id}} is {${id}.share} of the change`);
}

/** "new", "day 3, worse", "day 2, easing": how long, and where it is going. */
export function trendWord(priority: Priority): string {
  const { days, series } = priority.pattern_record;
  if (days <= 1) return 'new';
  const [before, now] = series.points.slice(-2).map((point) => point.value);
  const direction =
    before == null || now == null ? '' : `, ${compare(before, now, FALLING_IS_WORSE.has(series.metric))}`;
  return `day ${days}${direction}`;
}

/** A change within a tenth is no change a person should hear about. */
const STEADY = 0.1;
const FALLING_IS_WORSE = new Set(['pageviews', 'traffic', 'actions', 'conversion_rate', 'revenue']);

function compare(before: number, now: number, fallingIsWorse: boolean): string {
  if (Math.abs(now - before) <= STEADY * Math.abs(before)) return 'steady';
  return now > before === fallingIsWorse ? 'easing' : 'worse';
}

const HEADLINES: Readonly<Record<LeadKind, readonly string[]>> = {
  errors: [
    '{entity}: errors {error_rate.ratio} normal',
    '{entity}: {error_rate.current} of views fail, normally {error_rate.baseline}',
    '{entity}: {errors.count} errors',
  ],
  'error-count': ['{entity}: errors {lead.ratio} normal', '{entity}: {errors.count} errors'],
  conversion: ['{entity}: {lead.current} of views end in an action, normally {lead.expected}'],
  dropoffs: [
    '{entity}: {dropoff_rate.current} drop off, normally {dropoff_rate.baseline}',
    '{entity}: {dropoffs.count} drop-offs',
  ],
  tickets: [
    '{entity}: tickets {ticket_rate.ratio} normal',
    '{entity}: {tickets.count} tickets, normally {tickets.expected}',
    '{entity}: {tickets.count} tickets',
  ],
  failures: [
    '{entity}: failed requests {failure_rate.ratio} normal',
    '{entity}: {failure_rate.current} of requests fail, normally {failure_rate.baseline}',
    '{entity}: {request_failures.count} failed requests',
  ],
  reconciliation: ['{entity}: {reconciliation.label}, {reconciliation.count} of {reconciliation.exposure}'],
  latency: [
    '{entity}: p95 latency {latency_p95.current}, normally {latency_p95.baseline}',
    '{entity}: p95 latency {latency_p95.current}',
  ],
  'traffic-drop': ['{entity}: {lead.drop} of its traffic is missing', '{entity}: far less traffic than normal'],
  gap: [],
  'new-signature': ['{entity}: new error, {new_signature.count} times', '{entity}: new error'],
  'spreading-signature': [
    '{entity}: on {spreading_signature.surfaces} pages, at most {spreading_signature.most_surfaces_before} before',
    '{entity}: spreading',
  ],
  signature: ['{entity}: {lead.ratio} normal', '{entity}: {errors.count} errors'],
  other: [],
};

function headlines(reading: Reading): readonly string[] {
  const ratio = figure(reading, 'dropoff_rate.ratio') ?? 0;
  if (reading.kind === 'dropoffs' && ratio >= 2) return ['{entity}: drop-offs {dropoff_rate.ratio} normal'];
  if (reading.kind === 'traffic-drop' && figure(reading, 'lead.current') === 0) return ['{entity}: no traffic at all'];
  if (reading.kind === 'gap')
    return [`Data gap: {lead.current} ${silentMeasure(reading)} arrived, normally {lead.expected}`];
  return HEADLINES[reading.kind];
}

const SLOW_WORDS: Readonly<Partial<Record<LeadKind, string>>> = {
  errors: 'errors',
  'error-count': 'errors',
  dropoffs: 'drop-offs',
  tickets: 'tickets',
  failures: 'failed requests',
  latency: 'p95 latency',
  conversion: 'actions',
  reconciliation: '{reconciliation.label}',
  signature: 'errors',
};

function slowHeadlines(kind: LeadKind): string[] {
  const what = SLOW_WORDS[kind];
  return what === undefined ? [] : [`{entity}: ${what} {lead.window_ratio} normal over {lead.window}`];
}
