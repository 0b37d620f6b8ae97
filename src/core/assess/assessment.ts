/** What a senior engineer would sign about a priority or an incident: seed 002's assessment, every claim tied to facts. */
import type { Fact, Severity, SuggestedAction } from '../records.ts';
import type { Citation } from '../runbook/citation.ts';

export const CAUSE_CATEGORIES = [
  'release',
  'upstream',
  'credentials',
  'rate_limit',
  'payment',
  'database',
  'code',
  'configuration',
  'traffic',
  'tracking',
  'soft_failure',
  'single_account',
  'unknown',
] as const;
/** What kind of thing may be behind it; `unknown` is an answer. */
export type CauseCategory = (typeof CAUSE_CATEGORIES)[number];

export const CONFIDENCES = ['high', 'medium', 'low'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** A sentence and the facts it stands on; one without any states no figure. */
export interface Claim {
  text: string;
  factIds: string[];
}

/** What was looked up to confirm or refute a hypothesis, with a closed query, and what came of it. */
export interface HypothesisCheck {
  /** What was asked, in words. */
  asked: string;
  verdict: 'confirms' | 'refutes' | 'neither' | 'no_data';
  found: Claim;
}

export interface Hypothesis {
  id: string;
  category: CauseCategory;
  /** What the cause names: the release, the signature, the account; null where the category says all. */
  value: string | null;
  statement: Claim;
  confidence: Confidence;
  /** What would confirm it and what would refute it, in words. */
  confirmedBy: string;
  refutedBy: string;
  checks: HypothesisCheck[];
}

export interface BlastRadius {
  surfaces: string[];
  /** Bounds, null where not known. */
  accounts: [number, number] | null;
  users: [number, number] | null;
  /** The declared funnel's step it sits in; null where in none. */
  stage: { funnel: string; step: string } | null;
}

/** Money in major units, each with its interval; null where it cannot be told. */
export interface RiskReport {
  lostOrders: { amount: number; low: number; high: number } | null;
  lossPerHour: { amount: number; low: number; high: number } | null;
  lossPerDay: { amount: number; low: number; high: number } | null;
  lossOfWindow: { amount: number; low: number; high: number } | null;
  /** Why it cannot be told, or what it rests on, in words. */
  basis: string;
}

export interface AssessedAction {
  /** Of the hypothesis it is for. */
  category: CauseCategory;
  action: SuggestedAction;
  confidence: Confidence;
  /** How often this type helped before, in words; null where it was never checked. */
  track: string | null;
  needsApproval: boolean;
}

export interface Assessment {
  /** From 1; grows when what people would do with it changes: the likely cause, how sure it is, what to do. */
  edition: number;
  summary: Claim;
  severity: Severity;
  /** Of the first hypothesis. */
  cause: { category: CauseCategory; confidence: Confidence; text: Claim };
  evidence: Claim[];
  assumptions: Claim[];
  uncertainties: Claim[];
  blast: BlastRadius;
  risk: RiskReport;
  /** Most likely first. */
  hypotheses: Hypothesis[];
  actions: AssessedAction[];
  /** Stored without their excerpts, which are read when it is shown. */
  runbooks: Citation[];
  /** Every figure in it. */
  facts: Fact[];
  writtenBy: 'template' | 'model';
  /** Claims of a model that no fact supports, left out. */
  dropped: number;
}
