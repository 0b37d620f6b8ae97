/** An incident in words: plain text with names in it, which whoever shows it escapes. Times are on a zone's clock. */
import type { HourlyMetricId } from '../detect/hours/hourly-finding.ts';
import type { Rung } from '../explain/ladder.ts';
import {
  countOf,
  formatCount,
  formatDay,
  formatMoment,
  formatPercent,
  formatPercentRange,
  formatRatio,
  joinWords,
} from '../facts/render.ts';
import { dateInZone } from '../window.ts';
import type { HourFigures, Incident, IncidentPicture } from './incident.ts';

const HOUR_MS = 3_600_000;
/** A weekday alone says which day it was. */
const WEEKDAY_SAYS_MS = 6 * 24 * HOUR_MS;

const NOUNS: Readonly<Record<HourlyMetricId, string>> = {
  error_rate: 'errors',
  failure_rate: 'failed requests',
  dropoff_rate: 'drop-offs',
  traffic: 'traffic',
};

/** What a page's metric is called in a sentence: "errors", "failed requests". */
export const metricNoun = (metric: HourlyMetricId): string => NOUNS[metric];

/** "5.2x normal", "60% below normal"; "normally none" where nothing is expected. */
export function againstNormal({ current, expected }: HourFigures): string {
  if (!(expected > 0)) return 'where none are normal';
  const ratio = current / expected;
  if (ratio >= 1) return `${formatRatio(ratio)} normal`;
  return ratio === 0 ? 'none at all' : `${formatPercent(1 - ratio)} below normal`;
}

/**
 * "/checkout: errors 5.2x normal since 14:00".
 * @param name how the page is written, where a long route has to give way.
 * @param readAt where that is known: a message is read when its channel got it, or later.
 */
export function incidentHeadline(
  incident: Incident,
  zone: string,
  { name = incident.lead.surface, readAt = incident.openedAt }: { name?: string; readAt?: number } = {},
): string {
  if (incident.picture.cause?.by !== 'storm') return `${name}: ${whatSince(incident, zone, readAt)}`;
  const since = timeBeside(incident.since, [readAt, incident.picture.latest.hour], zone);
  return `${countOf(pagesOf(incident.members).length, 'page')} outside normal since ${since}, led by ${name}`;
}

/** What it was, when it is over: "/checkout: errors 6.1x normal at worst, 14:00 to 17:00". @param name of the page. */
export function courseHeadline(incident: Incident, zone: string, name: string): string {
  const { lead, members, picture, since } = incident;
  const when = `${timeIn(incident, since, zone)} to ${timeIn(incident, picture.latest.hour + HOUR_MS, zone)}`;
  if (picture.cause?.by === 'storm')
    return `${countOf(pagesOf(members).length, 'page')} outside normal, ${when}, led by ${name}`;
  return `${name}: ${metricNoun(lead.metric)} ${againstNormal(picture.peak)} at worst, ${when}`;
}

/** "errors 5.2x normal since 14:00", of its leader. */
export function whatSince(incident: Incident, zone: string, readAt = incident.openedAt): string {
  const { lead, picture, since, state } = incident;
  const { latest } = picture;
  const was = state === 'recovering' ? (lead.metric === 'traffic' ? ' was' : ' were') : '';
  return `${metricNoun(lead.metric)}${was} ${againstNormal(latest)} since ${timeBeside(since, [readAt, latest.hour], zone)}`;
}

/** A moment as an incident's message writes it: a time alone while all of it is of the day it was told on. */
export const timeIn = ({ openedAt, picture }: Incident, at: number, zone: string): string =>
  timeBeside(at, [openedAt, picture.latest.hour], zone);

/** "61 errors in 412 views between 14:00 and 15:00; expected 9–14. Still rising." Of several pages, the leader's. */
export function figureSentence(incident: Incident, zone: string): string {
  const { picture, lead, members } = incident;
  const { latest, count } = picture;
  const when = `between ${timeIn(incident, latest.hour, zone)} and ${clock(latest.hour + HOUR_MS, zone)}`;
  const where = pagesOf(members).length > 1 ? `On ${lead.surface}: ` : '';
  const isOver = incident.state === 'recovering';
  const last = isOver ? 'Last outside normal: ' : '';
  const trend = isOver ? null : trendWords(incident);
  return `${where}${last}${observed(latest, count, lead.metric, when)}.${trend === null ? '' : ` ${trend}.`}`;
}

