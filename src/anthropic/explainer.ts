import { type Reading, readPriority } from '../core/explain/reading.ts';
import { suggestActions } from '../core/explain/suggestion.ts';
import { explainWithTemplate } from '../core/explain/template.ts';
import { voiceFault } from '../core/explain/voice.ts';
import { bindFacts } from '../core/facts/bind.ts';
import type { Explanation, SuggestedAction } from '../core/records.ts';
import type { Explainer, Log } from '../pipeline/ports.ts';
import { buildExplainInput, type ExplainOutput, explainOutput } from './explain-prompt.ts';
import type { CallModel } from './model-call.ts';
import type { Prompt } from './prompts.ts';

export interface ModelExplainerOptions {
  callModel: CallModel;
  prompt: Prompt;
  log: Log;
  /** Milliseconds for one priority, retries included. */
  deadlineMs?: number;
}

const DEADLINE_MS = 45_000;
const LONGEST = { summary: 400, likely_reason: 600 } as const;

/**
 * Lets the model word an explanation. Code keeps the figures, the strength of the evidence and the choice of actions:
 * a field that states a figure of its own, says more than its evidence or names an unknown action is replaced by the
 * template's, and a model that fails is replaced whole. What was sent or said is never logged.
 */
export function createModelExplainer({
  callModel,
  prompt,
  log,
  deadlineMs = DEADLINE_MS,
}: ModelExplainerOptions): Explainer {
  return {
    async explain(priority, facts) {
      const fallback = explainWithTemplate(priority, facts);
      const reading = readPriority(priority, facts);
      const actions = suggestActions(reading);
      const notice = (details: object, message: string) =>
        log.warn(
          { entity: priority.entity_key, prompt: prompt.id, prompt_version: prompt.version, ...details },
          message,
        );
      const input = buildExplainInput(reading, actions);
      const { output } = await callModel({ prompt, input, output: explainOutput, deadlineMs });
      return output === null ? fallback : merge(output, fallback, reading, actions, notice);
    },
  };
}

type Notice = (details: object, message: string) => void;

function merge(
  output: ExplainOutput,
  fallback: Explanation,
  reading: Reading,
  actions: readonly SuggestedAction[],
  notice: Notice,
): Explanation {
  const accepted = (field: 'summary' | 'likely_reason'): string | null => {
    const checked = checkText(output[field], reading, LONGEST[field]);
    if (checked.ok) return checked.text;
    notice({ field, reason: checked.reason }, 'A text of the model was not used; the template wrote it');
    return null;
  };
  const [summary, reason] = [accepted('summary'), accepted('likely_reason')];
  if (summary === null && reason === null) return fallback;
  const action = actions.find((candidate) => candidate.parameters.would_call === output.action);
  if (!action) notice({ field: 'action', reason: 'unknown action' }, 'The model named no action it was offered');
  return {
    summary: summary ?? fallback.summary,
    likely_reason: reason ?? fallback.likely_reason,
    action: action ?? fallback.action,
    written_by: 'model',
  };
}

function checkText(
  text: string,
  { facts, rung }: Reading,
  longest: number,
): { ok: true; text: string } | { ok: false; reason: string } {
  const fault = voiceFault(text, rung);
  if (fault !== null) return { ok: false, reason: fault };
  const bound = bindFacts(text.trim(), facts);
  if (!bound.ok) return { ok: false, reason: `${bound.unbound.length} figures or ids without a fact` };
  if (bound.text === '' || bound.text.length > longest) return { ok: false, reason: `${bound.text.length} characters` };
  return bound;
}
