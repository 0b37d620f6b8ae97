import type { Command } from 'commander';
import type { SourceDescriptor } from '../core/sources.ts';
import { SeepassError } from '../errors.ts';
import { createAcceptance, createPayloadAcceptance, readPreparation } from '../event-acceptance.ts';
import type { OpenStores } from '../open-stores.ts';
import { importAggregates } from '../pipeline/import-aggregates.ts';
import { type IngestReport, InterruptedImport, ingest } from '../pipeline/ingest.ts';
import { getSource, webhooks } from '../sources/index.ts';
import { openInput } from './input-bytes.ts';
import { addCommonOptions, type CommonOptions } from './options.ts';
import { showProgress } from './progress.ts';
import { type RecordReader, readRecords } from './read-records.ts';
import type { CliContext, Subcommand } from './subcommand.ts';

type RowCounts = Pick<IngestReport, 'read' | 'stored' | 'rejected'>;

interface ImportOptions extends CommonOptions {
  source: string;
}

/** One of these is in the header of a CSV file; tools send none. */
const CSV_COLUMNS = { events: ['ts'], aggregates: ['date'], payloads: [] } as const;

const TOOLS = webhooks.map(({ name }) => name).join(', ');

/** `seepass import`: events, or daily rows a team already has, from a file or standard input. */
export const importCommand: Subcommand = {
  configure(command: Command, context: CliContext) {
    addCommonOptions(command)
      .argument('<file>', 'the file, or - for standard input')
      .option(
        '--source <format>',
        `what the file holds: events, aggregates (daily rows per surface), or what a tool sends (${TOOLS})`,
        'events',
      )
      .action(async (file: string, options: ImportOptions) => {
        const source = getSource(options.source);
        const input = await openInput(file, context.stdin);
        const plainLines = source.kind === 'payloads' && source.plainLines;
        const reader = await readRecords(input, CSV_COLUMNS[source.kind], plainLines);
        const opened = await context.openStores(options.database);
        const progress = showProgress<RowCounts>(context.stderr, context.clock, {
          total: input.size,
          beside: '{read} read, {stored} stored, {rejected} rejected',
          line: ({ read, stored, rejected }, share) =>
            `${read} read, ${stored} stored, ${rejected} rejected${share === undefined ? '' : ` (${Math.floor(100 * share)}% of the file)`}`,
        });
        try {
          const report = await run(source, reader, opened, context, ({ read, stored, rejected }) =>
            progress.update(input.position(), { read, stored, rejected }),
          );
          progress.stop();
          print(report, options, context);
          if (report.stored + report.duplicates === 0) throw nothingUsable(input.name, report);
        } catch (error) {
          progress.stop();
          if (error instanceof InterruptedImport) print(error.report, options, context);
          throw error;
        } finally {
          await opened.close();
        }
      });
  },
};

async function run(
  source: SourceDescriptor,
  reader: RecordReader,
  { stores, target }: OpenStores,
  { config, clock }: CliContext,
  onProgress: (soFar: Readonly<IngestReport>) => void,
): Promise<IngestReport> {
  const fromCsv = reader.format.kind === 'csv';
  if (source.kind === 'aggregates') {
    const limits = () => ({ now: clock(), currency: config.currency });
    const accept = (value: unknown) => source.parse(value, limits(), fromCsv);
    return importAggregates(reader.records, { rollups: stores.rollups, accept, clock, onProgress });
  }
  const preparation = await readPreparation(config, { stores, target }, clock);
  const accept =
    source.kind === 'payloads'
      ? createPayloadAcceptance(preparation)(source)
      : createAcceptance(preparation)(source, { fromCsv });
  return ingest(reader.records, { store: stores.events, accept, clock, onProgress });
}

function nothingUsable(name: string, report: IngestReport): SeepassError {
  const first = report.rejections[0];
  const other = report.ignored > 0 ? 'It holds only kinds that say nothing here.' : 'Check the export that wrote it.';
  const fix = first === undefined ? other : `First reason, line ${first.line}: ${first.reason}.`;
  return new SeepassError('bad_input', `Nothing in ${name} could be used.`, { fix });
}

function print(report: IngestReport, options: ImportOptions, context: CliContext): void {
  if (options.json) {
    context.printJson(report);
    return;
  }
  const { read, stored, duplicates, rejected, ignored, rejections, without_surface, other_surface, seconds } = report;
  context.stdout.write(
    `${read} read, ${stored} stored, ${duplicates} already there, ${rejected} rejected in ${seconds.toFixed(1)} s\n`,
  );
  if (ignored > 0) context.stdout.write(`  ${ignored} of kinds that say nothing here: not stored\n`);
  if (without_surface > 0)
    context.stdout.write(`  ${without_surface} name no surface: stored, but no surface's day counts them\n`);
  if (other_surface > 0)
    context.stdout.write(
      `  ${other_surface} name a page beyond the cap and count on /other: seepass surfaces suggest says which to join\n`,
    );
  for (const { line, reason } of rejections) context.stdout.write(`  line ${line}: ${reason}\n`);
  if (rejected > rejections.length) context.stdout.write(`  … and ${rejected - rejections.length} more\n`);
}
