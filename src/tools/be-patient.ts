import { ToolTrouble } from '../pipeline/backfill/tool-trouble.ts';
import type { ReadTool } from './read-only-client.ts';

export interface Patience {
  /** Resolves after so many milliseconds. */
  wait(ms: number): Promise<void>;
  /** Called before each wait. */
  onWait?: (trouble: ToolTrouble, ms: number) => void;
}

const TRIES = 8;
/** Whoever is told to wait longer than this is better off starting again later. */
const LONGEST_MS = 15 * 60_000;

/**
 * Asks again what may be asked again: after as long as the tool says, and each time twice as long where it keeps failing.
 * @throws ToolTrouble after eight tries, or when it asks for more than a quarter of an hour.
 */
export function bePatient(read: ReadTool, { wait, onWait }: Patience): ReadTool {
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await read(request);
      } catch (error) {
        if (!(error instanceof ToolTrouble) || error.retryAfterMs === null || attempt === TRIES) throw error;
        const told = error.status === 429 || error.status === 503 ? 1 : 2 ** (attempt - 1);
        const ms = error.retryAfterMs * told;
        if (ms > LONGEST_MS) throw error;
        onWait?.(error, ms);
        await wait(ms);
      }
    }
  };
}
