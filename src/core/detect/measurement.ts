import type { EntityType, JsonObject, Signal } from '../records.ts';

/** What the good way's own test says of a metric that went it. */
export interface Better {
  /** After correction for the windows tried. */
  p_value: number;
  /** Passes the same floors as what is bad, and shows that it is still being measured. */
  substantial: boolean;
  /** Length of the window that shows it. */
  window_days: number;
}

/** One metric of one entity on the judged day against what its baseline expects, flagged or not. */
export interface Measurement {
  entity_type: EntityType;
  entity_key: string;
  metric: string;
  /** Which way the judged day lies. */
  direction: 'up' | 'down';
  current: number;
  expected: number | null;
  z: number | null;
  /** After correction for the windows tried; null where the profile knows no p-values. */
  p_value: number | null;
  interval: [number, number] | null;
  /** Passes everything but the p- and q-value: minimum count, exposure, effect. */
  substantial: boolean;
  /** The metric's bad way: what lies the other way is an improvement. */
  bad: 'up' | 'down';
  /** Where it went the good way by more than a little; worked out when asked for, since few days are. */
  better?(): Better | undefined;
  /** What the verdict rests on; made when asked for, since few are flagged. */
  evidence(): JsonObject;
  /** The metric and its expectation on any slot of the history, for the chart. */
  at(slot: number): SlotPoint;
}

/** A metric on one day, and what the judged day's baseline expects of that day. */
export interface SlotPoint {
  value: number | null;
  expected: number | null;
  /** The normal range, as `Measurement.interval` is one. */
  interval: [number, number] | null;
}

export const NO_POINT: SlotPoint = { value: null, expected: null, interval: null };

/** Change against expected in per cent, null where nothing was expected. */
export function deltaPct(current: number, expected: number | null): number | null {
  return expected === null || expected <= 0 ? null : (current / expected - 1) * 100;
}

/** How the record shows a measurement. */
export function toSignal(measurement: Measurement): Signal {
  const { current, expected, z, p_value, interval } = measurement;
  return { current, baseline: expected, delta_pct: deltaPct(current, expected), z, p_value, interval };
}
