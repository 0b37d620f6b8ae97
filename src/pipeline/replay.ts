/** Judges days one after the other and keeps what people would have been told. */
import { alertsOf } from '../core/backtest/alerts.ts';
import type { Alert } from '../core/backtest/episodes.ts';
import type { Detector } from '../core/detect/detect.ts';
import type { History } from '../core/detect/history.ts';
import type { DateRange } from '../core/records.ts';
import { listDays } from '../core/window.ts';
import { breathe } from './judge.ts';

export interface Replay {
  alerts: Alert[];
  gaps: { date: string; metric: string }[];
  /** Most surfaces with a row on one of the days. */
  surfaces: number;
}

/** Each day with nothing but what was known by then; the thread is given free after each. */
export async function replayDays(detector: Detector, history: History, days: DateRange): Promise<Replay> {
  const replay: Replay = { alerts: [], gaps: [], surfaces: 0 };
  for (const date of listDays(days)) {
    const verdict = detector.judgeDay(date);
    const { alerts, gaps } = alertsOf(verdict.findings, history);
    replay.alerts.push(...alerts);
    replay.gaps.push(...gaps);
    replay.surfaces = Math.max(replay.surfaces, verdict.surfaces);
    await breathe();
  }
  return replay;
}
