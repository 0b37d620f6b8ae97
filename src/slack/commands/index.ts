import type { SlackCommand } from '../command.ts';
import { askCommand } from './ask.ts';
import { defineCommand } from './define.ts';
import { falseCommand } from './false.ts';
import { gapsCommand } from './gaps.ts';
import { createHelpCommand } from './help.ts';
import { metricsCommand } from './metrics.ts';
import { missedCommand } from './missed.ts';
import { replayCommand } from './replay.ts';
import { topCommand } from './top.ts';

/** Every subcommand of `/seepass`, the most useful first: help shows five before "More". */
export const commands: readonly SlackCommand[] = [
  topCommand,
  askCommand,
  metricsCommand,
  defineCommand,
  missedCommand,
  falseCommand,
  gapsCommand,
  replayCommand,
  createHelpCommand(() => commands),
];
