import { joinWords } from '../../core/facts/render.ts';
import type { EntryDetails, Incident, IncidentEntry } from '../../core/incident/incident.ts';
import { incidentName } from '../../core/incident/incident-ref.ts';
import { incidentHeadline, timeBeside, whatSince } from '../../core/incident/incident-words.ts';
import { quote, shorten } from '../mrkdwn.ts';
import { mention } from './mention.ts';
import { buildNotice, type Rendered } from './notice.ts';

/** Pages a line names one by one. */
const NAMED = 3;
const NAME = 60;

/** What happened to an incident, as one calm line for its thread. @param timezone IANA, of every time in it. */
export function buildEntryLine(entry: IncidentEntry, incident: Incident, { timezone }: { timezone: string }): Rendered {
  return buildNotice(entryLine(entry, incident, timezone));
}

/** The line as mrkdwn. */
export function entryLine(entry: IncidentEntry, incident: Incident, zone: string): string {
  const { details, actor } = entry;
  const person = actor === 'system' ? null : mention(actor);
  const note = details.note ? ` "${quote(details.note, 300)}"` : '';
  switch (entry.kind) {
    case 'opened':
      return `Opened: ${headline(incident, zone)}.`;
    case 'joined':
      return `${pages(details)} joined.`;
    case 'escalated':
      return `Worse: ${severityStep(details, incident)}.`;
    case 'eased':
      return `Easing: ${severityStep(details, incident)}.`;
    case 'acknowledged':
      return `${person ?? 'Somebody'} is on it.`;
    case 'released':
      return `${person ?? mention(details.owner ?? null)} handed it back; nobody is on it.`;
    case 'snoozed':
      return `${person ?? 'Somebody'} snoozed it${until(entry, zone)}.${note}`;
    case 'woken':
      return person === null ? 'The snooze is over, and it goes on.' : `${person} ended the snooze.`;
    case 'recovering':
      return 'Back inside its normal range. It resolves when it stays there.';
    case 'worsened':
      return 'Outside its normal range again.';
    case 'resolved':
      return person === null
        ? // The message above it sums it up.
          'It stayed inside its normal range: resolved.'
        : `${person} resolved it.${note}`;
    case 'reopened':
      return person === null ? `It is back: ${whatSince(incident, zone)}.` : `${person} reopened it.`;
    case 'closed':
      return `${person ?? 'Seepass'} closed it: ${closureOf(details)}.${note}`;
  }
}

const headline = (incident: Incident, zone: string): string =>
  quote(incidentHeadline(incident, zone, { name: shorten(incident.lead.surface, NAME) }), 250);

function pages({ surfaces = [] }: EntryDetails): string {
  if (surfaces.length === 0) return 'Another metric';
  const names = surfaces.slice(0, NAMED).map((page) => quote(shorten(page, NAME), NAME));
  const more = surfaces.length - names.length;
  return joinWords(more > 0 ? [...names, `${more} more`] : names);
}

function severityStep({ severity, severityBefore }: EntryDetails, incident: Incident): string {
  const now = severity ?? incident.severity;
  return severityBefore === undefined ? `now ${now} severity` : `now ${now} severity, was ${severityBefore}`;
}

const until = ({ details, at }: IncidentEntry, zone: string): string =>
  details.until === undefined ? '' : ` until ${timeBeside(details.until, at, zone)} ${quote(zone, 60)}`;

function closureOf({ closure, duplicateOf }: EntryDetails): string {
  if (closure === 'expected') return 'this was expected';
  if (closure === 'duplicate')
    return duplicateOf === undefined ? 'it is told in another incident' : `it is told in ${incidentName(duplicateOf)}`;
  return 'a false alarm';
}
