/** Which action type carries an idea out, of those that are configured. */
import type { TrackRecord } from '../effect/effect-check.ts';
import { formatCount } from '../facts/render.ts';
import type { JsonObject, SuggestedAction } from '../records.ts';
import type { ActionIdea } from './actions-of-cause.ts';
import type { AssessedAction } from './assessment.ts';

/** Something that this workspace can have done. */
export interface Capability {
  /** What it can be called for: a webhook by its id (`deploy.rollback`), `issue.open`, `owner.notify`, `post`. */
  call: string;
  /** Registered action type. */
  type: string;
  /** In the type's own shape. Null where it cannot serve this idea, such as an owner of another page. */
  parametersFor(idea: ActionIdea): JsonObject | null;
}

/** What may stand in for a call that nothing is configured for, best first. A person is told; nothing else is called. */
const STAND_INS: Readonly<Record<string, readonly string[]>> = {
  'deploy.rollback': ['owner.notify', 'issue.open'],
  'service.scale': ['owner.notify', 'issue.open'],
  'issue.open': ['owner.notify'],
  'reconciliation.list': ['issue.open', 'owner.notify'],
};
const ASK_SOMEBODY = ['owner.notify', 'issue.open'];

/** The first capability that can serve it, else a simulation, which shows what would be called. */
export function chooseAction(idea: ActionIdea, capabilities: readonly Capability[]): SuggestedAction {
  const { title, call, expect } = idea;
  for (const wanted of [call, ...(STAND_INS[call] ?? ASK_SOMEBODY)])
    for (const { call: offered, type, parametersFor } of capabilities) {
      const parameters = offered === wanted ? parametersFor(idea) : null;
      if (parameters === null) continue;
      // Telling somebody is no roll-back, however risky what they are told of is.
      return { type, title, risk: wanted === call ? idea.risk : 'low', parameters };
    }
  return { type: 'simulate', title, risk: idea.risk, parameters: { would_call: call, with: idea.with, expect } };
}

export interface ActionPolicy {
  capabilities: readonly Capability[];
  /** Per action type. */
  track: readonly TrackRecord[];
  /** Whether the workspace lets it run by itself. */
  runsAlone(action: SuggestedAction): boolean;
}

export const assessActions = (ideas: readonly ActionIdea[], policy: ActionPolicy): AssessedAction[] =>
  ideas.map((idea) => {
    const action = chooseAction(idea, policy.capabilities);
    return {
      action,
      confidence: idea.confidence,
      track: trackWords(policy.track.find(({ actionType }) => actionType === action.type)),
      needsApproval: !policy.runsAlone(action),
    };
  });

/** "helped 3 of the 4 times that could be told"; null where it was never checked. */
export function trackWords(record: TrackRecord | undefined): string | null {
  if (record === undefined) return null;
  const told = record.helped + record.didNotHelp + record.worse;
  if (told === 0) return null;
  return `helped ${formatCount(record.helped)} of the ${formatCount(told)} ${told === 1 ? 'time' : 'times'} that could be told`;
}
