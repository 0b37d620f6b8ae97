import { incidentCommand, noteOf } from '../incident-command.ts';

export const resolveCommand = incidentCommand({
  name: 'resolve',
  usage: '<INC-number> [note]',
  summary: 'Say that an incident is over. `/seepass resolve INC-12 rolled back`',
  purpose: 'I could not resolve it',
  of: (rest) => ({ kind: 'resolve', note: noteOf(rest) }),
});
