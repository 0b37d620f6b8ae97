import { incidentCommand } from '../incident-command.ts';

export const unackCommand = incidentCommand({
  name: 'unack',
  usage: '<INC-number>',
  summary: 'Hand an incident back: nobody is on it then',
  purpose: 'I could not hand it back',
  of: () => ({ kind: 'release' }),
});
