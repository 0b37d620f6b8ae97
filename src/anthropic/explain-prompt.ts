import { z } from 'zod';
import { RUNG_VERBS } from '../core/explain/ladder.ts';
import type { Reading } from '../core/explain/reading.ts';
import type { SuggestedAction } from '../core/records.ts';
import { fence } from './fence.ts';

/** What prompts/explain-priority.md is sent. */
export const explainInput = z.object({
  facts: z.array(z.object({ id: z.string(), label: z.string(), text: z.string() })),
  evidence: z.object({
    kind: z.string(),
    rung: z.string().nullable(),
    verb: z.string().nullable(),
    rose_with_it: z.array(z.string()),
    hints: z.array(z.string()),
  }),
  actions: z.array(z.object({ id: z.string(), title: z.string(), risk: z.string() })),
  texts: z.array(z.string()),
});

/** What it answers; lengths are checked field by field, so that one long text does not cost the other. */
export const explainOutput = z.object({
  summary: z.string(),
  likely_reason: z.string(),
  action: z.string(),
});

export type ExplainOutput = z.infer<typeof explainOutput>;

const LISTED = 3;
const LONGEST_TEXT = 300;

/** The record as data for the model: facts with ids, evidence as code judged it, and strangers' words behind a fence. */
export function buildExplainInput(reading: Reading, actions: readonly SuggestedAction[]): z.infer<typeof explainInput> {
  const { top_error_signatures: signatures, top_ticket_topics: topics, hints } = reading.priority.pattern_record;
  const examples = signatures.slice(0, LISTED).map((signature) => signature.example);
  const snippets = topics.slice(0, LISTED).flatMap((topic) => topic.snippets.slice(0, LISTED));
  return {
    facts: reading.facts.map(({ id, label, text, unit }) => ({
      id,
      label,
      text: unit === 'name' ? fence(text, LONGEST_TEXT) : text,
    })),
    evidence: {
      kind: reading.kind,
      rung: reading.rung,
      verb: reading.rung === null ? null : RUNG_VERBS[reading.rung],
      rose_with_it: reading.companions,
      hints,
    },
    actions: actions.map(({ title, risk, parameters }) => ({
      id: String(parameters.would_call),
      title: fence(title, LONGEST_TEXT),
      risk,
    })),
    texts: [...examples, ...snippets].filter((text) => text !== '').map((text) => fence(text, LONGEST_TEXT)),
  };
}
