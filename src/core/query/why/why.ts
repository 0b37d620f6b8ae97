/** Everything a "why" has to go by, and in which words of the workspace it is told. */
import type { Metric } from '../../catalogue/define.ts';
import type { Priority, Source } from '../../records.ts';
import type { AnswerSetting } from '../answer/asked.ts';
import type { MetricQuery } from '../metric-query.ts';
import type { ChangeTest } from './change-test.ts';
import type { WhyEvidence } from './evidence.ts';
import type { ChangeRow } from './split.ts';
import type { WhyWindows } from './windows.ts';

/** Something a person noted about these pages in or just before the period. */
export interface Mark {
  kind: string;
  /** YYYY-MM-DD. */
  date: string;
  text: string;
}

export interface Why {
  /** Its metric is the one that is explained; null where it was chosen for the asker. */
  query: MetricQuery;
  metric: Metric;
  /** The asker named no metric: this one moved most, or leads the priority. */
  chosen: boolean;
  windows: WhyWindows;
  /** What the evidence is of: the same or, where one day stands out and the whole does not, that day and its week before. */
  looked: WhyWindows;
  /** Of `windows`: whether there is a change at all. */
  test: ChangeTest;
  /** Of `looked`. */
  evidence: WhyEvidence;
  rows: readonly ChangeRow[];
  /** The asker and everybody who reads along may see which accounts they are. */
  accountsNamed: boolean;
  /** Distinct accounts and users hit in the period; null where it is not about anything that hits people. */
  reach: { accounts: number; users: number } | null;
  /** What the daily judge says of the same pages on a day of the period, best ranked first. */
  priority: Priority | null;
  marks: readonly Mark[];
  quotes: readonly string[];
  /** Sources that have ever sent an event. */
  sources: readonly Source[];
  /** Latest event, epoch ms; null without any. */
  watermark: number | null;
  setting: AnswerSetting;
}

/** Whether the evidence is of a single day that stands out of the period asked about. */
export const isZoomed = ({ windows, looked }: Pick<Why, 'windows' | 'looked'>): boolean =>
  windows.now.start !== looked.now.start || windows.now.end !== looked.now.end;
