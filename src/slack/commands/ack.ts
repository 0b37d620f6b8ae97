import { incidentCommand } from '../incident-command.ts';

export const ackCommand = incidentCommand({
  name: 'ack',
  usage: '<INC-number | page>',
  summary: 'Say that you are on an incident. `/seepass ack INC-12`',
  purpose: 'I could not note who is on it',
  of: () => ({ kind: 'acknowledge' }),
});
