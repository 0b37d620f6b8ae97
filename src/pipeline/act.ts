import type { ActionRegistry, ActionResult, PreviewLine } from '../core/actions.ts';
import { formatMoment } from '../core/facts/render.ts';
import { canApprove, effectiveRoles, type RolePolicy, whoMayApprove } from '../core/policy/roles.ts';
import type { JsonObject, Proposal, Role } from '../core/records.ts';
import { ConflictError, SeepassError } from '../errors.ts';
import type { Clock, Log, Stores } from './ports.ts';

export interface DecideOptions {
  stores: Pick<Stores, 'proposals' | 'roles' | 'audit'>;
  actions: ActionRegistry;
  policy: RolePolicy;
  /** IANA zone of the times in `words`. */
  timezone: string;
  clock: Clock;
  log: Log;
  proposalId: string;
  decision: 'approved' | 'dismissed';
  /** Platform user id of whoever pressed. */
  actor: string;
  channel: string | null;
  /** How the platform writes a person; the bare id when left out. */
  mention?: (userId: string) => string;
}

/** What came of a press, with words for whoever pressed. */
export type Decision =
  | { kind: 'done' | 'failed' | 'dismissed'; proposal: Proposal; words: string }
  /** Somebody was first, or it expired. */
  | { kind: 'too_late'; proposal: Proposal; words: string }
  | { kind: 'forbidden'; approvers: readonly string[]; words: string };

/**
 * Decides a proposal once, and runs it when approved: requester check, atomic decision, strict re-parse of the
 * stored parameters, execution. Every outcome is audited: decisions by the store, refusals here.
 * @throws SeepassError `not_found` for an unknown proposal, `database_unavailable`.
 */
export async function decideProposal(options: DecideOptions): Promise<Decision> {
  const { stores, policy, proposalId, decision, actor, channel } = options;
  const proposal = await stores.proposals.get(proposalId);
  const granted = await stores.roles.rolesOf(actor);
  const role = effectiveRoles(actor, granted, policy).at(-1) ?? 'viewer';
  if (!canApprove(actor, granted, policy)) return refuse(options, proposal, role);

  let decided: Proposal;
  try {
    decided = await stores.proposals.decide(proposalId, decision, { actor, role, channel });
  } catch (error) {
    if (error instanceof ConflictError) return tooLate(options, error);
    throw error;
  }
  if (decision === 'dismissed')
    return { kind: 'dismissed', proposal: decided, words: `Dismissed: ${decided.action.title}.` };
  return run(options, decided);
}

/** What approving a proposal will do, one line each; says so where its action is not known or does not fit any more. */
export function previewProposal(actions: ActionRegistry, proposal: Pick<Proposal, 'action'>): readonly PreviewLine[] {
  const prepared = actions.find(proposal.action.type)?.prepare(proposal.action.parameters);
  return prepared?.ok ? prepared.action.preview : [['This action cannot run any more; approving it would fail.']];
}

async function run(options: DecideOptions, proposal: Proposal): Promise<Decision> {
  const { state, outcome } = await attempt(options, proposal);
  const finished = await options.stores.proposals.complete(proposal.id, {
    state,
    outcome: { ...outcome.details, summary: outcome.summary },
  });
  return { kind: state, proposal: finished, words: outcome.summary };
}

/** Failing is an outcome: it is recorded like any other. */
async function attempt(
  options: DecideOptions,
  proposal: Proposal,
): Promise<{ state: 'done' | 'failed'; outcome: { summary: string; details: JsonObject } }> {
  const { actions, actor, clock } = options;
  try {
    const result = await execute(actions, proposal, { actor, at: clock() });
    if (result.kind === 'done') return { state: 'done', outcome: result };
    return { state: 'failed', outcome: { summary: `Approved, but not done. ${result.words}`, details: {} } };
  } catch (error) {
    return { state: 'failed', outcome: { summary: failureWords(options, proposal, error), details: {} } };
  }
}

async function execute(
  actions: ActionRegistry,
  proposal: Proposal,
  by: { actor: string; at: number },
): Promise<ActionResult> {
  const { type, parameters } = proposal.action;
  const prepared = actions.find(type)?.prepare(parameters);
  if (prepared === undefined) throw new SeepassError('bad_input', `No action is called "${type}" any more.`);
  if (!prepared.ok)
    throw new SeepassError('bad_input', `Its parameters do not fit "${type}": ${prepared.faults.join('; ')}.`);
  return prepared.action.execute({
    idempotencyKey: `${type}:${proposal.id}`,
    proposal: proposal.id,
    about: { proposalId: proposal.id, surface: proposal.entity_type === 'surface' ? proposal.entity_key : null, incidentId: null },
    why: '',
    approvedBy: [by.actor],
    at: by.at,
    signal: AbortSignal.timeout(10_000),
  });
}

function failureWords({ log }: DecideOptions, proposal: Proposal, error: unknown): string {
  if (error instanceof SeepassError) return `Approved, but not done. ${error.line}`;
  log.error({ err: error, proposal: proposal.id, action: proposal.action.type }, 'An approved action failed');
  return `Approved, but not done: the action failed unexpectedly. The log has the details under ${proposal.id}.`;
}

async function refuse(options: DecideOptions, proposal: Proposal, role: Role): Promise<Decision> {
  const { stores, policy, actor, channel, decision, mention = (userId) => userId } = options;
  await stores.audit.append({
    actor,
    actor_role: role,
    action: decision === 'approved' ? 'proposal.approve' : 'proposal.dismiss',
    subject_type: 'proposal',
    subject_id: proposal.id,
    channel,
    outcome: 'forbidden',
    details: { action_type: proposal.action.type },
  });
  const approvers = whoMayApprove(policy);
  const verb = decision === 'approved' ? 'approve' : 'dismiss';
  const ask =
    approvers.length > 0
      ? `Ask ${approvers.slice(0, 5).map(mention).join(' or ')}.`
      : 'Nobody is set up to approve yet: name people in SEEPASS_ADMINS or SEEPASS_APPROVERS.';
  return { kind: 'forbidden', approvers, words: `Only approvers may ${verb} this. ${ask}` };
}

async function tooLate(options: DecideOptions, conflict: ConflictError): Promise<Decision> {
  const { stores, proposalId, timezone, mention = (userId) => userId } = options;
  const proposal = await stores.proposals.get(proposalId);
  const { decided_by: by, decided_at: at, state } = proposal;
  if (by === null || at === null) return { kind: 'too_late', proposal, words: conflict.line };
  const what = state === 'dismissed' ? 'dismissed' : 'approved';
  return { kind: 'too_late', proposal, words: `Already ${what} by ${mention(by)} on ${formatMoment(at, timezone)}.` };
}
