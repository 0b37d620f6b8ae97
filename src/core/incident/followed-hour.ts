import type { HourlyFinding } from '../detect/hours/hourly-finding.ts';
import type { PageHour } from './page-hour.ts';

/** An hour that was judged, and what is known of it. */
export interface FollowedHour {
  /** Epoch milliseconds. */
  start: number;
  end: number;
  findings: readonly HourlyFinding[];
  /** False of a page under maintenance, and of all where there is no data: that is not normal, it is not known. */
  isJudged(surface: string): boolean;
  page(surface: string): PageHour | undefined;
}
