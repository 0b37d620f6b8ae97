/** The measures whose silence by the day may be a gap. Failures are left out: none of them on a day is good news. */
export const WATCHED = ['pageviews', 'actions', 'dropoffs', 'errors', 'tickets', 'requests'] as const;
export type Watched = (typeof WATCHED)[number];
