/** Why nobody was told of a page: what was looked at, in the order in which it is decided. */
import {
  countOf,
  formatCount,
  formatDay,
  formatMoment,
  formatPercent,
  formatPercentRange,
  joinWords,
} from '../facts/render.ts';
import type { Finding, Source, SurfaceDay } from '../records.ts';
import type { HeldReason } from './told.ts';

/** Everything that decides it, of one page and judged day, in one channel. */
export interface WhyNotEvidence {
  surface: string;
  date: string;
  timezone: string;
  /** The page's row of that day; null where it had none. */
  day: SurfaceDay | null;
  /** Its days before, oldest first, as far as they have rows. */
  before: readonly SurfaceDay[];
  /** What was found of it that day, also at settings more eager than the workspace's. */
  findings: readonly Finding[];
  /** Its place among the day's priorities, and the priority's leader where it is told under that name. */
  told: { rank: number; leader: string } | null;
  /** Below the page's exposure floor. */
  minExposure: number;
  gaps: readonly Source[];
  /** What the channel asked for: null where it subscribed to no digest. */
  digest: { held: HeldReason | null; until: number | null } | null;
  /** Live and recent incidents of the page, with what was decided on them in this channel; null is "not asked for". */
  alerts: readonly { number: number; posted: boolean; reason: HeldReason | null }[];
}

/** The answer in short and what it rests on; plain text, to be escaped at the edge. */
export interface WhyNot {
  headline: string;
  lines: string[];
}

const WORDS: Readonly<Record<HeldReason, string>> = {
  below_severity: "it is below this channel's severity",
  snoozed: 'it is snoozed',
  ignored: 'it is ignored for good',
  quiet_hours: 'it came in quiet hours, which hold all but high severity',
  budget: 'this channel had had its pings of the week',
  rule_demoted: 'alerts of this kind were wrong too often, so they only come in digests',
  not_subscribed: 'this channel did not subscribe to that page',
  paused: 'delivery to this channel is paused',
};

export function explainWhyNot(evidence: WhyNotEvidence): WhyNot {
  return { headline: headlineOf(evidence), lines: [...figures(evidence), ...alertLines(evidence)] };
}

function headlineOf(evidence: WhyNotEvidence): string {
  const { surface, date, told, day, findings, digest, timezone, minExposure, gaps } = evidence;
  const on = formatDay(date);
  if (told) {
    const where = told.leader === surface ? `as #${told.rank}` : `with #${told.rank}, ${told.leader}, as one cause`;
    if (digest === null) return `${surface} was found on ${on} ${where}, but this channel has no digest.`;
    if (digest.held === null) return `${surface} was told: ${where} of ${on}.`;
    const until = digest.until === null ? '' : ` until ${formatMoment(digest.until, timezone)} ${timezone}`;
    return `${surface} was found on ${on} ${where}, and not told here because ${WORDS[digest.held]}${until}.`;
  }
  const noted = (rule: string): Finding | undefined => findings.find((finding) => finding.rule === rule);
  if (noted('under-maintenance')) return `${surface} was under declared maintenance on ${on}, so it was not judged.`;
  if (day === null) return `${surface} had no data on ${on}, so there was nothing to judge.`;
  const young = noted('insufficient-history');
  if (young)
    return `${surface} has ${days(young.current)} of history and needs ${days(young.expected)}: it is not judged yet.`;
  const exposure = Math.max(day.pageviews, day.requests);
  if (exposure < minExposure)
    return `${surface} is too small to judge by one day: ${countOf(exposure, 'view or request', 'views or requests')}, and it takes ${minExposure}.`;
  const faint = findings.filter(({ direction }) => direction !== null);
  if (faint.length > 0)
    return `${surface} moved on ${on}, but by less than this workspace asks for: ${joinWords([...new Set(faint.map(movedWords))])}.`;
  if (gaps.length > 0)
    return `Nothing was outside normal on ${surface} on ${on}, as far as can be told: some sources sent nothing that day.`;
  return `Nothing was outside normal on ${surface} on ${on}.`;
}

const days = (count: number | null): string => countOf(count ?? 0, 'day');

const METRIC_WORDS: Readonly<Record<string, string>> = {
  error_rate: 'errors per view',
  dropoff_rate: 'drop-offs per view',
  ticket_rate: 'tickets per view',
  conversion_rate: 'actions per view',
  failure_rate: 'failed requests',
  latency_p95: 'p95 latency',
  pageviews: 'traffic',
  requests: 'requests',
};

function movedWords({ metric, current, expected, q_value }: Finding): string {
  const words = METRIC_WORDS[metric] ?? metric.replaceAll('_', ' ');
  const ratio =
    current !== null && expected !== null && expected > 0 ? ` ${(current / expected).toFixed(1)}x normal` : '';
  const chance =
    q_value === null
      ? ''
      : ` (${q_value < 0.001 ? 'p under 0.001' : `p about ${q_value.toPrecision(1)}`} among that day's tests)`;
  return `${words}${ratio}${chance}`;
}

/** Rates people look at, that day and on the days before it: the middle four fifths of those. */
const SHOWN: readonly (readonly [
  label: string,
  count: 'errors' | 'dropoffs' | 'request_failures',
  exposure: 'pageviews' | 'requests',
  of: string,
])[] = [
  ['Errors', 'errors', 'pageviews', 'views'],
  ['Drop-offs', 'dropoffs', 'pageviews', 'views'],
  ['Failed requests', 'request_failures', 'requests', 'requests'],
];
/** With fewer days before, a range of them says nothing. */
const ENOUGH_DAYS = 7;

function figures({ day, before }: WhyNotEvidence): string[] {
  if (day === null) return [];
  return SHOWN.flatMap(([label, count, exposure, of]) => {
    if (day[exposure] === 0) return [];
    const now = `${label}: ${formatPercent(day[count] / day[exposure])} of ${formatCount(day[exposure])} ${of}`;
    const rates = before
      .filter((each) => each[exposure] > 0)
      .map((each) => each[count] / each[exposure])
      .sort((a, b) => a - b);
    if (rates.length < ENOUGH_DAYS) return [`${now}.`];
    const at = (share: number): number => rates[Math.round(share * (rates.length - 1))] ?? 0;
    return [`${now}; on most of the ${rates.length} days before ${formatPercentRange(at(0.1), at(0.9))}.`];
  });
}

function alertLines({ alerts }: WhyNotEvidence): string[] {
  return alerts.map(({ number, posted, reason }) => {
    if (posted) return `INC-${number} was told here.`;
    return `INC-${number} was not told here because ${reason === null ? 'this channel asked for no alerts' : WORDS[reason]}.`;
  });
}
