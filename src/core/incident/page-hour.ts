/** What is known of a page's hour beside what was found in it. */
import type { HourlyMetricId } from '../detect/hours/hourly-finding.ts';
import type { IncidentPicture } from './incident.ts';

export interface PageHour {
  pageviews: number;
  requests: number;
  errors: number;
  request_failures: number;
  dropoffs: number;
  /** The error most of the hour's errors are, and its share of them (0-1). */
  signature: { name: string; share: number } | null;
  /** The release most of the hour's errors ran under; first seen on the page, epoch milliseconds, null for not known. */
  release: { name: string; share: number; firstSeen: number | null } | null;
}

/**
 * What the rate counts, and of how many. Errors are per view where the page has any and else per request, so where it
 * has both, the count is of those that give the rate as it was judged.
 * @param current the rate as judged.
 */
export function countedIn(
  metric: HourlyMetricId,
  current: number,
  page: PageHour | undefined,
): IncidentPicture['count'] {
  if (page === undefined) return null;
  const { pageviews, requests, errors, request_failures, dropoffs } = page;
  switch (metric) {
    case 'error_rate': {
      const off = (exposure: number) =>
        exposure > 0 ? Math.abs(errors / exposure - current) : Number.POSITIVE_INFINITY;
      const onViews = off(pageviews) <= off(requests);
      return counted('errors', errors, onViews ? pageviews : requests, onViews ? 'views' : 'requests');
    }
    case 'failure_rate':
      return counted('request_failures', request_failures, requests, 'requests');
    case 'dropoff_rate':
      return counted('dropoffs', dropoffs, pageviews, 'views');
    case 'traffic':
      return null;
  }
}

type Count = NonNullable<IncidentPicture['count']>;

function counted(of: Count['of'], hits: number, exposure: number, per: Count['per']): Count | null {
  return exposure > 0 ? { of, hits, exposure, per } : null;
}
