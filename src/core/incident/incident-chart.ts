/** What an incident's chart is drawn from: the leader's last hours against what was expected of them, oldest first. */
export interface IncidentChart {
  points: readonly {
    /** Start of the hour, epoch milliseconds. */
    hour: number;
    /** A rate (0-1) per view or request; for traffic a count. Null where the hour has no figure, which is never zero. */
    value: number | null;
    /** Of the expected range; null where nothing was expected yet. */
    lower: number | null;
    upper: number | null;
  }[];
}
