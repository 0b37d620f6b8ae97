import { formatCount, SEVERITY_SHAPES } from '../../core/facts/render.ts';
import { type Closure, type Incident, isLive } from '../../core/incident/incident.ts';
import type { IncidentChart } from '../../core/incident/incident-chart.ts';
import { incidentName } from '../../core/incident/incident-ref.ts';
import {
  evidence,
  figureSentence,
  incidentHeadline,
  lifeSummary,
  pagesOf,
  reachWords,
  sharedWords,
  timeIn,
} from '../../core/incident/incident-words.ts';
import type { JsonObject } from '../../core/records.ts';
import { quote, shorten } from '../mrkdwn.ts';
import { actions, context, header, section } from './elements.ts';
import { fitBlocks } from './fit.ts';
import { incidentButtons } from './incident-buttons.ts';
import { drawIncident } from './incident-chart.ts';
import { mention } from './mention.ts';
import type { Rendered } from './notice.ts';

export interface IncidentContext {
  /** IANA zone of every time in it. */
  timezone: string;
  /** Left out where there is nothing to draw. */
  chart?: IncidentChart | null;
  /** Number of the incident it is a duplicate of. */
  duplicateOf?: number | null;
}

const NAME = 60;
/** Pages of a shared cause that are named. */
export const SHOWN_PAGES = 10;

/** An incident's one message, as it stands: the same for its whole life, whatever the names in it are. */
export function buildIncidentMessage(incident: Incident, context: IncidentContext): Rendered {
  const { chart = null, timezone } = context;
  const drawn = chart === null || !isLive(incident) ? null : drawIncident(incident, chart, timezone);
  const build = (withChart: boolean): Rendered => ({
    text: fallbackText(incident, context),
    blocks: [
      ...fitBlocks((scale) => wordBlocks(incident, context, scale)),
      ...(drawn === null || !withChart ? [] : drawn),
      actions(incidentButtons(incident)),
    ],
  });
  return drawn === null ? build(false) : { ...build(true), simpler: () => build(false) };
}

function wordBlocks(incident: Incident, of: IncidentContext, scale: number): JsonObject[] {
  const live = isLive(incident);
  const shared = sharedWords(withShortNames(incident, scale));
  return [
    header(titleOf(incident, of)),
    section(live ? liveText(incident, of.timezone, scale) : endText(incident, of, scale)),
    ...(shared === null ? [] : [section([quote(shared, cut(400, scale)), pageList(incident, scale)].join('\n'))]),
    ...evidenceLine(incident, of.timezone, scale),
    context(nameLine(incident, of.timezone)),
  ];
}

const cut = (limit: number, scale: number): number => Math.max(24, Math.round(limit * scale));

/** "● /checkout: errors 5.2x normal since 14:00" while it lives, "/checkout: recovered" afterwards. */
function titleOf(incident: Incident, { timezone, duplicateOf = null }: IncidentContext): string {
  const name = shorten(incident.lead.surface, NAME);
  if (isLive(incident))
    return `${SEVERITY_SHAPES[incident.severity]} ${shorten(incidentHeadline(incident, timezone, { name }), 148)}`;
  if (incident.state === 'resolved') return `${name}: ${incident.endedBy === 'system' ? 'recovered' : 'resolved'}`;
  return `${name}: ${closureTitle(incident.closure, duplicateOf)}`;
}

function closureTitle(closure: Closure | null, duplicateOf: number | null): string {
  if (closure === 'expected') return 'expected';
  if (closure === 'duplicate')
    return `told in ${duplicateOf === null ? 'another incident' : incidentName(duplicateOf)}`;
  return 'not an incident';
}

function liveText(incident: Incident, zone: string, scale: number): string {
  const figures = quote(figureSentence(withShortNames(incident, scale), zone), cut(400, scale));
  const reach = reachWords(incident.picture, false);
  return [`*${statusOf(incident, zone)}*`, figures, reach === null ? '' : quote(reach, 200)].filter(Boolean).join('\n');
}

