/** Daily rows a team already has, straight into the rollups, with the same report as events. */

import type { AggregateRow } from '../core/records.ts';
import { SeepassError } from '../errors.ts';
import type { IngestReport, InputRecords } from './ingest.ts';
import { emptyReport, InterruptedImport, reject } from './ingest.ts';
import type { Clock, RollupStore } from './ports.ts';

export interface AggregateDependencies {
  rollups: Pick<RollupStore, 'upsertAggregates'>;
  accept: (value: unknown) => { row: AggregateRow; reason?: undefined } | { row?: undefined; reason: string };
  clock: Clock;
  onProgress?: (soFar: Readonly<IngestReport>) => void;
}

const BATCH = 1_000;

/**
 * Upserts every good row by (date, surface); of two rows for one bucket in a file the later one stays.
 * `duplicates` counts rows that a later row of the same batch replaced.
 * @throws InterruptedImport when the input breaks off; the good rows before it are stored.
 */
export async function importAggregates(
  records: InputRecords,
  dependencies: AggregateDependencies,
): Promise<IngestReport> {
  const { rollups, accept, clock, onProgress } = dependencies;
  const started = clock();
  const report = emptyReport();
  let batch = new Map<string, AggregateRow>();
  let broken: SeepassError | undefined;
  const flush = async (): Promise<void> => {
    if (batch.size === 0) return;
    await rollups.upsertAggregates([...batch.values()]);
    report.stored += batch.size;
    report.seconds = (clock() - started) / 1000;
    batch = new Map();
    onProgress?.(report);
  };
  try {
    for await (const group of records)
      for (const record of group) {
        report.read += 1;
        const accepted = record.reason === undefined ? accept(record.value) : { reason: record.reason };
        if (accepted.row === undefined) {
          reject(report, record.line, accepted.reason);
          continue;
        }
        const bucket = `${accepted.row.date} ${accepted.row.surface}`;
        if (batch.has(bucket)) report.duplicates += 1;
        batch.set(bucket, accepted.row);
        if (batch.size >= BATCH) await flush();
      }
  } catch (error) {
    if (!(error instanceof SeepassError) || error.code !== 'bad_input') throw error;
    broken = error;
  }
  await flush();
  report.seconds = (clock() - started) / 1000;
  if (broken !== undefined) throw new InterruptedImport(broken, report);
  return report;
}
