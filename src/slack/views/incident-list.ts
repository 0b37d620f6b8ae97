import { countOf, formatCount, SEVERITY_SHAPES } from '../../core/facts/render.ts';
import type { Incident } from '../../core/incident/incident.ts';
import { incidentName } from '../../core/incident/incident-ref.ts';
import { formatLength, incidentHeadline, pagesOf, timeBeside, trendWords } from '../../core/incident/incident-words.ts';
import { INCIDENT_ACTIONS } from '../incident-ids.ts';
import { quote, shorten } from '../mrkdwn.ts';
import { context, section } from './elements.ts';
import { press } from './incident-buttons.ts';
import { mention } from './mention.ts';
import { buildNotice, type Rendered } from './notice.ts';

const SHOWN = 10;
const NAME = 60;

/** The live incidents, with owner, age and trend. @param incidents oldest first; the worst are shown first. */
export function buildIncidentList(
  incidents: readonly Incident[],
  { now, timezone, latest }: { now: number; timezone: string; latest: Incident | undefined },
): Rendered {
  if (incidents.length === 0) return buildNotice(quietWords(latest, now, timezone));
  const sorted = incidents.toSorted((a, b) => weight(a) - weight(b) || a.since - b.since);
  const shown = sorted.slice(0, SHOWN);
  const unowned = incidents.filter(({ owner }) => owner === null).length;
  const title = `${countOf(incidents.length, 'live incident')}, ${unowned === 0 ? 'somebody is on each' : `${formatCount(unowned)} without an owner`}`;
  const cutNote = shown.length < incidents.length ? `Showing ${shown.length} of ${incidents.length}. ` : '';
  return {
    text: title,
    blocks: [
      section(`*${title}*`),
      ...shown.map((incident) =>
        section(incidentLine(incident, now, timezone), press(incident, 'Details', INCIDENT_ACTIONS.details)),
      ),
      context(
        `${cutNote}\`/seepass ack ${incidentName(shown[0]?.number ?? 1)}\` takes one. Times are ${quote(timezone, 60)}.`,
      ),
    ],
  };
}

const weight = ({ severity }: Incident): number => ['high', 'medium', 'low'].indexOf(severity);

/** "INC-12 · ● /checkout: errors 5.2x normal since 14:00", with who is on it, its age and its trend below. */
export function incidentLine(incident: Incident, now: number, zone: string): string {
  const { number, severity, owner, since, state, members, snoozedUntil } = incident;
  const name = quote(
    incidentHeadline(incident, zone, { name: shorten(incident.lead.surface, NAME), readAt: now }),
    250,
  );
  const pages = pagesOf(members).length;
  const trend = state === 'recovering' ? 'back inside normal' : trendWords(incident);
  const parts = [
    owner === null ? 'nobody on it yet' : mention(owner),
    `${formatLength(Math.max(0, now - since))} old`,
    ...(trend === null ? [] : [trend.toLowerCase()]),
    ...(pages > 1 ? [`${formatCount(pages)} pages`] : []),
    ...(snoozedUntil === null ? [] : [`snoozed until ${timeBeside(snoozedUntil, now, zone)}`]),
  ];
  return `*${incidentName(number)} · ${SEVERITY_SHAPES[severity]} ${name}*\n${parts.join(' · ')}`;
}

function quietWords(latest: Incident | undefined, now: number, zone: string): string {
  if (latest === undefined || latest.endedAt === null) return 'No live incidents.';
  const page = quote(shorten(latest.lead.surface, NAME), NAME);
  return `No live incidents. The last one: ${incidentName(latest.number)}, ${page}, ended ${timeBeside(latest.endedAt, now, zone)} ${quote(zone, 60)}.`;
}
