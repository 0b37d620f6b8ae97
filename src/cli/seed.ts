import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { formatCount } from '../core/facts/render.ts';
import { dateInZone } from '../core/window.ts';
import type { Product } from '../demo/generate.ts';
import { SeepassError } from '../errors.ts';
import { addCommonOptions, type CommonOptions, calendarDay, wholeNumber } from './options.ts';
import { seedDatabase } from './seed-database.ts';
import { showSeedProgress } from './seed-progress.ts';
import type { CliContext, Subcommand } from './subcommand.ts';
import { unwritable, writeEventsFile, writeEventsTo } from './write-events.ts';

interface SeedOptions extends CommonOptions {
  days?: number;
  surfaces?: number;
  seed?: number;
  events?: number;
  accounts?: number;
  end?: string;
  out?: string;
  truth?: string;
}

/** `seepass seed`: a made-up product's events with planted incidents, into a file or straight into the database. */
export const seedCommand: Subcommand = {
  configure(command, context) {
    addOptions(command).action(async (options: SeedOptions) => {
      if (options.json && options.out === '-')
        throw new SeepassError('bad_arguments', '--json and --out - both want stdout.', { fix: 'Use one of them.' });
      const started = context.clock();
      const { database: _database, json, out, truth, end, ...asked } = options;
      const timezone = context.config.timezone;
      // Loaded here: faker's word lists would slow down every other subcommand.
      const { generateProduct } = await import('../demo/generate.ts');
      const product = generateProduct({ ...asked, timezone, endDate: end ?? dateInZone(started, timezone) });
      // First, so that a path that cannot be written is told at once.
      if (truth !== undefined) await writeTruth(truth, product);
      const events = await send(product, options, context);
      const seconds = Math.round((context.clock() - started) / 100) / 10;
      const { days, surfaces } = product.options;
      const report = { events, days, surfaces, seconds, out: out ?? null, truth: truth ?? null };
      if (json) return context.printJson(report);
      const where = out === undefined ? 'the database' : out === '-' ? 'stdout' : out;
      const line = `${formatCount(events)} events of ${formatCount(days)} days and ${formatCount(surfaces)} surfaces went to ${where} in ${seconds} s.`;
      const told = out === '-' ? context.stderr : context.stdout;
      told.write(`${line}${out === undefined ? ' Judge them: seepass run' : ''}\n`);
    });
  },
};

function addOptions(command: Command): Command {
  return addCommonOptions(command)
    .option('--days <number>', 'days of history (default: 90)', wholeNumber(1, 3650))
    .option('--surfaces <number>', 'pages and endpoints (default: 40)', wholeNumber(1, 20_000))
    .option('--seed <number>', 'same options and seed, same events (default: 7)', wholeNumber(0, 2 ** 32 - 1))
    .option('--events <number>', 'about how many events in all (default: 220000)', wholeNumber(1, 100_000_000))
    .option('--accounts <number>', 'customer companies (default: 300)', wholeNumber(5, 20_000))
    .option('--end <day>', 'the day after the last one (default: today)', calendarDay)
    .option('--out <file>', 'write JSON lines to this file (.gz too), or - for stdout, instead of the database')
    .option('--truth <file>', 'write what was planted to this file');
}

/** @returns how many events were made. */
async function send(product: Product, options: SeedOptions, context: CliContext): Promise<number> {
  const progress = showSeedProgress(context.stderr, product.options.events, context.clock);
  const onProgress = (events: number): void => progress.update(events, { events });
  try {
    if (options.out === undefined) return await store(product, options.database, context, onProgress);
    if (options.out === '-') return await writeEventsTo(product.events, context.stdout, onProgress);
    return await writeEventsFile(product.events, options.out, onProgress);
  } finally {
    progress.stop();
  }
}

async function store(
  product: Product,
  database: string | undefined,
  { config, clock, openStores }: CliContext,
  onProgress: (events: number) => void,
): Promise<number> {
  const { stores, target, close } = await openStores(database);
  try {
    const report = await seedDatabase(product.events, {
      config,
      target,
      store: stores.events,
      clock,
      onProgress: ({ read }) => onProgress(read),
    });
    return report.read;
  } finally {
    await close();
  }
}

async function writeTruth(path: string, product: Product): Promise<void> {
  try {
    await writeFile(path, `${JSON.stringify(product.truth, null, 2)}\n`);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}
