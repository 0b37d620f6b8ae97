import type { Improvement } from '../detect/improvement.ts';
import type { EffectWords } from '../effect/effect-words.ts';
import type { Proposal } from '../proposal/proposal.ts';
import type { GlobalStop } from '../proposal/proposal-view.ts';
import type { Explanation, Priority, Severity, Source } from '../records.ts';
import type { Changes } from './compare-told.ts';

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
  /** What holds what is approved; null where nothing does. */
  stop: GlobalStop | null;
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

/** What was found and is not told in this channel, with enough to look it up. */
export interface HeldFromDigest {
  /** Until is epoch milliseconds. */
  snoozed: { entity_key: string; until: number }[];
  ignored: string[];
  /** Below the subscription's severity. */
  belowSeverity: number;
}

/** An alert that was kept for the digest, as the channel had had its pings of the week or its rule is too often wrong. */
export interface HeldAlert {
  surface: string;
  severity: Severity;
  /** What its incident is called by. */
  number: number;
  reason: 'budget' | 'rule_demoted';
}

/** An action that was carried out, or whose effect was looked at, since the digest before. */
export interface DoneAction {
  title: string;
  entity_key: string;
  /** Slack user id, or `system` where it ran by itself. */
  by: string;
  metric: string;
  /** The figure then and now; null where it is not known. */
  before: string | null;
  after: string | null;
  /** Whether it helped, once that was looked at; null before, and where nothing was expected of it. */
  effect: EffectWords | null;
  /** When that is looked at, epoch milliseconds; null where it was, or never is. */
  effectDue: number | null;
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
  /** Against the digest before of the same subscription; null where it is nobody's digest (a list asked for). */
  changes: Changes | null;
  held: HeldFromDigest;
  heldAlerts: HeldAlert[];
  done: DoneAction[];
  /** Of the last incident that ended, for a day without anything to tell; null where there never was one. */
  lastIncident: { surface: string; endedAt: number } | null;
  improvements: Pick<Improvement, 'surface' | 'metric' | 'current' | 'expected'>[];
  sources: { fresh: number; silent: SilentSource[]; gaps: Source[] };
  /** Events of the day on pages beyond the cap, which count as one; 0 where there are none. */
  beyondCap: number;
  items: DigestItem[];
  coldStart: ColdStart | null;
}
