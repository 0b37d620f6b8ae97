import type { Fact, PatternRecord, Priority, Signal } from '../records.ts';
import { contributorFacts, lossFacts, reachOverEpisode, sharedFacts, swapFacts } from './cause-facts.ts';
import { counted, dateFact, measured, name, positive, ratioFact, rounded, share, type Unit } from './fact.ts';
import { evidenceFacts, leadFacts } from './finding-facts.ts';
import {
  countOf,
  formatCount,
  formatDay,
  formatMillisecondsRange,
  formatMoney,
  formatPercentRange,
  formatPoints,
  formatRange,
  formatWeekday,
  toMinorUnits,
} from './render.ts';

export { bindFacts } from './bind.ts';

/** What a figure's wording depends on besides its value. */
export interface FactContext {
  /** ISO 4217. */
  currency: string;
  /** IANA zone the days are counted in. */
  timezone: string;
}

const LISTED = 3;

/**
 * Every figure and name a text about this priority may show. Ids are stable (`error_rate.current`, `signature.1.share`);
 * what is missing, not finite or has no denominator has no fact, so no text can show it as zero.
 */
export function buildFacts(priority: Priority, context: FactContext): Fact[] {
  const record = priority.pattern_record;
  const facts = [
    ...identityFacts(priority, context),
    ...countFacts(record),
    ...signalFacts(record),
    ...reachFacts(record, context),
    ...nameFacts(record),
    ...leadFacts(record),
    ...record.findings.flatMap(evidenceFacts),
    ...contributorFacts(record),
    ...lossFacts(record, context.currency),
    ...reachOverEpisode(record),
    ...swapFacts(record),
    ...sharedFacts(priority),
  ];
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()];
}

function identityFacts(priority: Priority, { timezone }: FactContext): Fact[] {
  const { window, since, days } = priority.pattern_record;
  return [
    name('entity', priority.entity_type === 'surface' ? 'Page' : 'Error', priority.entity_key),
    dateFact('day', 'Judged day', priority.date, formatDay(priority.date)),
    dateFact('weekday', 'Judged weekday', priority.date, formatWeekday(priority.date)),
    dateFact('since', 'Outside normal since', since, formatDay(since)),
    dateFact('window', 'Week that ends with the judged day', window.start, formatRange(window)),
    { id: 'days', label: 'Days in a row outside normal', value: days, unit: 'days', text: countOf(days, 'day') },
    { id: 'day_number', label: 'Which day of the run this is', value: days, unit: 'days', text: formatCount(days) },
    name('timezone', 'Time zone', timezone),
  ];
}

/** Counts of the judged day. Zero views or requests stay out: they are as likely missing data. */
function countFacts({ signals }: PatternRecord): Fact[] {
  return [
    ...positive('pageviews', 'Views', signals.pageviews),
    ...positive('requests.count', 'Requests', signals.requests),
    ...positive('errors.count', 'Errors', signals.errors),
    ...positive('dropoffs.count', 'Drop-offs', signals.dropoffs),
    ...positive('tickets.count', 'Tickets', signals.tickets),
    ...expectedTickets(signals),
    ...positive('request_failures.count', 'Failed requests', signals.request_failures),
  ];
}

/** A ticket rate is too small to read as a percentage, so people are told the count it stands for. */
function expectedTickets({ ticket_rate: { baseline }, pageviews }: PatternRecord['signals']): Fact[] {
  if (baseline === null || !(pageviews > 0) || !Number.isFinite(baseline)) return [];
  return rounded('tickets.expected', 'Tickets normally, at these views', baseline * pageviews);
}