/** How far from normal it goes: "Still rising", "Steady", "Coming back"; null of its first hour. */
export function trendWords({ picture: { trend, latest }, lead: { direction }, since }: Incident): string | null {
  if (trend === 'steady') return latest.hour > since ? 'Steady' : null;
  if (direction === 'up') return trend === 'rising' ? 'Still rising' : 'Falling';
  return trend === 'rising' ? 'Still dropping' : 'Coming back';
}

function observed(
  { current, lower, upper }: HourFigures,
  count: IncidentPicture['count'],
  metric: HourlyMetricId,
  when: string,
): string {
  if (metric === 'traffic') {
    const range = rangeOf(Math.max(0, Math.round(lower)), Math.round(upper));
    return `Traffic was ${formatCount(current)} ${when}; expected ${range}`;
  }
  if (count === null)
    return `${capital(metricNoun(metric))} were at ${formatPercent(current)} ${when}; expected ${formatPercentRange(Math.max(0, lower), upper)}`;
  const { hits, exposure, per } = count;
  const range = rangeOf(Math.max(0, Math.round(lower * exposure)), Math.round(upper * exposure));
  const all = countOf(exposure, per === 'views' ? 'view' : 'request');
  return `${hitsOf(count.of, hits, all)} ${when}; expected ${range}`;
}

function hitsOf(of: 'errors' | 'request_failures' | 'dropoffs', hits: number, all: string): string {
  switch (of) {
    case 'request_failures':
      return `${formatCount(hits)} of ${all} failed`;
    case 'dropoffs':
      return `${formatCount(hits)} of ${all} ended in a drop-off`;
    case 'errors':
      return `${countOf(hits, 'error')} in ${all}`;
  }
}

const rangeOf = (low: number, high: number): string =>
  low === high ? formatCount(low) : `${formatCount(low)}–${formatCount(high)}`;

/** "22 accounts and 40 people affected so far"; null where nobody knows. @param isOver the count is final. */
export function reachWords({ accounts, users }: IncidentPicture, isOver: boolean): string | null {
  const parts = [
    ...(accounts === null ? [] : [countOf(accounts, 'account')]),
    ...(users === null ? [] : [countOf(users, 'person', 'people')]),
  ];
  return parts.length === 0 ? null : `${joinWords(parts)}${isOver ? '' : ' affected so far'}`;
}

/** A piece of evidence, and how much it claims. */
interface Chip {
  rung: Rung | null;
  text: string;
}

/** The release is what began it only where it came right before, and most of it ran under it. */
const RELEASE_BEFORE_MS = 2 * HOUR_MS;
const MOST = 0.5;
/** Later, all traffic runs under a release, and so do all errors. */
const RELEASE_IS_NEWS_MS = 72 * HOUR_MS;

/** Whose parts are errors' parts; beside drop-offs and traffic, errors are something else that happened. */
const MADE_OF_ERRORS: ReadonlySet<HourlyMetricId> = new Set(['error_rate', 'failure_rate']);

/** Evidence by the ladder, strongest first; nothing that is not known. Shares are of the page's errors. */
export function evidence(incident: Incident, zone: string): Chip[] {
  const { signature, release } = incident.picture;
  return [
    ...(release === null ? [] : releaseChips(release, incident, zone)),
    ...(signature === null ? [] : [signatureChip(signature, incident.lead.metric)]),
  ];
}

