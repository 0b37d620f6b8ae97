import type { EntityType, EventType, Source } from '../core/records.ts';

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

/** What was planted and where it should be found. Dates are half-open in the generator's zone. */
export interface TruthEntry {
  id: string;
  kind: string;
  entity_type: EntityType;
  /** A normalised surface, a signature's code, or `*` for the whole product. */
  entity_key: string;
  /** Catalogue id of the metric that moves most. */
  metric: string;
  start: string;
  end: string;
  /** The excess of the best day is at least four true standard deviations of a normal day. */
  material: boolean;
  /** Other catalogue metrics that truly move with it. */
  also: string[];
}

export interface Truth {
  seed: number;
  timezone: string;
  /** Half-open. */
  start: string;
  end: string;
  incidents: TruthEntry[];
  /** Changes that are no incident: whoever reports one is wrong. */
  decoys: TruthEntry[];
}
