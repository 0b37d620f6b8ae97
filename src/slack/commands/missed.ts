import { labelCommand } from '../label-command.ts';

export const missedCommand = labelCommand({
  kind: 'missed',
  summary: 'Tell Seepass what it should have told you. `/seepass missed /checkout yesterday`',
  said: 'was an incident that I missed',
});
