import type { Truth } from '../core/backtest/truth.ts';
import type { EventType, Source } from '../core/records.ts';

export type MetaValue = string | number | boolean;

/** An event as its tool would send it: raw surface, sent user id, free text unredacted. */
export interface DemoEvent {
  /** ISO-8601 with offset; epoch milliseconds from `app`, as our own back end would send it. */
  ts: string | number;
  source: Source;
  type: EventType;
  account?: string;
  user?: string;
  surface?: string;
  severity?: number;
  /** Major units for revenue, milliseconds for request, minutes for session, credits otherwise. */
  value?: number;
  id?: string;
  meta: Record<string, MetaValue>;
}

/** What was planted and where it should be found, in the generator's zone. */
export interface DemoTruth extends Truth {
  seed: number;
  timezone: string;
  /** Half-open. */
  start: string;
  end: string;
}
