import { effectiveRoles } from '../../core/policy/roles.ts';
import type { Answer } from '../../core/query/answer-body.ts';
import type { Role } from '../../core/records.ts';
import { type AgainRequest, answerAgain } from './answer-again.ts';
import { type Ask, createAsk } from './ask.ts';
import type { AskDeps } from './ask-deps.ts';
import { type ReplayRequest, replayReceipt } from './replay.ts';

/** Everything about answers that a platform needs, bound to one workspace. */
export interface Answering {
  ask: Ask;
  again(request: AgainRequest): Promise<Answer>;
  replay(request: ReplayRequest): ReturnType<typeof replayReceipt>;
  /** Every role the person has, by the platform's id. */
  rolesOf(user: string): Promise<Role[]>;
}

export function createAnswering(deps: AskDeps): Answering {
  return {
    ask: createAsk(deps),
    again: (request) => answerAgain(deps, request),
    replay: (request) => replayReceipt(deps, request),
    rolesOf: async (user) => effectiveRoles(user, await deps.stores.roles.rolesOf(user), deps.policy),
  };
}
