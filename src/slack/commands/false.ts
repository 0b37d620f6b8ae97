import { isIncidentName } from '../../core/incident/incident-ref.ts';
import type { SlackCommand } from '../command.ts';
import { findIncident } from '../find-incident.ts';
import { actOn, noteOf } from '../incident-command.ts';
import { labelCommand } from '../label-command.ts';

const ofDay = labelCommand({
  kind: 'false',
  summary: 'Tell Seepass what was no incident. `/seepass false #2 load test` or `/seepass false INC-12`',
  said: 'was no incident',
});

const isAboutIncident = (text: string): boolean => isIncidentName(text.split(/\s/)[0] ?? '');

/** `#2` is a rank of a judged day, INC-2 an incident. */
export const falseCommand: SlackCommand = {
  ...ofDay,
  usage: '<page | #rank | INC-number> [date] [note]',
  isMeant: (text) => isAboutIncident(text) || ofDay.isMeant?.(text) === true,
  async run(request, deps) {
    if (!isAboutIncident(request.text)) return ofDay.run(request, deps);
    const { incident, rest } = await findIncident(request.text, 'false', deps);
    const by = { actor: request.user, channel: request.channel };
    return actOn(incident, { kind: 'close', closure: 'false', note: noteOf(rest) }, by, deps);
  },
};
