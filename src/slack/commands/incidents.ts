import type { SlackCommand } from '../command.ts';
import { findIncident, namesIncident } from '../find-incident.ts';
import { renderIncidentNow } from '../incident-refresher.ts';
import { buildIncidentList } from '../views/incident-list.ts';

const LOOK_BACK_MS = 30 * 86_400_000;

export const incidentsCommand: SlackCommand = {
  name: 'incidents',
  usage: '[INC-number]',
  summary: 'What is wrong now, with owner, age and trend',
  purpose: 'I could not read the incidents',
  isMeant: (text) => text === '' || namesIncident(text),
  async run({ text }, deps) {
    if (text !== '') return renderIncidentNow((await findIncident(text, 'incidents', deps)).incident, deps);
    const { stores, timezone, clock } = deps;
    const now = clock();
    const live = await stores.incidents.listLive();
    const [latest] =
      live.length > 0 ? [] : await stores.incidents.listEnded({ start: now - LOOK_BACK_MS, end: now + 1 });
    return buildIncidentList(live, { now, timezone, latest });
  },
};
