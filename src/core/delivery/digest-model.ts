import type { Improvement } from '../detect/improvement.ts';
import type { Explanation, Priority, Proposal, Source } from '../records.ts';

/** A digest shows at most this many priorities; the rest wait behind "Show all". */
export const DIGEST_ITEMS = 5;

/** And at most this many improvements, in its last line. */
export const DIGEST_IMPROVEMENTS = 2;

/** One ranked priority with what a person reads of it and what may be done about it. */
export interface DigestItem {
  priority: Priority;
  explanation: Explanation;
  /** Null where nothing can be done from here, so no buttons are shown. */
  proposal: Proposal | null;
}

/** A source and how long it had been silent when the day was judged. */
export interface SilentSource {
  source: Source;
  /** Whole hours. */
  hours: number;
}

export interface ColdStart {
  /** YYYY-MM-DD; null when it cannot be told yet. */
  readyOn: string | null;
  /** Days of history so far, the judged day included. */
  days: number;
  /** Most errors over the days so far, most first. */
  topSignatures: { signature: string; surface: string; errors: number }[];
  /** Not seen on the first day of history, newest first. */
  newSignatures: { signature: string; surface: string; errors: number; since: string }[];
  /** Themes of the judged day's tickets, those that began latest first. */
  themes: { topic: string; surface: string; tickets: number; since: string }[];
}

/**
 * Everything a digest says of one judged day: pure data, so that the message can be rebuilt from the
 * stores at any time and read the same.
 */
export interface DigestModel {
  /**
   * `no_data` had no surface to judge, `maintenance` none that was not under maintenance; `cold_start` has no baselines
   * yet; `quiet` was judged and had nothing to say.
   */
  kind: 'ranked' | 'quiet' | 'cold_start' | 'no_data' | 'maintenance';
  /** The judged day, YYYY-MM-DD in `timezone`. */
  date: string;
  /** The day the judgement was made, YYYY-MM-DD in `timezone`: the day people read it. */
  writtenOn: string;
  timezone: string;
  /** ISO 4217. */
  currency: string;
  surfaces: number;
  tooSmall: number;
  insufficientHistory: number;
  /** Surfaces that were not judged because a declared maintenance window covers the day. */
  underMaintenance: number;
  baselinesReadyOn: string | null;
  /** Expected number of the flagged that are chance; null where not known. */
  expectedFalse: number | null;
  /** All priorities of the day, of which `items` are the first few. */
  total: number;
  newToday: number;
  continuing: number;
  backToNormal: string[];
  improvements: Pick<Improvement, 'surface' | 'metric' | 'current' | 'expected'>[];
  sources: { fresh: number; silent: SilentSource[]; gaps: Source[] };
  items: DigestItem[];
  coldStart: ColdStart | null;
}
