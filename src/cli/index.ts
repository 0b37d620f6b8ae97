import { askCommand } from './ask.ts';
import { auditCommand } from './audit.ts';
import { backtestCommand } from './backtest.ts';
import { configCommand } from './config.ts';
import { demoCommand } from './demo.ts';
import { detectCommand } from './detect.ts';
import { docsCommand } from './docs.ts';
import { doctorCommand } from './doctor.ts';
import { drillCommand } from './drill.ts';
import { findingsCommand } from './findings.ts';
import { importCommand } from './import.ts';
import { migrateCommand } from './migrate.ts';
import { runCommand } from './run.ts';
import { seedCommand } from './seed.ts';
import { signaturesCommand } from './signatures.ts';
import { startCommand } from './start.ts';
import type { Subcommand } from './subcommand.ts';
import { themesCommand } from './themes.ts';
import { topCommand } from './top.ts';

/** In the order help shows them. */
export const subcommands: readonly Subcommand[] = [
  demoCommand,
  startCommand,
  importCommand,
  runCommand,
  topCommand,
  askCommand,
  findingsCommand,
  themesCommand,
  docsCommand,
  detectCommand,
  backtestCommand,
  drillCommand,
  signaturesCommand,
  configCommand,
  auditCommand,
  seedCommand,
  migrateCommand,
  doctorCommand,
];
