import type { JsonObject, Source } from '../../core/records.ts';
import type { FetchNeed } from '../../core/sources.ts';

/** What is asked of a tool: epoch milliseconds, half-open. */
export interface ReadSpan {
  since: number;
  until: number;
}

/** One answer's worth of what a tool holds. */
export interface ToolPage {
  /** As the tool's source reads them. */
  records: readonly JsonObject[];
  /** Where to go on; null at the end. */
  next: JsonObject | null;
}

/** Reads a tool page by page. The same cursor gives the same page, or one that begins no later. */
export interface ToolReader {
  /**
   * @param cursor null at the beginning.
   * @throws ToolTrouble when the tool does not answer, or refuses.
   */
  read(cursor: JsonObject | null, span: ReadSpan): Promise<ToolPage>;
}

/**
 * Asks a tool for what a delivery names; an object `{gone: true}` for what is no longer there.
 * @throws ToolTrouble when the tool does not answer, or refuses.
 */
export type FetchFromTool = (source: Source, need: FetchNeed) => Promise<JsonObject>;
