/** Pages and errors that people do not want to hear of, for a while or for good. */
export interface Mute {
  id: string;
  number: number;
  target: 'surface' | 'error_signature';
  /** With `*` for any characters. */
  pattern: string;
  /** Epoch milliseconds; null is for good ("ignore"), else a snooze. */
  until: number | null;
  reason: string | null;
  createdBy: string;
  createdAt: number;
}
