/** What a profile demands before it calls something a finding. */
import type { Profile } from '../records.ts';

export interface ProfileSettings {
  /** Days before the judged window that say what is normal. */
  baselineDays: number;
  /** Days with exposure the baseline needs; with fewer the answer is `insufficient-history`. */
  minHistoryDays: number;
  /** Lengths of the windows that end on the judged day, in days: a slow leak shows in the longest only. */
  windows: readonly number[];
  /** Largest p-value of a flag, after correction for the windows tried. */
  alpha: number;
  /** Largest Benjamini-Hochberg q-value of a flag over the day's tests. */
  maxQ: number;
  /** Views or requests a day below which a surface is called too small to judge daily. */
  minExposure: number;
  /** Days an episode is followed back, at most. */
  maxEpisodeDays: number;
}

const DEFAULT: ProfileSettings = {
  baselineDays: 28,
  minHistoryDays: 14,
  windows: [1, 3, 7],
  alpha: 1e-3,
  maxQ: 0.2,
  minExposure: 30,
  maxEpisodeDays: 28,
};

/** The seed's rule knows neither p-values nor floors; only its window and the cold start are kept. */
export const PROFILE_SETTINGS: Readonly<Record<Profile, ProfileSettings>> = {
  default: DEFAULT,
  seed: { ...DEFAULT, windows: [1], alpha: 1, maxQ: 1, minExposure: 1 },
};

/**
 * Days before a judged day that any verdict on it may read: the longest window, the baseline before it, and as
 * many days of an episode followed back. Verdicts never depend on rows older than this, nor on later ones.
 */
export const HISTORY_DAYS = DEFAULT.maxEpisodeDays + DEFAULT.baselineDays + Math.max(...DEFAULT.windows) + 1;
