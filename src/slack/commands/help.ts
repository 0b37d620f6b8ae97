import type { SlackCommand } from '../command.ts';
import { buildHelp } from '../views/help.ts';

/** @param list the registry, read when help is asked for because help is a part of it. */
export function createHelpCommand(list: () => readonly SlackCommand[]): SlackCommand {
  return {
    name: 'help',
    usage: '',
    summary: 'What Seepass understands',
    purpose: 'I could not list the commands',
    isMeant: (text) => text === '',
    run: async () => buildHelp(list()),
  };
}
