import type { Clock, Log, NewId } from '../pipeline/ports.ts';

/** What every store is bound to when it is created. */
export interface StoreContext {
  readonly workspace: string;
  /** The workspace's IANA zone: days and buckets are cut in it. */
  readonly timezone: string;
  readonly clock: Clock;
  readonly newId: NewId;
  /** HTTP statuses below 500 that count as failures in this workspace. */
  readonly failureStatuses: readonly number[];
  readonly log: Log;
}
