import type { EntityType, JsonObject, Signal } from '../records.ts';

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
  /** What the verdict rests on; made when asked for, since few are flagged. */
  evidence(): JsonObject;
  /** The metric and its expectation on any slot of the history, for the chart. */
  at(slot: number): { value: number | null; expected: number | null };
}

/** Change against expected in per cent, null where nothing was expected. */
export function deltaPct(current: number, expected: number | null): number | null {
  return expected === null || expected <= 0 ? null : (current / expected - 1) * 100;
}

/** How the record shows a measurement. */
export function toSignal(measurement: Measurement): Signal {
  const { current, expected, z, p_value, interval } = measurement;
  return { current, baseline: expected, delta_pct: deltaPct(current, expected), z, p_value, interval };
}
