import { requirementOf } from '../../core/policy/approval-policy.ts';
import { effectiveRoles } from '../../core/policy/roles.ts';
import { applyCommand, PROPOSAL_LIFE_MS } from '../../core/proposal/apply-command.ts';
import type { ProposalCommand } from '../../core/proposal/command.ts';
import { BOT, type Proposal, proposalName } from '../../core/proposal/proposal.ts';
import { standingOf } from '../../core/proposal/standing.ts';
import type { Role } from '../../core/records.ts';
import { ConflictError, SeepassError } from '../../errors.ts';
import type { Clock, Log, NewId, Stores } from '../ports.ts';
import type { Actor, DeskCommand, ProposalDesk } from '../proposal-desk.ts';
import { editedAction } from './edit.ts';
import { proposalKey } from './proposal-key.ts';
import { type Rules, type RulesContext, readRules } from './rules.ts';
import { safeReason } from './safe-reason.ts';

/** Two who press at once: the second looks again at what the first left. */
const TRIES = 8;

export interface ProposalDeskContext extends RulesContext {
  stores: Pick<Stores, 'proposals' | 'roles' | 'settings' | 'stops'> & { audit: Pick<Stores['audit'], 'append'> };
  /** IANA zone of the times in refusals. */
  timezone: string;
  clock: Clock;
  newId: NewId;
  log: Log;
  /** Something was decided: what there is to do or to show may be seen to at once. */
  wake: () => void;
  /** How the platform writes a person; the bare id when left out. */
  mention?: (userId: string) => string;
}

/** Everybody may propose; approvers decide, and what they decide is looked at again when it is carried out. */
export function createProposalDesk(context: ProposalDeskContext): ProposalDesk {
  const { stores, policy, timezone, clock, newId, wake, mention = (userId) => userId } = context;

  const roleOf = async (actor: string): Promise<Role> =>
    effectiveRoles(actor, await stores.roles.rolesOf(actor), policy).at(-1) ?? 'viewer';

  async function tryOnce(proposal: Proposal, wish: DeskCommand, by: Actor): Promise<Proposal | undefined> {
    const rules = await readRules(context, proposal);
    if (wish.kind === 'approve' || wish.kind === 'edit') refuseUnusable(proposal, rules, wish.kind);
    const command = await commandOf(proposal, wish);
    const { actor, channel } = by;
    const decided = applyCommand(proposal, command, {
      ...{ actor, at: clock(), timezone, mention, executionId: newId() },
      ...rules,
    });
    const role = await roleOf(actor);
    if ('change' in decided) return stores.proposals.save(decided.change, { actor, role, channel });
    const { code, words } = decided.refusal;
    if (code === 'conflict') throw new ConflictError(words);
    await stores.audit.append({
      ...{ actor, actor_role: role, channel, outcome: 'forbidden' },
      action: `proposal.${command.kind}`,
      subject_type: 'proposal',
      subject_id: proposal.id,
      details: { number: proposal.number, action_type: proposal.action.type },
    });
    throw new SeepassError('forbidden', words);
  }

  async function commandOf(proposal: Proposal, wish: DeskCommand): Promise<ProposalCommand> {
    if (wish.kind === 'approve') return wish;
    if (wish.kind !== 'edit') return { kind: wish.kind, reason: safeReason(wish.reason) };
    const registry = await context.actions();
    return { ...wish, action: editedAction(registry.find(proposal.action.type), proposal.action, wish.parameters) };
  }

  async function find(id: string): Promise<Proposal> {
    const proposal = await stores.proposals.find(id);
    if (proposal) return proposal;
    throw new SeepassError('not_found', 'That suggestion is gone.', { fix: 'Wait for the next digest.' });
  }

  return {
    async propose({ subject, action, why, expectation, occasion }, by) {
      const rules = await readRules(context, { action });
      const fault = whyUnusable({ action }, rules);
      if (fault !== null || rules.prepared === undefined) throw new SeepassError('bad_arguments', fault ?? '');
      const parsed = { ...action, parameters: rules.prepared.parameters, risk: rules.risk };
      const proposedBy = by === 'system' ? BOT : by.actor;
      const proposal = await stores.proposals.ensure(
        {
          ...{ subject, proposedBy, action: parsed, why, expectation },
          key: proposalKey(subject, parsed, proposedBy, occasion),
          expiresAt: clock() + PROPOSAL_LIFE_MS,
        },
        by === 'system' ? by : { ...by, role: await roleOf(by.actor) },
      );
      wake();
      return proposal;
    },

    async act(id, command, by) {
      for (let tries = TRIES; tries > 0; tries -= 1) {
        const changed = await tryOnce(await find(id), command, by);
        if (changed === undefined) continue;
        wake();
        return changed;
      }
      throw new ConflictError('This is being decided by others just now.', { fix: 'Try again in a moment.' });
    },

    async view(id) {
      const proposal = await find(id);
      const [rules, registry, stop] = await Promise.all([
        readRules(context, proposal),
        context.actions(),
        stores.stops.get(),
      ]);
      const { risk, policy: approvals, approvers, prepared } = rules;
      return {
        ...{ proposal, risk, stop },
        preview: prepared?.preview ?? [],
        unusable: whyUnusable(proposal, rules),
        fields: registry.find(proposal.action.type)?.fields ?? [],
        standing: standingOf(proposal, requirementOf(proposal, risk, approvals, approvers)),
        groups: approvals.groups,
      };
    },
  };
}

/** @throws ConflictError where it could not run as it is; an edit may mend its parameters. */
function refuseUnusable(proposal: Proposal, rules: Rules, kind: 'approve' | 'edit'): void {
  const fault = whyUnusable(proposal, rules);
  if (fault === null || (kind === 'edit' && rules.type?.faults.length)) return;
  throw new ConflictError(`${proposalName(proposal.number)} cannot run any more. ${fault}`);
}

function whyUnusable({ action }: Pick<Proposal, 'action'>, { policy, type }: Rules): string | null {
  if (type === undefined) return `No action is called "${action.type}" any more.`;
  if (policy.disabled.includes(action.type)) return `"${action.type}" is switched off in this workspace.`;
  if (type.faults.length > 0) return `Its parameters do not fit "${action.type}": ${type.faults.join('; ')}.`;
  return null;
}
