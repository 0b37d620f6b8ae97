/** An incident by the hour, as it is assessed. */
import type { HourlyMetricId } from '../detect/hours/hourly-finding.ts';
import type { LeadKind } from '../explain/reading.ts';
import { counted, dateFact, measured, name, ratioFact, rounded } from '../facts/fact.ts';
import { formatDay } from '../facts/render.ts';
import { hourOfDay } from '../hours.ts';
import type { Incident } from '../incident/incident.ts';
import { figureSentence, pagesOf, whatSince } from '../incident/incident-words.ts';
import type { Fact } from '../records.ts';
import { addDays, dateInZone } from '../window.ts';
import { claimFrom } from './claim.ts';
import type { Situation, SituationWindows } from './situation.ts';

const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;
const WEEK = 7;

const KINDS: Readonly<Record<HourlyMetricId, LeadKind>> = {
  error_rate: 'errors',
  failure_rate: 'failures',
  dropoff_rate: 'dropoffs',
  traffic: 'traffic-drop',
};

/** What an incident shows by now. @param zone IANA, of the windows. */
export function situationOfIncident(incident: Incident, zone: string): Situation {
  const { id, lead, severity, picture, members } = incident;
  const facts = factsOf(incident, zone);
  const summary = `${lead.surface}: ${whatSince(incident, zone)}. ${figureSentence(incident, zone)}`;
  const isSurge = lead.metric === 'traffic' && lead.direction === 'up';
  return {
    subject: { kind: 'incident', incidentId: id, surface: lead.surface },
    severity,
    kind: isSurge ? 'other' : KINDS[lead.metric],
    surfaces: [lead.surface, ...pagesOf(members).filter((page) => page !== lead.surface)],
    signature: null,
    rules: [lead.metric === 'traffic' ? (isSurge ? 'traffic-rise' : 'traffic-drop') : 'spike'],
    windows: windowsOf(incident, zone),
    summary: claimFrom(summary, facts),
    facts,
    accounts: picture.accounts === null ? null : [picture.accounts, picture.accounts],
    users: picture.users === null ? null : [picture.users, picture.users],
    loss: null,
    topics: [],
  };
}

/** From its first hour to the last one that was outside normal. */
function windowsOf({ since, picture }: Incident, zone: string): SituationWindows {
  const [start, end] = [localHour(since, zone), localHour(picture.latest.hour + HOUR_MS, zone)];
  return {
    now: { start, end },
    before: { start: weekEarlier(start), end: start },
    usual: { start: weekEarlier(start), end: weekEarlier(end) },
    began: dateInZone(since, zone),
    hours: { now: (picture.latest.hour + HOUR_MS - since) / HOUR_MS, before: WEEK_HOURS },
  };
}

/** `2026-01-29T14:00`. */
const localHour = (at: number, zone: string): string =>
  `${dateInZone(at, zone)}T${String(hourOfDay(at, zone)).padStart(2, '0')}:00`;

const weekEarlier = (local: string): string => `${addDays(local.slice(0, 10), -WEEK)}${local.slice(10)}`;

function factsOf({ lead, since, picture }: Incident, zone: string): Fact[] {
  const { latest, accounts, users, signature, release, count } = picture;
  const began = dateInZone(since, zone);
  const isRate = lead.metric !== 'traffic';
  return [
    name('entity', 'Page', lead.surface),
    dateFact('since', 'Outside normal since', began, formatDay(began)),
    name('timezone', 'Time zone', zone),
    ...measured('lead.current', 'Main finding, latest hour', latest.current, isRate ? 'share' : 'count'),
    ...(isRate
      ? measured('lead.expected', 'Main finding, normally', latest.expected, 'share')
      : rounded('lead.expected', 'Main finding, normally', latest.expected)),
    ...ratioFact('lead.ratio', 'Main finding, against normal', latest.current, latest.expected),
    ...(count ? measured('lead.hits', 'What the rate counts, latest hour', count.hits, 'count') : []),
    ...(count ? measured('lead.exposure', 'Of how many, latest hour', count.exposure, 'count') : []),
    ...counted('affected_accounts', 'Accounts hit so far', accounts ?? 0, 'account'),
    ...counted('affected_users', 'Users hit so far', users ?? 0, 'user'),
    ...(signature ? [name('signature.1', 'Error signature', signature.name)] : []),
    ...(signature ? measured('signature.1.share', 'Share of the errors', signature.share, 'share') : []),
    ...(release ? [name('release', 'Release most errors ran under', release.name)] : []),
    ...(release ? measured('release.share', 'Share of errors under that release', release.share, 'share') : []),
  ];
}
