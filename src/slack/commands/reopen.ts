import { incidentCommand } from '../incident-command.ts';

export const reopenCommand = incidentCommand({
  name: 'reopen',
  usage: '<INC-number>',
  summary: 'Say that an incident is not over',
  purpose: 'I could not reopen it',
  of: () => ({ kind: 'reopen' }),
});
