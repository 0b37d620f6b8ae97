/** What is kept of answers: receipts that can be replayed, what threads have settled, and what people asked for in vain. */
import type { Audience } from '../core/policy/audience.ts';
import type { MetricQuery } from '../core/query/metric-query.ts';
import type { MetricResult } from '../core/query/metric-result.ts';
import type { Reading, ThreadContext } from '../core/query/reading.ts';

/** One call of a model for an answer. */
export interface ModelUsage {
  /** The prompt's name and version. */
  prompt: string;
  prompt_version: number;
  model: string;
  input_tokens: number;
  output_tokens: number;
  /** In micro-dollars, as the model's price list has it; null where there is none. */
  cost_microdollars: number | null;
  latency_ms: number;
}

/** What an answer rests on: enough to compute it again and to say why it came out differently. */
export interface Receipt {
  /** Eight characters that are easy to read out and to type, e.g. `8F2K7M3Q`. */
  id: string;
  /** Epoch milliseconds: when it was asked, and up to when events counted. */
  asked_at: number;
  as_of: number;
  /** Platform id of the asker under the workspace's pseudonym key; null on the command line. */
  asker: string | null;
  channel: string | null;
  audience: Audience;
  /** Redacted. */
  question: string;
  reading: Reading;
  /** The checked query; null where nothing was computed. */
  query: MetricQuery | null;
  metric_version: number | null;
  /** Latest event the result rests on, epoch ms. */
  watermark: number | null;
  /** SHA-256 of the result's rows, hex. */
  result_hash: string | null;
  /** The figure over all groups and buckets, to say by how much it moved. */
  total: MetricResult['total'] | null;
  served_by: MetricResult['served_by'] | null;
  written_by: 'template' | 'model';
  /** Calls of a model on the way, in order; a question that it read may still be worded by the template. */
  usage: readonly ModelUsage[];
}

export interface ReceiptStore {
  /** @throws ConflictError when the id is taken: draw another. */
  put(receipt: Receipt): Promise<void>;
  /** By its id, however it is typed (case, spaces, O for 0). */
  find(id: string): Promise<Receipt | undefined>;
}

/** What models cost, by day of the workspace (`YYYY-MM-DD`), in micro-dollars. */
export interface ModelSpendStore {
  /**
   * Sets aside what a call may cost at most, so that calls at the same time cannot pass the budget together.
   * @returns false, with nothing set aside, where the day's costs would pass it.
   */
  reserve(date: string, microdollars: number, budget: number): Promise<boolean>;
  /** Puts what the call did cost in the place of what was set aside. */
  settle(date: string, reserved: number, cost: number): Promise<void>;
}

/** One conversation: `channel` and `thread` as the platform names them. */
export interface ThreadRef {
  channel: string;
  thread: string;
}

export interface KeptThread {
  /** Null where we have answered and nothing is settled, or another version wrote what this one does not understand. */
  context: ThreadContext | null;
  /** Raised with every change. */
  turn: number;
}

export interface ThreadStore {
  /** What the thread has settled; undefined where nothing has, or it is too long ago. */
  find(thread: ThreadRef): Promise<KeptThread | undefined>;
  /**
   * Keeps what the thread has settled now, for seven days.
   * @param context null notes that we answer in the thread.
   * @param before the turn that was read; 0 where nothing was found.
   * @returns false, with nothing kept, where somebody else has answered in the thread since.
   */
  keep(thread: ThreadRef, context: ThreadContext | null, before: number): Promise<boolean>;
}

/** Something people ask for that nothing measures. */
export interface MetricGap {
  /** In lower case, as it was asked for: "nps". */
  name: string;
  asked: number;
  /** Different people who asked. */
  askers: number;
  /** Epoch milliseconds. */
  first_asked_at: number;
  last_asked_at: number;
}

export interface GapStore {
  /** Counts a request. @param asker pseudonym; null on the command line. */
  note(gap: { name: string; asker: string | null; at: number }): Promise<void>;
  /** Most asked for first. @param options `since` in epoch milliseconds; `name` picks a single one. */
  list(options: { since: number; limit: number; name?: string }): Promise<MetricGap[]>;
}

/** How long receipts and what was asked for in vain are kept: a year of mornings, and the one before to compare with. */
export const ANSWERS_KEPT_DAYS = 400;

export interface AnswerUpkeep {
  /** Deletes receipts and gaps from before `before` (epoch ms) and threads that are over, and says how many of them. */
  prune(before: number): Promise<number>;
}
