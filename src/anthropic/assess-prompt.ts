import { z } from 'zod';
import type { Assessment, Claim } from '../core/assess/assessment.ts';
import { rungOf } from '../core/assess/rung.ts';
import { RUNG_VERBS } from '../core/explain/ladder.ts';
import { fence } from './fence.ts';

/** What prompts/assess.md is sent. */
export const assessInput = z.object({
  facts: z.array(z.object({ id: z.string(), label: z.string(), text: z.string() })),
  evidence: z.object({ rung: z.string().nullable(), verb: z.string().nullable() }),
  hypotheses: z.array(
    z.object({
      id: z.string(),
      category: z.string(),
      confidence: z.string(),
      statement: z.string(),
      checks: z.array(
        z.object({ asked: z.string(), verdict: z.string(), found: z.string(), fact_ids: z.array(z.string()) }),
      ),
    }),
  ),
  draft: z.object({
    summary: z.string(),
    evidence: z.array(z.string()),
    assumptions: z.array(z.string()),
    uncertainties: z.array(z.string()),
  }),
  texts: z.array(z.string()),
});

const claimOutput = z.object({ text: z.string(), fact_ids: z.array(z.string()) });

/** What it answers: claims, each with the facts it stands on. Order, confidence and actions are not its to say. */
export const assessOutput = z.object({
  summary: claimOutput,
  likely_cause: claimOutput,
  evidence: z.array(claimOutput),
  assumptions: z.array(claimOutput),
  uncertainties: z.array(claimOutput),
});
export type AssessOutput = z.infer<typeof assessOutput>;
export type ClaimOutput = z.infer<typeof claimOutput>;

const LONGEST_TEXT = 300;
const MOST_TEXTS = 8;

/** The draft as data for the model: facts with ids, what was checked, and strangers' words behind a fence. */
export function buildAssessInput(draft: Assessment, texts: readonly string[]): z.infer<typeof assessInput> {
  const rung = rungOf(draft);
  const wordsOf = (claims: readonly Claim[]): string[] => claims.map(({ text }) => fence(text, LONGEST_TEXT));
  return {
    facts: draft.facts.map(({ id, label, text, unit }) => ({
      ...{ id, label },
      text: unit === 'name' ? fence(text, LONGEST_TEXT) : text,
    })),
    evidence: { rung, verb: rung === null ? null : RUNG_VERBS[rung] },
    hypotheses: draft.hypotheses.map(({ id, category, confidence, statement, checks }) => ({
      ...{ id, category, confidence, statement: fence(statement.text, LONGEST_TEXT) },
      checks: checks.map(({ asked, verdict, found }) => ({
        ...{ asked, verdict, found: fence(found.text, LONGEST_TEXT), fact_ids: found.factIds },
      })),
    })),
    draft: {
      summary: fence(draft.summary.text, LONGEST_TEXT),
      evidence: wordsOf(draft.evidence),
      assumptions: wordsOf(draft.assumptions),
      uncertainties: wordsOf(draft.uncertainties),
    },
    texts: texts
      .filter((text) => text !== '')
      .slice(0, MOST_TEXTS)
      .map((text) => fence(text, LONGEST_TEXT)),
  };
}
