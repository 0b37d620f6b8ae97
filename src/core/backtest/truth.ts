/** What truly happened, as a simulator plants it or people label it: the public truth format. */
import type { EntityType } from '../records.ts';

/** Dates are half-open. */
export interface TruthEntry {
  id: string;
  kind: string;
  entity_type: EntityType;
  /** A surface, an error signature, or `*` for the whole product. */
  entity_key: string;
  /** Catalogue id of the metric that moves most. */
  metric: string;
  start: string;
  end: string;
  /** The excess of its best day is at least four true standard deviations of a normal day. */
  material: boolean;
  /** Other metrics that truly move with it. */
  also?: readonly string[] | undefined;
  /** What else it shows on: the surfaces of a shared cause. Who names one of them has found it. */
  members?: readonly { entity_type: EntityType; entity_key: string }[] | undefined;
}

export interface Truth {
  incidents: readonly TruthEntry[];
  /** Changes that are no incident: whoever reports one is wrong. */
  decoys: readonly TruthEntry[];
}
