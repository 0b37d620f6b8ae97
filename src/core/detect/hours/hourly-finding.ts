/** What the hourly judge has to say, and of what. */
import type { Sensitivity } from '../../records.ts';

export type HourlyMetricId = 'error_rate' | 'failure_rate' | 'dropoff_rate' | 'traffic';

/** The first hour of an episode, a later one that is as strange, or the hour that ends it. */
export type HourlyState = 'onset' | 'ongoing' | 'recovered';

export interface HourlyFinding {
  /** Start of the hour, epoch milliseconds. */
  hour: number;
  surface: string;
  metric: HourlyMetricId;
  direction: 'up' | 'down';
  /** Of the hour: a rate per view or request; for traffic, views or requests. */
  current: number;
  expected: number;
  lower: number;
  upper: number;
  /** 0 to 1, growing with surprise; 0.5 is just enough. */
  score: number;
  state: HourlyState;
  /** The episode's first hour. */
  since: number;
  /** One plain sentence. */
  reason: string;
}

/** As it is told at one setting of the knob: what a quieter one tells of the same hour is a finding of its own. */
export interface ToldFinding extends HourlyFinding {
  sensitivity: Sensitivity;
}
