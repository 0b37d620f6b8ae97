import { formatMoment } from '../../core/facts/render.ts';
import type { IncidentCommand } from '../../core/incident/command.ts';
import type { Incident } from '../../core/incident/incident.ts';
import { incidentName } from '../../core/incident/incident-ref.ts';
import { escapeEntities, quote, shorten } from '../mrkdwn.ts';
import { buildNotice, type Rendered } from './notice.ts';

const NAME = 60;

/** Why the desk did not do it: who was first, who may. Of its words only those mentions count that name its people. */
export function buildRefused(line: string, { owner, snoozedBy, endedBy }: Incident): Rendered {
  const people = [owner, snoozedBy, endedBy].filter((who) => who !== null);
  const escaped = escapeEntities(line);
  return buildNotice(people.reduce((text, who) => text.replaceAll(`&lt;@${who}&gt;`, `<@${who}>`), escaped));
}

/** What a command did, for whoever typed it. @param incident afterwards. */
export function buildIncidentDone(command: IncidentCommand, incident: Incident, zone: string): Rendered {
  const page = quote(shorten(incident.lead.surface, NAME), NAME);
  return buildNotice(
    `${doneWords(command, `${incidentName(incident.number)} (${page})`, zone)} Its message shows it in a moment.`,
  );
}

function doneWords(command: IncidentCommand, name: string, zone: string): string {
  switch (command.kind) {
    case 'acknowledge':
      return `${name} is yours.`;
    case 'release':
      return `${name} is handed back.`;
    case 'snooze':
      return `${name} is snoozed until ${formatMoment(command.until, zone)} ${quote(zone, 60)}.`;
    case 'wake':
      return `The snooze of ${name} is over.`;
    case 'resolve':
      return `${name} is resolved.`;
    case 'reopen':
      return `${name} is open again.`;
    case 'close':
      return `${name} is closed: ${CLOSED[command.closure]}.`;
  }
}

const CLOSED = {
  false: 'a false alarm',
  expected: 'this was expected',
  duplicate: 'told in the other incident',
} as const;
