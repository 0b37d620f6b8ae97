import { formatCount, formatMoment } from '../../core/facts/render.ts';
import { type Incident, type IncidentEntry, isLive } from '../../core/incident/incident.ts';
import { incidentName } from '../../core/incident/incident-ref.ts';
import {
  againstNormal,
  evidence,
  figureSentence,
  formatLength,
  incidentHeadline,
  metricNoun,
  reachWords,
  sharedWords,
} from '../../core/incident/incident-words.ts';
import type { JsonObject } from '../../core/records.ts';
import { ASSESSMENT_ACTIONS } from '../assessment-ids.ts';
import { encodeIncident, INCIDENT_ACTIONS, INCIDENT_CALLBACKS } from '../incident-ids.ts';
import { quote, shorten } from '../mrkdwn.ts';
import { actions, button, context, header, modal, section } from './elements.ts';
import { fitBlocks } from './fit.ts';
import { SHOWN_PAGES } from './incident.ts';
import { press } from './incident-buttons.ts';
import { entryLine } from './incident-entry.ts';
import { mention } from './mention.ts';

export const DETAILS_TITLE = 'Incident';
const SHOWN_ENTRIES = 15;
const NAME = 80;

/** Everything known of an incident and all that happened to it, latest last. */
export function buildIncidentDetails(
  incident: Incident,
  entries: readonly IncidentEntry[],
  { timezone }: { timezone: string },
): JsonObject {
  const blocks = fitBlocks((scale) => [
    header(
      `${incidentName(incident.number)} · ${shorten(incidentHeadline(incident, timezone, { name: shorten(incident.lead.surface, 60) }), 130)}`,
    ),
    section(figures(incident, timezone, scale)),
    ...members(incident, timezone, scale),
    section(history(incident, entries, timezone, scale)),
    context(`Every time is ${quote(timezone, 60)}. Hours are judged when they are complete.`),
  ]);
  return modal(INCIDENT_CALLBACKS.details, DETAILS_TITLE, [...blocks, ...choices(incident)]);
}

const cut = (limit: number, scale: number): number => Math.max(24, Math.round(limit * scale));

function figures(incident: Incident, zone: string, scale: number): string {
  const { picture, since, owner } = incident;
  const reach = reachWords(picture, !isLive(incident));
  const shared = sharedWords(incident);
  const peak = `Farthest from normal: ${againstNormal(picture.peak)}, ${formatMoment(picture.peak.hour, zone)}.`;
  const lines = [
    figureSentence(incident, zone),
    peak,
    `Began ${formatMoment(since, zone)}; outside normal for ${formatLength(picture.latest.hour + 3_600_000 - since)}.`,
    reach,
    shared,
    ...evidence(incident, zone).map(({ text }) => `• ${text}`),
  ];
  const words = lines.filter((line) => line !== null).map((line) => quote(line, cut(400, scale)));
  return [...words, owner === null ? 'Nobody is on it yet.' : `Owner: ${mention(owner)}`].join('\n');
}

function members({ members: all }: Incident, zone: string, scale: number): JsonObject[] {
  if (all.length < 2) return [];
  const shown = all.slice(0, SHOWN_PAGES).map(({ surface, metric, since, recovered }) => {
    const name = quote(shorten(surface, cut(NAME, scale)), NAME);
    return `• ${name}: ${metricNoun(metric)} since ${formatMoment(since, zone)}${recovered ? ', back to normal' : ''}`;
  });
  const more = all.length > shown.length ? `\nShowing ${shown.length} of ${formatCount(all.length)}.` : '';
  return [section(`*Pages in it*\n${shown.join('\n')}${more}`)];
}

function history(incident: Incident, entries: readonly IncidentEntry[], zone: string, scale: number): string {
  if (entries.length === 0) return '*What happened*\nNothing is recorded yet.';
  const shown = entries.slice(-SHOWN_ENTRIES);
  // Cut by the line's own parts, never within a mention.
  const brief = scale < 0.5 ? shown.slice(-5) : shown;
  const lines = brief.map((entry) => `${formatMoment(entry.at, zone)}  ${entryLine(entry, incident, zone)}`);
  const more = entries.length > brief.length ? `\nShowing the last ${brief.length} of ${entries.length}.` : '';
  return `*What happened*\n${lines.join('\n')}${more}`;
}

function choices(incident: Incident): JsonObject[] {
  const { lead, picture, owner } = incident;
  const page = shorten(lead.surface, 40);
  const buttons = [
    press(incident, 'Assessment', ASSESSMENT_ACTIONS.ofIncident),
    ...(isLive(incident) && owner !== null ? [press(incident, 'Hand back', INCIDENT_ACTIONS.handBack)] : []),
    ignore(incident, INCIDENT_ACTIONS.ignorePage, 'Ignore this page', page),
    ...(picture.signature === null
      ? []
      : [ignore(incident, INCIDENT_ACTIONS.ignoreError, 'Ignore this error', shorten(picture.signature.name, 40))]),
  ];
  return [actions(buttons)];
}

function ignore(incident: Incident, actionId: string, label: string, name: string): JsonObject {
  return button(label, {
    actionId,
    value: encodeIncident(incident),
    describedAs: `${label}: ${name}`,
    confirm: {
      title: 'Ignore for good?',
      text: `No channel is alerted about ${name} any more. /seepass ignored lists it and takes it back.`,
      confirm: 'Ignore',
    },
  });
}
