import { labelCommand } from '../label-command.ts';

export const falseCommand = labelCommand({
  kind: 'false',
  summary: 'Tell Seepass what was no incident. `/seepass false #2 load test`',
  said: 'was no incident',
});
