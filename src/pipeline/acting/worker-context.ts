import type { Clock, Log, Stores } from '../ports.ts';
import type { RulesContext } from './rules.ts';

/** What carrying out works with. */
export interface WorkerContext extends RulesContext {
  stores: Pick<Stores, 'executions' | 'roles' | 'settings'> & { incidents: Pick<Stores['incidents'], 'find'> };
  /** Names this process. */
  owner: string;
  leaseMs: number;
  /** IANA zone of the times in words. */
  timezone: string;
  clock: Clock;
  log: Log;
  /** Aborted when the app stops. */
  stopping: AbortSignal;
}
