/** What is assessed, whichever way it was found: a judged day's priority or an incident by the hour. */
import type { LeadKind } from '../explain/reading.ts';
import type { ProposalSubject } from '../proposal/proposal.ts';
import type { QueryWindow } from '../query/metric-query.ts';
import type { Fact, Loss, Severity } from '../records.ts';
import type { Claim } from './assessment.ts';

/** Windows of the closed queries, half-open in the workspace's zone. */
export interface SituationWindows {
  /** What is outside normal. */
  now: QueryWindow;
  /** The seven days before it began: what shares and rates are held against. */
  before: QueryWindow;
  /** The same hours a week earlier: what amounts are held against. */
  usual: QueryWindow;
  /** YYYY-MM-DD: the day it began on. */
  began: string;
  /** How long each is. */
  hours: { now: number; before: number };
}

export interface Situation {
  subject: ProposalSubject;
  severity: Severity;
  kind: LeadKind;
  /** Pages outside normal, the leader first; none of an error that names no page yet. */
  surfaces: readonly string[];
  /** The one error it is about; null where it is about a page. */
  signature: string | null;
  /** Kinds of finding the judge made of it, main one first. */
  rules: readonly string[];
  windows: SituationWindows;
  summary: Claim;
  facts: readonly Fact[];
  /** Bounds; null where not known. */
  accounts: [number, number] | null;
  users: [number, number] | null;
  /** The judge's own estimate, where it made one, in major units. */
  loss: Loss | null;
  /** Themes of the tickets, most of them first. */
  topics: readonly string[];
}

/** The page the checks look at. */
export const pageOf = ({ surfaces: [first] }: Pick<Situation, 'surfaces'>): string | null => first ?? null;
