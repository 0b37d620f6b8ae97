/** The pages that are told apart, and what was put together because there were too many. */
import type { DateRange } from '../core/records.ts';

export interface SurfaceStore {
  /** Different pages of the 90 days until the latest data, those not aggregated yet included. */
  list(): Promise<string[]>;
  /** Views, actions, drop-offs, errors, tickets and requests of the days, on all pages and on `/other`. */
  countOther(range: DateRange): Promise<{ all: number; other: number }>;
}
