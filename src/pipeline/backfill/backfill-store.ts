import type { JsonObject, Source } from '../../core/records.ts';
import type { ReadSpan } from './tool-reader.ts';

/** How far the reading of what a tool holds has come. */
export interface Backfill extends ReadSpan {
  source: Source;
  /** Where to go on; null at the beginning. */
  cursor: JsonObject | null;
  /** Rises with every page. */
  step: number;
  /** True where an earlier run had begun it. */
  resumed: boolean;
}

export interface BackfillStore {
  /**
   * The unfinished one of that source and day, else a new one.
   * @param since epoch milliseconds. @param until where a new one ends.
   */
  begin(source: Source, since: number, until: number, actor: string): Promise<Backfill>;
  /**
   * Notes that a page is stored; `next` null ends it.
   * @throws ConflictError when somebody else went on with it meanwhile.
   */
  advance(backfill: Backfill, next: JsonObject | null, stored: number, actor: string): Promise<Backfill>;
}
