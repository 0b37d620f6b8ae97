/** Words for the ends of a ranking. */
export const DESCENDING =
  /^(?:most|highest|biggest|largest|top|greatest|max|maximum|busiest|longest|heaviest|main|commonest|leading|slowest|frequent|common|popular|more|higher)$/;
export const ASCENDING =
  /^(?:least|lowest|fewest|smallest|bottom|minimum|min|quietest|fastest|quickest|shortest|fewer|less|rarest|lower)$/;
export const EXTREME = new RegExp(
  `${DESCENDING.source.slice(0, -1)}|${ASCENDING.source.slice(1, -1)}|worst|best|worse|better$`,
);
