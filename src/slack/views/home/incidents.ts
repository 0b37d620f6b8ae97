import type { HomeModel } from '../../../core/delivery/home-model.ts';
import type { Incident } from '../../../core/incident/incident.ts';
import type { JsonObject } from '../../../core/records.ts';
import { HOME_ACTIONS } from '../../home-ids.ts';
import { SLASH_COMMAND } from '../../ids.ts';
import { INCIDENT_ACTIONS } from '../../incident-ids.ts';
import { actions, context, header, section } from '../elements.ts';
import { press } from '../incident-buttons.ts';
import { incidentLine } from '../incident-list.ts';
import { cutNote, shownAt } from './lists.ts';

const SHOWN = 8;

/** Live incidents, the viewer's own first, each with what can be done from here. */
export function buildIncidents({ incidents, viewer, now, timezone, latest }: HomeModel, scale: number): JsonObject[] {
  // Before anything was judged there is nothing that could be open, and the checklist says what comes first.
  if (incidents.length === 0 && latest === null) return [];
  if (incidents.length === 0)
    return [header('Open incidents'), section('None. Channels with alerts are told when one opens.')];
  const shown = incidents.slice(0, shownAt(scale, SHOWN));
  const mine = shown.filter(({ owner }) => owner === viewer);
  const others = shown.filter(({ owner }) => owner !== viewer);
  const blocksOf = (incident: Incident): JsonObject[] => [
    section(incidentLine(incident, now, timezone)),
    actions([
      ...(incident.owner === null ? [press(incident, "I'm on it", HOME_ACTIONS.acknowledge, 'primary')] : []),
      press(incident, 'Details', INCIDENT_ACTIONS.details),
    ]),
  ];
  const note = cutNote(shown.length, incidents.length, 'incident');
  return [
    ...(mine.length > 0 ? [header('Yours'), ...mine.flatMap(blocksOf)] : []),
    ...(others.length > 0 ? [header('Open incidents'), ...others.flatMap(blocksOf)] : []),
    ...(note === null ? [] : [context(`${note} \`${SLASH_COMMAND} incidents\` lists more.`)]),
  ];
}
