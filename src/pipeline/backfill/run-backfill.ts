/** Reads what a tool holds, page by page, into the store; may be killed at any instant and goes on where it was. */
import type { Source } from '../../core/records.ts';
import {
  type Accepted,
  emptyReport,
  type IngestDependencies,
  type IngestReport,
  ingest,
  type Rejection,
} from '../ingest.ts';
import type { Clock, EventStore } from '../ports.ts';
import type { BackfillStore } from './backfill-store.ts';
import type { ToolReader } from './tool-reader.ts';

export interface BackfillDependencies {
  source: Source;
  /** Epoch milliseconds; events before are read past. */
  since: number;
  reader: ToolReader;
  /** As the source reads a record, and as the workspace prepares its events. */
  accept: (record: unknown) => readonly Accepted[];
  events: EventStore;
  backfills: BackfillStore;
  clock: Clock;
  actor: string;
  /** Called after each page that was stored. */
  onProgress?: (soFar: Readonly<BackfillReport>) => void;
}

/** What this run did; `backfill --json` prints it. */
export interface BackfillReport extends IngestReport {
  source: Source;
  /** ISO-8601. */
  since: string;
  /** True where an earlier run had begun it. */
  resumed: boolean;
  /** Answers of the tool that list conversations, events or the like; `read` counts those. */
  pages: number;
  /** Events from before `since`: not stored. */
  earlier: number;
}

const SHOWN_REJECTIONS = 20;

/**
 * A page's events are stored before the cursor moves on: after a kill the page is read again, and what it holds is
 * known by its ids.
 * @throws ToolTrouble when the tool does not answer, SeepassError `database_unavailable`; both leave the cursor behind.
 * @throws ConflictError when another process runs the same backfill.
 */
export async function runBackfill(dependencies: BackfillDependencies): Promise<BackfillReport> {
  const { source, since, reader, events, backfills, clock, actor, onProgress } = dependencies;
  const started = clock();
  let backfill = await backfills.begin(source, since, started, actor);
  const report = beginReport(source, since, backfill.resumed);
  for (;;) {
    const page = await reader.read(backfill.cursor, backfill);
    const stored = await ingest([page.records.map((value, index) => ({ line: index + 1, value }))], {
      store: events,
      accept: acceptSince(dependencies, report),
      clock,
    });
    backfill = await backfills.advance(backfill, page.next, stored.stored, actor);
    addTo(report, stored);
    report.seconds = (clock() - started) / 1_000;
    onProgress?.(report);
    if (page.next === null) return report;
  }
}

function beginReport(source: Source, since: number, resumed: boolean): BackfillReport {
  return { source, since: new Date(since).toISOString(), resumed, pages: 0, earlier: 0, ...emptyReport() };
}

/** A conversation that goes on since then may have begun long before: those days stay as they are. */
function acceptSince({ accept, since }: BackfillDependencies, report: BackfillReport): IngestDependencies['accept'] {
  return (record) => {
    const accepted = accept(record);
    const wanted = accepted.filter((one) => !('event' in one) || one.event.ts >= since);
    report.earlier += accepted.length - wanted.length;
    return wanted;
  };
}

function addTo(report: BackfillReport, page: IngestReport): void {
  report.pages += 1;
  report.read += page.read;
  report.stored += page.stored;
  report.duplicates += page.duplicates;
  report.rejected += page.rejected;
  report.ignored += page.ignored;
  report.without_surface += page.without_surface;
  report.other_surface += page.other_surface;
  const shown: Rejection[] = [...report.rejections, ...page.rejections];
  report.rejections = shown.slice(0, SHOWN_REJECTIONS);
}
