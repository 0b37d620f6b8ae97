import { type StaleReason, staleReason } from '../../core/runbook/stale.ts';
import { dateInZone } from '../../core/window.ts';
import type { Runbook, RunbookGap, RunbookReaders, RunbookStore } from '../runbooks.ts';

const GAP_WINDOW_MS = 90 * 86_400_000;
const MOST_GAPS = 10;

interface Setting {
  runbooks: RunbookStore;
  /** IANA zone of the workspace. */
  timezone: string;
  /** Epoch milliseconds. */
  asOf: number;
}

export interface StaleRunbook {
  runbook: Runbook;
  reason: StaleReason;
}

/** Runbooks that somebody should look over, the longest overdue first. */
export async function listStale(
  { runbooks, timezone, asOf }: Setting,
  readers: RunbookReaders,
): Promise<StaleRunbook[]> {
  const today = dateInZone(asOf, timezone);
  return (await runbooks.list(readers))
    .flatMap((runbook) => {
      const reason = staleReason(runbook, dateInZone(runbook.addedAt, timezone), today);
      return reason === null ? [] : [{ runbook, reason }];
    })
    .sort((a, b) => (a.reason.since < b.reason.since ? -1 : a.reason.since > b.reason.since ? 1 : 0));
}

export interface RunbookStats {
  runbooks: number;
  sections: number;
  /** That name channels or groups. */
  restricted: number;
  stale: number;
  /** What nobody wrote of, over the past 90 days, most often asked for first; ten at most. */
  gaps: RunbookGap[];
}

export async function readStats(setting: Setting, readers: RunbookReaders): Promise<RunbookStats> {
  const { runbooks, asOf } = setting;
  const [all, stale, gaps] = await Promise.all([
    runbooks.list(readers),
    listStale(setting, readers),
    runbooks.listGaps({ since: asOf - GAP_WINDOW_MS, limit: MOST_GAPS }),
  ]);
  return {
    runbooks: all.length,
    sections: all.reduce((sum, { sections }) => sum + sections, 0),
    restricted: all.filter(({ channels, groups }) => channels.length + groups.length > 0).length,
    stale: stale.length,
    gaps,
  };
}
