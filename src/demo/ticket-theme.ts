import type { Area } from './surface.ts';

/** One way in which people bring it up, and what an agent answers; `{slots}` are filled anew, see ticket-text.ts. */
export type TicketCase = readonly [subject: string, body: string, answer: string];

/** What people write in about, in their words. */
export interface TicketTheme {
  /** As a support team would label it. */
  topic: string;
  category: 'bug' | 'billing' | 'question' | 'access' | 'request';
  /** Where it comes up on ordinary days; nowhere: only in incidents. */
  areas: readonly Area[];
  /** 0-4, 4 worst. */
  severity: number;
  cases: readonly TicketCase[];
  /** More of it, where people bother; each fits every case. */
  details: readonly string[];
}

export const theme = (
  topic: string,
  category: TicketTheme['category'],
  areas: readonly Area[],
  severity: number,
  cases: readonly TicketCase[],
  details: readonly string[],
): TicketTheme => ({ topic, category, areas, severity, cases, details });