function signalFacts({ signals }: PatternRecord): Fact[] {
  const perView = signals.pageviews > 0;
  return [
    ...(perView ? ofSignal('error_rate', 'Errors per view', signals.error_rate, 'share') : []),
    ...(perView ? ofSignal('dropoff_rate', 'Drop-offs per view', signals.dropoff_rate, 'share') : []),
    ...(perView ? ofSignal('ticket_rate', 'Tickets per view', signals.ticket_rate, 'share') : []),
    ...(signals.failure_rate
      ? ofSignal('failure_rate', 'Failed share of requests', signals.failure_rate, 'share')
      : []),
    ...(signals.latency_p95 ? ofSignal('latency_p95', 'p95 latency', signals.latency_p95, 'ms') : []),
    ...ofSignal('traffic', 'Views', signals.traffic, 'count'),
    ...changeFacts(signals.traffic),
  ];
}

/** `<id>.current`, `.baseline`, `.ratio`, `.range`, `.points` of one signal, as far as they are known. */
function ofSignal(id: string, label: string, signal: Signal, unit: Unit): Fact[] {
  const { current, baseline, interval } = signal;
  const facts = measured(`${id}.current`, `${label}, judged day`, current, unit);
  if (baseline === null) return facts;
  const normally = unit === 'count' ? rounded : measured;
  facts.push(...normally(`${id}.baseline`, `${label}, normally`, baseline, unit));
  facts.push(...ratioFact(`${id}.ratio`, `${label} against normal`, current, baseline));
  if (unit === 'share' && Math.abs(current - baseline) > 0) {
    const text = formatPoints(current - baseline);
    facts.push({ id: `${id}.points`, label: `${label}, change`, value: current - baseline, unit: 'points', text });
  }
  if (interval && unit !== 'count' && interval.every(Number.isFinite)) {
    const text = unit === 'ms' ? formatMillisecondsRange(...interval) : formatPercentRange(...interval);
    facts.push({ id: `${id}.range`, label: `${label}, normal range`, value: text, unit: 'range', text });
  }
  return facts;
}

/** How much of the expected traffic is missing, or came on top. */
function changeFacts({ current, baseline }: Signal): Fact[] {
  if (baseline === null || !(baseline > 0) || !Number.isFinite(current)) return [];
  const change = current / baseline - 1;
  const id = change < 0 ? 'traffic.drop' : 'traffic.rise';
  const label = change < 0 ? 'Views missing against expected' : 'Views on top of expected';
  return measured(id, label, Math.abs(change), 'share');
}

function reachFacts({ signals }: PatternRecord, { currency }: FactContext): Fact[] {
  const { affected_accounts: accounts, affected_users: users, revenue_at_risk: exposure } = signals;
  const reach = [
    ...counted('affected_accounts', 'Accounts hit', accounts, 'account'),
    ...counted('affected_users', 'Users hit', users, 'user'),
  ];
  if (!(exposure > 0) || !Number.isFinite(exposure)) return reach;
  const text = formatMoney(toMinorUnits(exposure, currency), currency);
  const label = 'Monthly revenue of the accounts hit';
  return [...reach, { id: 'revenue_at_risk', label, value: exposure, unit: currency, text }];
}

function nameFacts({ signals, context, top_error_signatures, top_ticket_topics }: PatternRecord): Fact[] {
  const signatures = top_error_signatures
    .slice(0, LISTED)
    .flatMap((signature, index) => [
      name(`signature.${index + 1}`, 'Error signature', signature.sig),
      ...positive(`signature.${index + 1}.count`, 'Errors of this signature', signature.count),
      ...share(`signature.${index + 1}.share`, 'Share of the errors', signature.count, signals.errors),
    ]);
  const topics = top_ticket_topics
    .slice(0, LISTED)
    .flatMap((topic, index) => [
      name(`topic.${index + 1}`, 'Ticket theme', topic.topic),
      ...positive(`topic.${index + 1}.count`, 'Tickets on this theme', topic.count),
    ]);
  const { release_top: release, release_share: releaseShare, env } = context;
  return [
    ...signatures,
    ...topics,
    ...(release === null ? [] : [name('release', 'Release most errors ran under', release)]),
    ...(release === null || releaseShare === null
      ? []
      : measured('release.share', 'Share of errors under that release', releaseShare, 'share')),
    ...(env === null ? [] : [name('environment', 'Environment', env)]),
  ];
}
