import type { SlackCommand } from '../command.ts';
import { falseCommand } from './false.ts';
import { createHelpCommand } from './help.ts';
import { missedCommand } from './missed.ts';
import { topCommand } from './top.ts';

/** Every subcommand of `/seepass`, the most useful first: help shows five before "More". */
export const commands: readonly SlackCommand[] = [
  topCommand,
  missedCommand,
  falseCommand,
  createHelpCommand(() => commands),
];
