import type { SlackCommand } from '../command.ts';
import { ackCommand } from './ack.ts';
import { annotateCommand } from './annotate.ts';
import { askCommand } from './ask.ts';
import { auditCommand } from './audit.ts';
import { closeCommand } from './close.ts';
import { cycleCommand } from './cycle.ts';
import { defineCommand } from './define.ts';
import { docsCommand } from './docs.ts';
import { falseCommand } from './false.ts';
import { gapsCommand } from './gaps.ts';
import { createHelpCommand } from './help.ts';
import { ignoreCommand } from './ignore.ts';
import { ignoredCommand } from './ignored.ts';
import { incidentsCommand } from './incidents.ts';
import { maintenanceCommand } from './maintenance.ts';
import { metricsCommand } from './metrics.ts';
import { missedCommand } from './missed.ts';
import { previewCommand } from './preview.ts';
import { proposalsCommand } from './proposals.ts';
import { reopenCommand } from './reopen.ts';
import { replayCommand } from './replay.ts';
import { resolveCommand } from './resolve.ts';
import { resumeCommand } from './resume.ts';
import { rulesCommand } from './rules.ts';
import { runbookCommand } from './runbook.ts';
import { snoozeCommand } from './snooze.ts';
import { stopCommand } from './stop.ts';
import { subscribeCommand } from './subscribe.ts';
import { subscriptionsCommand } from './subscriptions.ts';
import { topCommand } from './top.ts';
import { unackCommand } from './unack.ts';
import { unsubscribeCommand } from './unsubscribe.ts';
import { wakeCommand } from './wake.ts';
import { whyNotCommand } from './why-not.ts';

/** Every subcommand of `/seepass`, the most useful first: help shows five before "More". */
export const commands: readonly SlackCommand[] = [
  topCommand,
  askCommand,
  incidentsCommand,
  proposalsCommand,
  ackCommand,
  snoozeCommand,
  subscribeCommand,
  subscriptionsCommand,
  unsubscribeCommand,
  previewCommand,
  runbookCommand,
  docsCommand,
  metricsCommand,
  defineCommand,
  whyNotCommand,
  resolveCommand,
  reopenCommand,
  closeCommand,
  unackCommand,
  wakeCommand,
  ignoreCommand,
  ignoredCommand,
  annotateCommand,
  maintenanceCommand,
  rulesCommand,
  missedCommand,
  falseCommand,
  gapsCommand,
  replayCommand,
  stopCommand,
  resumeCommand,
  cycleCommand,
  auditCommand,
  createHelpCommand(() => commands),
];
