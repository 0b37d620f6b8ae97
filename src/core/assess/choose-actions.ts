/** Which action type carries an idea out, of those that are configured. */
import type { TrackRecord } from '../effect/effect-check.ts';
import { trackWords } from '../effect/effect-words.ts';
import { trackConfidence } from '../effect/track-record.ts';
import { higherRisk } from '../proposal/standing.ts';
import type { JsonObject, Risk, SuggestedAction } from '../records.ts';
import type { ActionIdea } from './actions-of-cause.ts';
import { type AssessedAction, CONFIDENCES, type Confidence } from './assessment.ts';

/** Something that this workspace can have done. */
export interface Capability {
  /** What it can be called for: a webhook by its id (`deploy.rollback`), `issue.open`, `owner.notify`, `post`. */
  call: string;
  /** Registered action type. */
  type: string;
  /** The least it is declared to carry. */
  risk?: Risk;
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
    for (const { call: offered, type, risk: least = 'low', parametersFor } of capabilities) {
      const parameters = offered === wanted ? parametersFor(idea) : null;
      if (parameters === null) continue;
      // Telling somebody is no roll-back, however risky what they are told of is.
      return { type, title, risk: wanted === call ? higherRisk(idea.risk, least) : 'low', parameters };
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

/** Most likely to help first: of the ideas in their order, those whose kind was seldom of help before come last. */
export const assessActions = (ideas: readonly ActionIdea[], policy: ActionPolicy): AssessedAction[] =>
  ideas
    .map((idea) => {
      const action = chooseAction(idea, policy.capabilities);
      const record = policy.track.find(({ actionType }) => actionType === action.type);
      const trust = trackConfidence(record);
      const needsApproval = !policy.runsAlone(action);
      const { category } = idea;
      const confidence = inLight(idea, trust);
      return { trust, assessed: { category, action, confidence, track: trackWords(record), needsApproval } };
    })
    .sort((a, b) => Number(a.trust === 'low') - Number(b.trust === 'low'))
    .map(({ assessed }) => assessed);

/** How sure the cause is, a step more or less by what its kind of action did before. */
function inLight({ confidence }: ActionIdea, trust: Confidence): Confidence {
  const step = CONFIDENCES.indexOf(confidence) + CONFIDENCES.indexOf(trust) - CONFIDENCES.indexOf('medium');
  return CONFIDENCES[Math.min(CONFIDENCES.length - 1, Math.max(0, step))] ?? confidence;
}
