import { v7 as uuidv7 } from 'uuid';
import type { StoreContext } from '../../src/postgres/context.ts';
import { silentLog } from './silent-log.ts';

/** A store context whose clock stands still until a test moves it. */
export function createStoreContext(changes: Partial<StoreContext> = {}): StoreContext & { advance(ms: number): void } {
  let now = Date.parse('2026-01-30T08:00:00Z');
  return {
    workspace: 'local',
    timezone: 'Europe/Berlin',
    clock: () => now,
    newId: uuidv7,
    failureStatuses: [],
    log: silentLog,
    ...changes,
    advance(ms) {
      now += ms;
    },
  };
}
