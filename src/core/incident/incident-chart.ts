/** What an incident's chart is drawn from: the leader's hours against what was expected of each, oldest first. */
export interface IncidentChart {
  points: readonly {
    /** Start of the hour, epoch milliseconds. */
    hour: number;
    /** A rate (0-1) per view or request; for traffic a count. Null where the hour has no figure, which is never zero. */
    value: number | null;
    /** With the range around it; null where nothing was expected: before enough was learned, or in an hour not judged. */
    expected: number | null;
    lower: number | null;
    upper: number | null;
    /** The judge found it outside normal. */
    told: boolean;
  }[];
}

/** The last hours that were judged, or the incident's whole course with the hours before it. */
export type ChartStretch = 'latest' | 'course';
