/** Where an answer is shown, and how. */
export interface AnswerView {
  /** `asker` alone sees it, in a channel; everybody in a channel's `thread`; the asker and we, `direct`. */
  place: 'asker' | 'thread' | 'direct';
  /** Left out, lines over time are a chart and everything else is a table. */
  show?: 'chart' | 'table';
  /** Platform id of who shared it into the channel. */
  sharedBy?: string | null;
  /** Whose button asked what, where the question itself is not in the conversation. */
  asked?: { by: string; question: string } | null;
  /** Its words stand above already, streamed: only what comes under them. */
  isTold?: boolean;
  /** Its chart is posted under it, as a picture: it has neither chart nor table itself. */
  isDrawnBelow?: boolean;
  /** False where Slack takes neither tables nor charts: the same in letters. */
  native?: boolean;
}
