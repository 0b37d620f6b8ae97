import { setTimeout as wait } from 'node:timers/promises';
import { Argument } from 'commander';
import { SeepassError } from '../errors.ts';
import { createPayloadAcceptance, readPreparation } from '../event-acceptance.ts';
import { type BackfillReport, runBackfill } from '../pipeline/backfill/run-backfill.ts';
import { ToolTrouble } from '../pipeline/backfill/tool-trouble.ts';
import { findWebhookSource } from '../sources/index.ts';
import { payloadsOf } from '../sources/payload/of-webhook.ts';
import { BACKFILLED, type Backfilled, createToolReader } from '../tool-access.ts';
import { cliActor } from './actor.ts';
import { addCommonOptions, type CommonOptions, calendarDay } from './options.ts';
import { showProgress } from './progress.ts';
import type { CliContext, Subcommand } from './subcommand.ts';

interface BackfillOptions extends CommonOptions {
  since: string;
}

/** `seepass backfill`: what a tool holds since a day, read and never written to. */
export const backfillCommand: Subcommand = {
  configure(command, context) {
    addCommonOptions(command)
      .addArgument(new Argument('<source>', 'the tool').choices(BACKFILLED))
      .requiredOption('--since <day>', 'the first day, in UTC, such as 2026-08-01', calendarDay)
      .action(async (name: Backfilled, options: BackfillOptions) => {
        const report = await run(name, options, context);
        if (options.json) context.printJson(report);
        else print(report, context);
      });
  },
};

async function run(name: Backfilled, options: BackfillOptions, context: CliContext): Promise<BackfillReport> {
  const { config, clock, stderr } = context;
  const source = findWebhookSource(name);
  if (source === undefined) throw new SeepassError('internal', `This version of Seepass has no source ${name}.`);
  const since = Date.parse(options.since);
  if (since > clock())
    throw new SeepassError('bad_arguments', `${options.since} has not begun yet.`, { fix: 'Name a day that has.' });
  const reader = createToolReader(config.tools, name, clock, {
    wait: (ms) => wait(ms),
    onWait: (trouble, ms) => void stderr.write(`${trouble.message} Waiting ${Math.ceil(ms / 1_000)} s.\n`),
  });
  const { stores, target, close } = await context.openStores(options.database);
  const progress = showProgress<{ read: number; stored: number }>(stderr, clock, {
    total: undefined,
    beside: '{read} read, {stored} stored',
    line: ({ read, stored }) => `${name}: ${read} read, ${stored} stored`,
  });
  try {
    return await runBackfill({
      ...{ source: name, since, reader, clock, actor: cliActor() },
      accept: createPayloadAcceptance(await readPreparation(config, { stores, target }, clock))(payloadsOf(source)),
      events: stores.events,
      backfills: stores.backfills,
      onProgress: ({ pages, read, stored }) => progress.update(pages, { read, stored }),
    });
  } catch (error) {
    if (!(error instanceof ToolTrouble)) throw error;
    throw new SeepassError(error.code, error.message, {
      fix: `${error.fix ?? ''} What was read is stored: the same command goes on from there.`.trim(),
      cause: error,
    });
  } finally {
    progress.stop();
    await close();
  }
}

function print(report: BackfillReport, { stdout }: CliContext): void {
  const { resumed, read, stored, duplicates, rejected, ignored, earlier, rejections, without_surface, seconds } =
    report;
  if (resumed) stdout.write('Went on where the last run stopped.\n');
  stdout.write(
    `${read} read, ${stored} events stored, ${duplicates} already there, ${rejected} rejected in ${seconds.toFixed(1)} s\n`,
  );
  if (earlier > 0) stdout.write(`  ${earlier} are from before that day: not stored\n`);
  if (ignored > 0) stdout.write(`  ${ignored} of kinds that say nothing here: not stored\n`);
  if (without_surface > 0)
    stdout.write(`  ${without_surface} name no surface: stored, but no surface's day counts them\n`);
  for (const { reason } of rejections) stdout.write(`  ${reason}\n`);
}
