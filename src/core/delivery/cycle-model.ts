/** The whole loop, as whoever started it watches it: observe, judge, assess, propose, act. */
import type { Incident } from '../incident/incident.ts';
import type { Proposal } from '../proposal/proposal.ts';
import type { Priority } from '../records.ts';

export const CYCLE_STEPS = ['observe', 'judge', 'assess', 'propose', 'act'] as const;
export type CycleStep = (typeof CYCLE_STEPS)[number];

export interface CycleModel {
  /** Slack user id. */
  startedBy: string;
  /** Epoch milliseconds. */
  startedAt: number;
  endedAt: number | null;
  /** IANA zone. */
  timezone: string;
  /** What is under way; null once it is over. */
  now: CycleStep | null;
  /** Where it broke off. */
  failedAt: CycleStep | null;
  /** Hours judged for the first time, with what was found in them at any setting. */
  observed: { hours: number; findings: number } | null;
  judged: { date: string; surfaces: number; priorities: number } | null;
  /** How many assessments were written anew, and how many stood. */
  assessed: { written: number; kept: number } | null;
  /** What the day's first priorities and the live incidents were given to decide, ended ones left out. */
  proposals: Proposal[] | null;
  /** The day's first, once they are ranked. */
  first: Priority[];
  /** Live ones, once the hours are followed. */
  incidents: Incident[];
}
