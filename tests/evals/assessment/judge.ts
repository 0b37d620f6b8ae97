/** Judges the last day of made-up cells as the product does, and gives what it would assess. */
import { createDetector } from '../../../src/core/detect/detect.ts';
import { entityId } from '../../../src/core/detect/episodes.ts';
import { createHistory } from '../../../src/core/detect/history.ts';
import { RULES } from '../../../src/core/detect/rules/index.ts';
import { rankDay } from '../../../src/core/rank/rank.ts';
import type { Reconciled } from '../../../src/core/reconciliation.ts';
import type { Priority, ReleaseDay, SignatureDay, SurfaceDay, SurfaceDetail } from '../../../src/core/records.ts';
import { addDays } from '../../../src/core/window.ts';
import type { Cell, Count } from './cells.ts';
import { DAYS, JUDGED } from './world.ts';

/** Ranked, best first. */
export function judge(cells: readonly Cell[], reconciliations: readonly Reconciled[] = []): Priority[] {
  const range = { start: addDays(JUDGED, 1 - DAYS), end: addDays(JUDGED, 1) };
  const history = createHistory({
    range,
    surfaceDays: surfaceDays(cells),
    signatureDays: signatureDays(cells),
    releaseDays: releaseDays(cells),
    reconciliations,
  });
  const detector = createDetector(history, 'default', RULES);
  const details = surfaceDetails(cells);
  const verdict = detector.judgeDay(JUDGED, details);
  const known = new Map(details.map((detail) => [entityId('surface', detail.surface), { detail }]));
  return rankDay(verdict, { history, details: known });
}

function groups<Row extends object>(
  cells: readonly Cell[],
  key: (cell: Cell) => string | null,
  row: (cells: Cell[]) => Row,
): Row[] {
  const byKey = new Map<string, Cell[]>();
  for (const cell of cells) {
    const own = key(cell);
    const group = own === null ? undefined : byKey.get(own);
    if (group) group.push(cell);
    else if (own !== null) byKey.set(own, [cell]);
  }
  return [...byKey.values()].map(row);
}

const sum = (cells: readonly Cell[], of: Count): number => cells.reduce((all, cell) => all + (cell[of] ?? 0), 0);
const first = (cells: readonly Cell[]): { date: string; surface: string } => ({
  date: cells[0]?.date ?? '',
  surface: cells[0]?.surface ?? '',
});

function surfaceDays(cells: readonly Cell[]): SurfaceDay[] {
  return groups(
    cells,
    ({ date, surface }) => `${date} ${surface}`,
    (own) => {
      const hit = own.filter(({ errors, tickets, dropoffs }) => errors || tickets || dropoffs);
      const accounts = new Set(hit.flatMap(({ account }) => account ?? [])).size;
      const releases = topOf(own, 'release', 'errors');
      const timed = own.filter(({ p95 }) => p95 !== undefined);
      const requests = sum(own, 'requests');
      const p95 = timed.reduce((all, cell) => all + (cell.p95 ?? 0) * (cell.requests ?? 0), 0) / Math.max(1, requests);
      const [top] = releases;
      return {
        ...first(own),
        ...{ pageviews: sum(own, 'pageviews'), actions: sum(own, 'actions'), dropoffs: sum(own, 'dropoffs') },
        ...{ errors: sum(own, 'errors'), tickets: sum(own, 'tickets'), requests },
        ...{ request_failures: sum(own, 'request_failures'), latency_p50: requests > 0 ? p95 * 0.4 : null },
        ...{ latency_p95: requests > 0 ? p95 : null, affected_accounts: accounts, affected_users: accounts },
        ...{ revenue_at_risk: 0, revenue: own.reduce((all, { revenue = 0 }) => all + revenue, 0) },
        release_top: top?.value ?? null,
        release_share: top ? top.count / Math.max(1, sum(own, 'errors')) : null,
      };
    },
  );
}

const signatureDays = (cells: readonly Cell[]): SignatureDay[] =>
  groups(
    cells.filter(({ error_signature }) => error_signature !== undefined),
    ({ date, surface, error_signature }) => `${date} ${surface} ${error_signature}`,
    (own) => ({
      ...first(own),
      ...{
        signature: own[0]?.error_signature ?? '',
        errors: sum(own, 'errors'),
        example: own[0]?.error_signature ?? '',
      },
      ...{ url: null, release_top: topOf(own, 'release', 'errors')[0]?.value ?? null },
    }),
  );

const releaseDays = (cells: readonly Cell[]): ReleaseDay[] =>
  groups(
    cells.filter(({ release }) => release !== undefined),
    ({ date, surface, release }) => `${date} ${surface} ${release}`,
    (own) => ({
      ...first(own),
      ...{ release: own[0]?.release ?? '', pageviews: sum(own, 'pageviews') },
      ...{ requests: sum(own, 'requests'), errors: sum(own, 'errors') },
    }),
  );

const surfaceDetails = (cells: readonly Cell[]): SurfaceDetail[] =>
  groups(
    cells.filter(({ date }) => date === JUDGED),
    ({ surface }) => surface ?? null,
    (own) => ({
      ...first(own),
      env_top: null,
      top_error_signatures: topOf(own, 'error_signature', 'errors')
        .slice(0, 5)
        .map(({ value, count }) => ({ sig: value, count, example: value })),
      top_ticket_topics: topOf(own, 'ticket_topic', 'tickets')
        .slice(0, 5)
        .map(({ value, count }) => ({ topic: value, count, snippets: [] })),
    }),
  );

function topOf(cells: readonly Cell[], dimension: 'release' | 'error_signature' | 'ticket_topic', of: Count) {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const value = cell[dimension];
    if (value !== undefined && cell[of]) counts.set(value, (counts.get(value) ?? 0) + (cell[of] ?? 0));
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}
