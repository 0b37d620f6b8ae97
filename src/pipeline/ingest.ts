/** Records in, stored events out: parsed, prepared and written in batches, with a report of what was refused. */
import type { EventType, Json, StorableEvent } from '../core/records.ts';
import { OTHER_SURFACE } from '../core/text/surface-rules.ts';
import { SeepassError } from '../errors.ts';
import type { Clock, EventStore } from './ports.ts';

/** One record of an input: its value, or why there is none. `line` is the line, row or element, from 1. */
export type InputRecord = { line: number; value: unknown; reason?: undefined } | { line: number; reason: string };

/** Records in groups of any size, so that a large file costs no promise a record. */
export type InputRecords = AsyncIterable<readonly InputRecord[]> | Iterable<readonly InputRecord[]>;

export interface Rejection {
  line: number;
  reason: string;
}

/** The report of an import: the contract's JSON. */
export interface IngestReport {
  read: number;
  stored: number;
  duplicates: number;
  rejected: number;
  /** Parts of a kind that says nothing for us. */
  ignored: number;
  /** The first 20. */
  rejections: Rejection[];
  /** Usage, errors and tickets that name no page: stored, but in no surface's day. */
  without_surface: number;
  /** Events that name a page beyond the cap, counted on `/other`. */
  other_surface: number;
  seconds: number;
}

/** An accepted and prepared event, the name of a kind that says nothing for us, or the reason against it. */
export type Accepted =
  | { event: StorableEvent; ignored?: undefined; reason?: undefined }
  | { ignored: string; reason?: undefined }
  | { ignored?: undefined; reason: string };

export interface IngestDependencies {
  store: EventStore;
  /** What a record comes to; several where it holds several events. */
  accept: (value: unknown) => Accepted | readonly Accepted[];
  clock: Clock;
  batchSize?: number;
  /** Called after each batch that was stored. */
  onProgress?: (soFar: Readonly<IngestReport>) => void;
}

/** An input that ended before its end; what came before is stored and counted in `report`. */
export class InterruptedImport extends SeepassError {
  readonly report: IngestReport;
  constructor(cause: SeepassError, report: IngestReport) {
    const rows = `${report.stored} ${report.stored === 1 ? 'row was' : 'rows were'} stored before`;
    super(cause.code, `${cause.message} ${rows}, ${report.duplicates} were there already.`, {
      fix: `${cause.fix ?? ''} Importing it again is safe: rows already stored are skipped.`.trim(),
      cause,
    });
    this.name = 'InterruptedImport';
    this.report = report;
  }
}

const BATCH = 5_000;
/** Characters of free content in a batch, so that memory is bounded for long stacks and texts too. */
const BATCH_CHARACTERS = 4_000_000;
const SHOWN_REJECTIONS = 20;
/** What a surface's day counts. */
const PLACED: ReadonlySet<EventType> = new Set(['pageview', 'action', 'dropoff', 'error', 'request', 'ticket']);

/** A report before the first record. */
export function emptyReport(): IngestReport {
  return {
    read: 0,
    stored: 0,
    duplicates: 0,
    rejected: 0,
    ignored: 0,
    rejections: [],
    without_surface: 0,
    other_surface: 0,
    seconds: 0,
  };
}

/**
 * Stores every good record of the input. Memory is bounded by two batches: one is written while the next is
 * read. A bad record is counted and never stops the rest.
 * @throws InterruptedImport when the input breaks off; the good records before it are stored.
 * @throws SeepassError `database_unavailable`; batches written before stay stored.
 */
export async function ingest(records: InputRecords, dependencies: IngestDependencies): Promise<IngestReport> {
  const { store, accept, clock, onProgress } = dependencies;
  const batchSize = dependencies.batchSize ?? BATCH;
  const started = clock();
  const report = emptyReport();
  const session = await store.beginImport();
  let writing: Promise<void> = Promise.resolve();

  let batch: StorableEvent[] = [];
  let characters = 0;
  const take = (accepted: Accepted, line: number): void => {
    if (accepted.reason !== undefined) reject(report, line, accepted.reason);
    else if (accepted.ignored !== undefined) report.ignored += 1;
    else {
      batch.push(accepted.event);
      characters += charactersIn(accepted.event.meta);
      if (accepted.event.surface === null && PLACED.has(accepted.event.type)) report.without_surface += 1;
      if (accepted.event.surface === OTHER_SURFACE) report.other_surface += 1;
    }
  };
  const write = async (batch: StorableEvent[]): Promise<void> => {
    const { stored, duplicates } = await session.write(batch);
    report.stored += stored;
    report.duplicates += duplicates;
    report.seconds = (clock() - started) / 1000;
    onProgress?.(report);
  };
  const hand = async (batch: StorableEvent[]): Promise<void> => {
    await writing;
    writing = write(batch);
    // Awaited before the next batch; until then a failure must not count as unhandled.
    writing.catch(() => undefined);
  };

  let broken: SeepassError | undefined;
  try {
    try {
      for await (const group of records)
        for (const record of group) {
          report.read += 1;
          const accepted = record.reason === undefined ? accept(record.value) : { reason: record.reason };
          if (isList(accepted)) for (const part of accepted) take(part, record.line);
          else take(accepted, record.line);
          if (batch.length >= batchSize || characters >= BATCH_CHARACTERS) {
            await hand(batch);
            batch = [];
            characters = 0;
          }
        }
    } catch (error) {
      if (!(error instanceof SeepassError) || error.code !== 'bad_input') throw error;
      broken = error;
    }
    if (batch.length > 0) await hand(batch);
    await writing;
  } finally {
    await writing.catch(() => undefined);
    await session.end();
  }
  report.seconds = (clock() - started) / 1000;
  if (broken !== undefined) throw new InterruptedImport(broken, report);
  return report;
}

/** `Array.isArray` does not tell a read-only list from what is none. */
function isList(accepted: Accepted | readonly Accepted[]): accepted is readonly Accepted[] {
  return Array.isArray(accepted);
}

function charactersIn(value: Json): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const part of Array.isArray(value) ? value : Object.values(value)) sum += charactersIn(part);
  return sum;
}

/** Counts a record that was refused; the first 20 are kept with their reason. */
export function reject(report: IngestReport, line: number, reason: string): void {
  report.rejected += 1;
  if (report.rejections.length < SHOWN_REJECTIONS) report.rejections.push({ line, reason });
}
