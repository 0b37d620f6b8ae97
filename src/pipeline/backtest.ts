/** Judges past days again, each with nothing but what was known by then, and holds the verdicts against the truth. */
import { countTold, episodesOf } from '../core/backtest/episodes.ts';
import { type Score, scoreTallies } from '../core/backtest/score.ts';
import { type Tally, tallyRun } from '../core/backtest/tally.ts';
import type { Truth } from '../core/backtest/truth.ts';
import { createDetector } from '../core/detect/detect.ts';
import { RULES } from '../core/detect/rules/index.ts';
import type { Profile, Sensitivity } from '../core/records.ts';
import { addDays } from '../core/window.ts';

import { type HistoryStores, readHistory } from './read-history.ts';
import { replayDays } from './replay.ts';

export interface Backtest {
  score: Score;
  tally: Tally;
  /** Episodes told in all, true or not. */
  told: number;
  /** Most surfaces with a row on one of the days. */
  surfaces: number;
}

/** Over every day from `first` to `last`, both included; nothing is stored. */
export async function backtest(input: {
  stores: HistoryStores;
  /** IANA zone of the workspace. */
  timezone: string;
  first: string;
  last: string;
  truth: Truth;
  profile: Profile;
  sensitivity: Sensitivity;
}): Promise<Backtest> {
  const judged = { start: input.first, end: addDays(input.last, 1) };
  const history = await readHistory(input.stores, judged, input.timezone);
  const detector = createDetector(history, input.profile, RULES, input.sensitivity);
  const { alerts, gaps, surfaces } = await replayDays(detector, history, judged);
  const tally = tallyRun({ alerts, gaps, truth: input.truth, judged, surfaces });
  return { score: scoreTallies([tally]), tally, told: countTold(episodesOf(alerts)), surfaces };
}

/** The day an incident was first told; null where it was missed. */
export function foundOn({ entry, delay }: Tally['incidents'][number]): string | null {
  return delay === null ? null : addDays(entry.start, delay);
}
