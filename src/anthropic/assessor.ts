import type { Assessment, Claim } from '../core/assess/assessment.ts';
import { rungOf } from '../core/assess/rung.ts';
import type { Rung } from '../core/explain/ladder.ts';
import { voiceFault } from '../core/explain/voice.ts';
import { bindFacts } from '../core/facts/bind.ts';
import type { Fact } from '../core/records.ts';
import type { WriteAssessment } from '../pipeline/assess/context.ts';
import type { Log } from '../pipeline/ports.ts';
import { type AssessOutput, assessOutput, buildAssessInput, type ClaimOutput } from './assess-prompt.ts';
import type { CallModel } from './model-call.ts';
import type { Prompt } from './prompts.ts';

export interface ModelAssessorOptions {
  callModel: CallModel;
  prompt: Prompt;
  log: Log;
  /** Milliseconds for one assessment, retries included. */
  deadlineMs?: number;
}

const DEADLINE_MS = 60_000;
const LONGEST = { summary: 400, cause: 500, line: 300 } as const;
const MOST_LINES = 5;

/**
 * Lets the model word an assessment. Code keeps the figures, the causes, their order and confidence, the actions and
 * the runbooks. A claim that names no known fact, states a figure of its own or says more than its evidence is left
 * out and counted; where nothing of a part is left, the template's stays. What was sent or said is never logged.
 */
export function createModelAssessor({
  callModel,
  prompt,
  log,
  deadlineMs = DEADLINE_MS,
}: ModelAssessorOptions): WriteAssessment {
  return async (draft, texts) => {
    const { output } = await callModel({
      prompt,
      input: buildAssessInput(draft, texts),
      output: assessOutput,
      deadlineMs,
    });
    if (output === null) return draft;
    const written = merge(output, draft);
    if (written.dropped > 0)
      log.warn(
        { prompt: prompt.id, prompt_version: prompt.version, dropped: written.dropped },
        'Claims of the model that nothing supports were left out',
      );
    return written;
  };
}

function merge(output: AssessOutput, draft: Assessment): Assessment {
  const rung = rungOf(draft);
  const offered = [
    output.summary,
    output.likely_cause,
    ...output.evidence,
    ...output.assumptions,
    ...output.uncertainties,
  ];
  const check = (longest: number) => (claim: ClaimOutput) => supported(claim, draft.facts, rung, longest);
  const lines = (claims: readonly ClaimOutput[]): Claim[] =>
    claims.flatMap((claim) => check(LONGEST.line)(claim) ?? []);
  const summary = check(LONGEST.summary)(output.summary);
  const cause = check(LONGEST.cause)(output.likely_cause);
  const [evidence, assumptions, uncertainties] = [output.evidence, output.assumptions, output.uncertainties].map(lines);
  const kept = [summary, cause].filter((claim) => claim !== null).length;
  const listed = [evidence, assumptions, uncertainties].reduce((sum, claims) => sum + (claims?.length ?? 0), 0);
  return {
    ...draft,
    summary: summary ?? draft.summary,
    cause: { ...draft.cause, text: cause ?? draft.cause.text },
    evidence: anyOf(evidence, draft.evidence),
    assumptions: anyOf(assumptions, draft.assumptions),
    // What nobody can know is not the model's to leave out.
    uncertainties: joined(draft.uncertainties, uncertainties ?? []),
    writtenBy: kept + listed > 0 ? 'model' : 'template',
    dropped: offered.length - kept - listed,
  };
}

function supported(
  { text, fact_ids }: ClaimOutput,
  facts: readonly Fact[],
  rung: Rung | null,
  longest: number,
): Claim | null {
  const ids = [
    ...new Set([...fact_ids, ...[...text.matchAll(/\{\{\s*fact:\s*([a-z0-9_.]+)\s*\}\}/g)].map(([, id = '']) => id)]),
  ];
  if (ids.length === 0 || !ids.every((id) => facts.some((fact) => fact.id === id))) return null;
  if (voiceFault(text, rung) !== null) return null;
  const bound = bindFacts(text.trim(), facts);
  if (!bound.ok || bound.text === '' || bound.text.length > longest) return null;
  return { text: bound.text, factIds: ids };
}

const anyOf = (claims: Claim[] | undefined, draft: Claim[]): Claim[] =>
  claims && claims.length > 0 ? claims.slice(0, MOST_LINES) : draft;

const joined = (draft: readonly Claim[], more: readonly Claim[]): Claim[] =>
  [...draft, ...more.filter(({ text }) => !draft.some((known) => known.text === text))].slice(0, MOST_LINES);