/** Who is on it, whether it gets better, and whether it is quiet. */
function statusOf(incident: Incident, zone: string): string {
  const { state, owner, acknowledgedAt, normalHours, snoozedUntil, snoozedBy } = incident;
  const since = acknowledgedAt === null ? '' : ` since ${timeIn(incident, acknowledgedAt, zone)}`;
  const who = owner === null ? 'nobody on it yet' : `${mention(owner)} on it${since}`;
  const how =
    state === 'recovering'
      ? `Back inside normal${normalHours > 1 ? ` for ${normalHours} hours` : ''}`
      : state === 'acknowledged'
        ? 'Acknowledged'
        : 'Open';
  const quiet =
    snoozedUntil === null ? '' : ` · snoozed by ${mention(snoozedBy)} until ${timeIn(incident, snoozedUntil, zone)}`;
  return `${how}, ${who}${quiet}`;
}

/** How it ended and what it was: "Peaked at …, normal since 16:00. Lasted 2 h 05 min, 37 accounts, owner @you." */
function endText(incident: Incident, of: IncidentContext, scale: number): string {
  const { owner, closure, endedBy, endedAt } = incident;
  const at = endedAt === null ? '' : ` at ${timeIn(incident, endedAt, of.timezone)}`;
  const by = endedBy === null || endedBy === 'system' ? null : `${mention(endedBy)}${at}`;
  if (incident.state === 'closed') {
    const how = closureWords(closure, of.duplicateOf ?? null);
    const was = quote(
      incidentHeadline(incident, of.timezone, { name: shorten(incident.lead.surface, NAME) }),
      cut(200, scale),
    );
    return `*Closed${by === null ? at : ` by ${by}`}: ${how}.*\nIt last read "${was}".`;
  }
  const lead = by === null ? '*Recovered.*' : `*Resolved by ${by}.*`;
  const whose = owner === null ? '' : `, owner ${mention(owner)}`;
  return `${lead} ${quote(lifeSummary(incident, of.timezone), cut(300, scale))}${whose}.`;
}

function closureWords(closure: Closure | null, duplicateOf: number | null): string {
  if (closure === 'expected') return 'this was expected';
  if (closure === 'duplicate') return closureTitle(closure, duplicateOf);
  return 'a false alarm';
}

/** "/api/orders, /cart, /pay · showing 10 of 42": a full stop would read as part of a route. */
function pageList({ members }: Incident, scale: number): string {
  const pages = pagesOf(members);
  const names = pages.slice(0, SHOWN_PAGES).map((page) => quote(shorten(page, cut(NAME, scale)), NAME));
  const more = pages.length > names.length ? ` · showing ${names.length} of ${formatCount(pages.length)}` : '';
  const back = members.filter(({ recovered }) => recovered).length;
  const recovered =
    back === 0 || back === members.length
      ? ''
      : ` · ${formatCount(back)} of ${formatCount(members.length)} back to normal`;
  return `${names.join(', ')}${more}${recovered}`;
}

function evidenceLine(incident: Incident, zone: string, scale: number): JsonObject[] {
  // What was no incident needs no evidence.
  const found = incident.state === 'closed' ? [] : evidence(withShortNames(incident, scale), zone);
  if (found.length === 0) return [];
  return [context(found.map(({ text }) => quote(text, cut(240, scale))).join(' · '))];
}

/** What it is called, and the zone that every time is in. */
function nameLine({ reopenings, severity, number }: Incident, zone: string): string {
  const again = reopenings === 0 ? [] : [`reopened ${reopenings === 1 ? 'once' : `${reopenings} times`}`];
  return [incidentName(number), `${severity} severity`, ...again, quote(zone, 60)].join(' · ');
}

/** Long names give way, figures never. */
function withShortNames(incident: Incident, scale: number): Incident {
  const { picture, lead } = incident;
  const short = (name: string): string => shorten(name, cut(NAME, scale));
  return {
    ...incident,
    lead: { ...lead, surface: short(lead.surface) },
    picture: {
      ...picture,
      signature: picture.signature && { ...picture.signature, name: short(picture.signature.name) },
      release: picture.release && { ...picture.release, name: short(picture.release.name) },
      cause: picture.cause && { ...picture.cause, value: short(picture.cause.value) },
    },
  };
}

/** For notifications, which read no formatting. */
function fallbackText(incident: Incident, of: IncidentContext): string {
  const title = quote(titleOf(incident, of), 200);
  if (!isLive(incident)) return `${title} (${incidentName(incident.number)})`;
  const figures = figureSentence(withShortNames(incident, 1), of.timezone);
  return `${title}. ${quote(figures, 300)} (${incident.severity}, ${incidentName(incident.number)})`;
}
