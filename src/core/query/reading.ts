/** How a question was read: an intent and a closed query, or an abstention that says why. */
import type { MetricQuery } from './metric-query.ts';
import type { Vocabulary } from './vocabulary.ts';

export const INTENTS = [
  'metric',
  'top',
  'explain',
  'examples',
  'overview',
  'tickets',
  'runbook',
  'status',
  'clarify',
  'refuse',
  'help',
] as const;
export type Intent = (typeof INTENTS)[number];

export const REASONS = [
  'private_data',
  'unsupported_metric',
  'unsupported_dimension',
  'no_data',
  'too_small',
  'write_request',
  'out_of_scope',
  'ambiguous',
] as const;
export type Reason = (typeof REASONS)[number];

/** One way on: a reading of an ambiguous question, or the nearest thing that can be answered. */
export interface Choice {
  /** What the button says, at most 75 characters. */
  label: string;
  /** Asked when it is pressed. */
  question: string;
}

export interface Reading {
  intent: Intent;
  /** Null where there is nothing to compute: status, help, runbook, refuse, clarify. */
  query: MetricQuery | null;
  reason: Reason | null;
  /** 0-1: how sure the reader is; below the floor it asks instead. */
  confidence: number;
  choices: readonly Choice[];
  /** What a refusal or clarification is about, in the asker's words made plain: "NPS", "country", "conversion". */
  about: string | null;
  /** Of a clarification: what is settled already, for the thread to remember; `metric` is null. */
  understood?: MetricQuery;
  /** What was read differently from how it was written: "/chekout as /checkout". */
  notes: readonly string[];
}

/** What a thread has settled so far: slots, never text. */
export interface ThreadContext {
  intent: Intent;
  query: MetricQuery;
  /** Surfaces and values the last answer listed, best first: what "#2" and "that one" mean. */
  listed: readonly { dimension: string; value: string }[];
}

/** Where and when a question is asked. */
export interface QuestionSetting {
  /** Epoch milliseconds. */
  asOf: number;
  /** The workspace's IANA zone. */
  zone: string;
  vocabulary: Vocabulary;
  thread: ThreadContext | null;
}
