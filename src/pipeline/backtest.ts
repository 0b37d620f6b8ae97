/** Judges past days again, each with nothing but what was known by then, and holds the verdicts against the truth. */
import { alertsOf } from '../core/backtest/alerts.ts';
import { type Alert, countTold, episodesOf } from '../core/backtest/episodes.ts';
import { type Score, scoreTallies } from '../core/backtest/score.ts';
import { type Tally, tallyRun } from '../core/backtest/tally.ts';
import type { Truth } from '../core/backtest/truth.ts';
import { createDetector } from '../core/detect/detect.ts';
import type { History } from '../core/detect/history.ts';
import { RULES } from '../core/detect/rules/index.ts';
import type { Profile, Sensitivity } from '../core/records.ts';
import { addDays, listDays } from '../core/window.ts';
import { breathe, readHistory } from './judge.ts';
import type { Stores } from './ports.ts';
import { readWorkspaceConfig } from './workspace-config.ts';

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
  stores: Pick<Stores, 'rollups' | 'settings'>;
  first: string;
  last: string;
  truth: Truth;
  profile: Profile;
  sensitivity: Sensitivity;
  onDay?: (done: number, of: number) => void;
}): Promise<Backtest> {
  const judged = { start: input.first, end: addDays(input.last, 1) };
  const { reconciliations } = await readWorkspaceConfig(input.stores.settings);
  const history = await readHistory(input.stores.rollups, judged, reconciliations);
  const { alerts, gaps, surfaces } = await replay(history, judged, input);
  const tally = tallyRun({ alerts, gaps, truth: input.truth, judged, surfaces });
  return { score: scoreTallies([tally]), tally, told: countTold(episodesOf(alerts)), surfaces };
}

async function replay(
  history: History,
  judged: { start: string; end: string },
  {
    profile,
    sensitivity,
    onDay,
  }: { profile: Profile; sensitivity: Sensitivity; onDay?: (done: number, of: number) => void },
): Promise<{ alerts: Alert[]; gaps: { date: string; metric: string }[]; surfaces: number }> {
  const detector = createDetector(history, profile, RULES, sensitivity);
  const days = listDays(judged);
  const alerts: Alert[] = [];
  const gaps: { date: string; metric: string }[] = [];
  let surfaces = 0;
  for (const [index, date] of days.entries()) {
    const verdict = detector.judgeDay(date);
    const told = alertsOf(verdict.findings, history);
    alerts.push(...told.alerts);
    gaps.push(...told.gaps);
    surfaces = Math.max(surfaces, verdict.surfaces);
    onDay?.(index + 1, days.length);
    await breathe();
  }
  return { alerts, gaps, surfaces };
}

/** The day an incident was first told; null where it was missed. */
export function foundOn({ entry, delay }: Tally['incidents'][number]): string | null {
  return delay === null ? null : addDays(entry.start, delay);
}
