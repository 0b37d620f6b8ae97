import type { SlackCommand } from '../command.ts';
import { createHelpCommand } from './help.ts';
import { topCommand } from './top.ts';

/** Every subcommand of `/seepass`, the most useful first: help shows five before "More". */
export const commands: readonly SlackCommand[] = [topCommand, createHelpCommand(() => commands)];
