/** The rollups a detector reads, as columns: one typed array a measure, one slot a day. */

import type { MaintainedDays, MaintenanceOf } from '../maintenance.ts';
import type { Reconciled } from '../reconciliation.ts';
import type { DateRange, ReleaseDay, SignatureDay, SurfaceDay } from '../records.ts';
import { dayNumber, weekdayOf } from '../window.ts';
import { layOutReconciliations, type ReconciliationHistory } from './reconciled-history.ts';

export const MEASURES = [
  'pageviews',
  'actions',
  'dropoffs',
  'errors',
  'tickets',
  'requests',
  'request_failures',
] as const;
export type Measure = (typeof MEASURES)[number];

export interface SurfaceHistory {
  surface: string;
  /** 1 where the surface has a row that day. */
  present: Uint8Array;
  measures: Record<Measure, Float64Array>;
  /** Milliseconds; NaN without requests. */
  latency: Float64Array;
  /** The rows themselves by slot, for what only records need. */
  rows: (SurfaceDay | undefined)[];
  /** Days under declared maintenance: they hold nothing here, whatever was counted. */
  maintenance?: MaintainedDays;
}

interface SignatureHistory {
  signature: string;
  /** Errors a day over all surfaces. */
  errors: Float64Array;
  /** Surfaces a day it was seen on. */
  surfaces: Float64Array;
  /** Errors a day by surface. */
  bySurface: Map<string, Float64Array>;
  rows: SignatureDay[];
}

export interface History {
  /** Day number of slot 0. */
  firstDay: number;
  days: number;
  /** Weekday by slot, 0 Monday … 6 Sunday. */
  weekday: Uint8Array;
  surfaces: SurfaceHistory[];
  signatures: SignatureHistory[];
  /** Sum over surfaces, by slot. */
  totals: Record<Measure, Float64Array>;
  /** 1 where any surface has a row: a day without one has no data, which is never zero. */
  hasData: Uint8Array;
  signatureRows: Map<string, SignatureDay[]>;
  releaseRows: Map<string, ReleaseDay[]>;
  /** What the workspace declared; absent where nothing was read. */
  reconciliations?: ReconciliationHistory[];
  /** By slot, measures whose sources are silent for longer than they usually are. */
  silent?: readonly (readonly Measure[])[];
}

/** Rows in any order; duplicates of (date, surface): the last wins. Rows outside `range` are ignored. */
export interface HistoryRows {
  range: DateRange;
  surfaceDays: readonly SurfaceDay[];
  signatureDays?: readonly SignatureDay[];
  releaseDays?: readonly ReleaseDay[];
  reconciliations?: readonly Reconciled[];
  /** Laid out for `range`. */
  maintenance?: MaintenanceOf;
  /** Laid out for `range`. */
  silent?: readonly (readonly Measure[])[];
}

/** A zeroed column a measure. */
export const columns = (slots: number): Record<Measure, Float64Array> => ({
  pageviews: new Float64Array(slots),
  actions: new Float64Array(slots),
  dropoffs: new Float64Array(slots),
  errors: new Float64Array(slots),
  tickets: new Float64Array(slots),
  requests: new Float64Array(slots),
  request_failures: new Float64Array(slots),
});

/** A count is a finite number of at least 0; anything else (NaN, negative, infinite) says nothing and counts 0. */
export const count = (value: number): number => (Number.isFinite(value) && value > 0 ? value : 0);

/** Lays rows out by day and sorts entities by key, so that no result depends on the order rows came in. */
export function createHistory(input: HistoryRows): History {
  const firstDay = dayNumber(input.range.start);
  const days = Math.max(0, dayNumber(input.range.end) - firstDay);
  const slotOf = (date: string): number => dayNumber(date) - firstDay;
  const isMaintained = ({ surface, date }: { surface: string; date: string }): boolean =>
    input.maintenance?.(surface)?.covered[slotOf(date)] === 1;
  const bySurface = new Map<string, SurfaceHistory>();
  const hasData = new Uint8Array(days);
  for (const row of input.surfaceDays) {
    const slot = slotOf(row.date);
    if (slot < 0 || slot >= days) continue;
    let history = bySurface.get(row.surface);
    if (!history) {
      const maintenance = input.maintenance?.(row.surface);
      history = {
        surface: row.surface,
        ...(maintenance ? { maintenance } : {}),
        present: new Uint8Array(days),
        measures: columns(days),
        latency: new Float64Array(days).fill(Number.NaN),
        rows: new Array<SurfaceDay | undefined>(days).fill(undefined),
      };
      bySurface.set(row.surface, history);
    }
    if (history.maintenance?.covered[slot]) continue;
    for (const measure of MEASURES) history.measures[measure][slot] = count(row[measure]);
    history.latency[slot] = row.latency_p95 !== null && row.latency_p95 > 0 ? row.latency_p95 : Number.NaN;
    history.present[slot] = 1;
    history.rows[slot] = row;
    hasData[slot] = 1;
  }
  const surfaces = [...bySurface.values()].sort((a, b) => (a.surface < b.surface ? -1 : 1));
  const totals = columns(days);
  for (const { measures } of surfaces) {
    for (const measure of MEASURES) {
      const total = totals[measure];
      const column = measures[measure];
      for (let slot = 0; slot < days; slot++) total[slot] = (total[slot] ?? 0) + (column[slot] ?? 0);
    }
  }
  const inRange = <Row extends { date: string; surface: string }>(rows: readonly Row[] = []): Row[] =>
    rows.filter((row) => slotOf(row.date) >= 0 && slotOf(row.date) < days && !isMaintained(row));
  const signatureDays = inRange(input.signatureDays);
  return {
    firstDay,
    days,
    weekday: Uint8Array.from({ length: days }, (_, slot) => weekdayOf(firstDay + slot)),
    surfaces,
    signatures: layOutSignatures(signatureDays, days, slotOf),
    totals,
    hasData,
    ...(input.silent ? { silent: input.silent } : {}),
    signatureRows: groupBySurface(signatureDays),
    releaseRows: groupBySurface(inRange(input.releaseDays)),
    reconciliations: layOutReconciliations(
      (input.reconciliations ?? []).map((each) => ({ ...each, days: each.days.filter((row) => !isMaintained(row)) })),
      days,
      slotOf,
    ),
  };
}

function layOutSignatures(
  rows: readonly SignatureDay[],
  days: number,
  slotOf: (date: string) => number,
): SignatureHistory[] {
  const bySignature = new Map<string, SignatureHistory>();
  for (const row of rows) {
    let history = bySignature.get(row.signature);
    if (!history) {
      history = {
        signature: row.signature,
        errors: new Float64Array(days),
        surfaces: new Float64Array(days),
        bySurface: new Map(),
        rows: [],
      };
      bySignature.set(row.signature, history);
    }
    history.rows.push(row);
    const slot = slotOf(row.date);
    const errors = count(row.errors);
    history.errors[slot] = (history.errors[slot] ?? 0) + errors;
    if (errors <= 0) continue;
    history.surfaces[slot] = (history.surfaces[slot] ?? 0) + 1;
    let column = history.bySurface.get(row.surface);
    if (!column) {
      column = new Float64Array(days);
      history.bySurface.set(row.surface, column);
    }
    column[slot] = (column[slot] ?? 0) + errors;
  }
  return [...bySignature.values()].sort((a, b) => (a.signature < b.signature ? -1 : 1));
}

function groupBySurface<Row extends { surface: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.surface);
    if (group) group.push(row);
    else groups.set(row.surface, [row]);
  }
  return groups;
}
