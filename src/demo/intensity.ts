import type { Signature } from './signatures.ts';
import type { Surface } from './surface.ts';
import type { TicketTheme } from './ticket-theme.ts';

/** What a surface does in one hour: rates are per page view, or per call where it has no views. */
export interface Intensity {
  /** Factor on page views and calls. */
  traffic: number;
  /** Factor on calls alone: retries. */
  calls: number;
  actionRate: number;
  dropoffRate: number;
  /** Background errors. */
  errorRate: number;
  /** Errors that come on top, of one kind each; `release` ties them to what carries the fault. */
  extraErrors: { signature: Signature; rate: number; release?: string }[];
  ticketRate: number;
  extraTickets: { theme: TicketTheme; rate: number }[];
  latencyFactor: number;
  /** Share of calls that answer 5xx. */
  failureRate: number;
  /** Share of calls that answer 403. */
  forbiddenRate: number;
  /** Everything above comes from one company alone. */
  oneAccount: boolean;
}

export function normalIntensity(surface: Surface): Intensity {
  return {
    traffic: 1,
    calls: 1,
    actionRate: surface.action[1],
    dropoffRate: surface.dropoff[1],
    errorRate: surface.errors,
    extraErrors: [],
    ticketRate: surface.tickets,
    extraTickets: [],
    latencyFactor: 1,
    failureRate: 0.004,
    forbiddenRate: 0.002,
    oneAccount: false,
  };
}