function releaseChips(
  { name, share, firstSeen }: NonNullable<IncidentPicture['release']>,
  incident: Incident,
  zone: string,
): Chip[] {
  const { since } = incident;
  const seen = timeIn(incident, firstSeen, zone);
  const isRightBefore = firstSeen < since + HOUR_MS && firstSeen >= since - RELEASE_BEFORE_MS;
  if (share < MOST) return isRightBefore ? [{ rung: 'precedes', text: `${name} came before, first seen ${seen}` }] : [];
  if (since - firstSeen > RELEASE_IS_NEWS_MS) return [];
  const part = partOf(share);
  return isRightBefore
    ? [{ rung: 'release-aligned', text: `Began with release ${name} (first seen ${seen}, ${part})` }]
    : [{ rung: 'concentrated', text: `${capital(part)} are under ${name}, first seen ${seen}` }];
}

const partOf = (share: number): string =>
  share > 0.995 ? 'all of the errors' : `${formatPercent(share)} of the errors`;

function signatureChip({ name, share }: NonNullable<IncidentPicture['signature']>, metric: HourlyMetricId): Chip {
  const part = partOf(share);
  return share >= MOST && MADE_OF_ERRORS.has(metric)
    ? { rung: 'concentrated', text: `${name} makes up ${part}` }
    : { rung: null, text: `${name}: ${part}` };
}

/** "12 of 14 pages share UPSTREAM_502. One incident, led by /api/orders."; null for an incident of one page. */
export function sharedWords({ picture: { cause }, members, lead }: Incident): string | null {
  const pages = pagesOf(members).length;
  if (pages < 2) return null;
  const one = `One incident, led by ${lead.surface}.`;
  if (cause === null) return `${formatCount(pages)} pages. ${one}`;
  if (cause.by === 'storm') return `${formatCount(pages)} pages left their normal range in the same hour. ${one}`;
  const shared = Math.min(cause.members, pages);
  const how = cause.by === 'release' ? 'run' : 'share';
  return `${formatCount(shared)} of ${formatCount(pages)} pages ${how} ${cause.value}. ${one}`;
}

/** Each page once, in the members' order. */
export const pagesOf = (members: Incident['members']): string[] => [...new Set(members.map(({ surface }) => surface))];

/**
 * Its life in one line: "Peaked at 6.1x normal between 15:00 and 16:00, normal since 16:00. Lasted 2 h 05 min, 37 accounts".
 * @returns sentences; the last one without its full stop, for the owner to be put after it.
 */
export function lifeSummary(incident: Incident, zone: string): string {
  const { latest, peak } = incident.picture;
  const normalSince = latest.hour + HOUR_MS;
  const until = incident.endedBy === 'system' || incident.endedBy === null ? normalSince : incident.endedAt;
  const peaked = `Peaked at ${againstNormal(peak)} between ${timeIn(incident, peak.hour, zone)} and ${clock(peak.hour + HOUR_MS, zone)}`;
  const end = incident.endedBy === 'system' ? `, normal since ${timeIn(incident, normalSince, zone)}` : '';
  const reach = reachWords(incident.picture, true);
  return `${peaked}${end}. Lasted ${formatLength((until ?? normalSince) - incident.since)}${reach === null ? '' : `, ${reach}`}`;
}

/** "under 1 min", "45 min", "2 h", "2 h 05 min", "3 days 4 h". */
export function formatLength(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'under 1 min';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60 === 0 ? '' : ` ${String(minutes % 60).padStart(2, '0')} min`;
  if (minutes < 2_880) return `${formatCount(hours)} h${rest}`;
  return `${formatCount(Math.floor(hours / 24))} days ${hours % 24} h`;
}

/**
 * "14:00" on the day of all it is read beside, "Fri 14:00" within six days of it, else "Fri 23 Jan, 14:00".
 * @param beside epoch milliseconds: when it is read, and what it is read with.
 */
export function timeBeside(at: number, beside: number | readonly number[], zone: string): string {
  const date = dateInZone(at, zone);
  const others = typeof beside === 'number' ? [beside] : beside;
  if (others.every((other) => dateInZone(other, zone) === date)) return clock(at, zone);
  if (others.some((other) => Math.abs(at - other) >= WEEKDAY_SAYS_MS)) return formatMoment(at, zone);
  return `${formatDay(date).slice(0, 3)} ${clock(at, zone)}`;
}

const clock = (at: number, zone: string): string => formatMoment(at, zone).slice(-5);
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
