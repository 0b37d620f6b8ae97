/** What people's commands do to a proposal, or why they cannot: who was first, and when. */
import { formatMoment } from '../facts/render.ts';
import { type ApprovalPolicy, type Approvers, requirementOf } from '../policy/approval-policy.ts';
import type { Risk } from '../records.ts';
import { changeOf, type ProposalChange } from './change.ts';
import type { ProposalCommand, Refusal } from './command.ts';
import { queuedExecution } from './execution.ts';
import { BOT, isHeldBack, isWaiting, type Proposal, proposalName } from './proposal.ts';
import { standingOf } from './standing.ts';

/** What is approved has this long to begin; what is proposed, to be approved. */
export const PROPOSAL_LIFE_MS = 86_400_000;
const MOST_NAMED = 5;
const NOBODY_ELSE = 'Nobody else is set up to approve yet: name people in SEEPASS_ADMINS or SEEPASS_APPROVERS';
const OR_ONES_OWN = `${NOBODY_ELSE}, or state approvals.sole_approver_own in the workspace config.`;

export interface DecisionSetting {
  /** Slack user id. */
  actor: string;
  /** Epoch milliseconds. */
  at: number;
  /** Of the action, never below its type's. */
  risk: Risk;
  policy: ApprovalPolicy;
  approvers: Approvers;
  /** Of the execution that an approval would queue. */
  executionId: string;
  /** IANA zone of the times in a refusal. */
  timezone: string;
  /** How people are written. */
  mention: (userId: string) => string;
}

export type Decided = { change: ProposalChange } | { refusal: Refusal };

/** A command either makes one revision, or is refused and changes nothing, in words that say who was first. */
export function applyCommand(proposal: Proposal, command: ProposalCommand, setting: DecisionSetting): Decided {
  if (command.kind === 'object') return object(proposal, command.reason, setting);
  if (!isWaiting(proposal) || setting.at >= proposal.expiresAt) return refuse(howItStands(proposal, setting));
  switch (command.kind) {
    case 'approve':
      return approve(proposal, command.version, setting);
    case 'edit':
      return edit(proposal, command, setting);
    case 'reject':
      return reject(proposal, command.reason, setting);
    case 'withdraw':
      return withdraw(proposal, command.reason, setting);
  }
}

/** What the bot proposes runs by itself where the workspace says so; undefined where somebody has to approve it. */
export function approveAlone(
  proposal: Proposal,
  { policy, approvers, risk, at, executionId }: Omit<DecisionSetting, 'actor' | 'timezone' | 'mention'>,
): ProposalChange | undefined {
  if (!isWaiting(proposal) || at >= proposal.expiresAt) return undefined;
  if (requirementOf(proposal, risk, policy, approvers).rule !== 'nobody') return undefined;
  return changeOf(proposal, approved(BOT, at, 0, executionId), 'proposal.approve', { rule: 'nobody' });
}

function approve(proposal: Proposal, version: number, setting: DecisionSetting): Decided {
  const { actor, at, risk, policy, approvers, executionId } = setting;
  const name = proposalName(proposal.number);
  if (version !== proposal.version)
    return refuse(`${name} was edited since. Look at what it does now, and approve that.`);
  const needs = requirementOf(proposal, risk, policy, approvers);
  if (!needs.from.has(actor)) return refuse(whyNot(proposal, [...needs.from], setting), 'forbidden');
  if (proposal.approvals.some((one) => one.user === actor && one.version === version))
    return refuse(`You approved ${name} already; it needs somebody else as well.`);
  const approvals = [...proposal.approvals, { user: actor, at, version }];
  const { missing, waitMs, rule } = standingOf({ approvals, version }, needs);
  const now = missing > 0 ? {} : approved(actor, at, waitMs, executionId);
  return { change: changeOf(proposal, { approvals, ...now }, 'proposal.approve', { version, rule, missing }) };
}

function approved(by: string, at: number, waitMs: number, executionId: string): Partial<Proposal> {
  const notBefore = at + waitMs;
  return {
    state: 'approved',
    decidedBy: by,
    decidedAt: at,
    expiresAt: notBefore + PROPOSAL_LIFE_MS,
    execution: queuedExecution(executionId, at, notBefore),
  };
}

function edit(
  proposal: Proposal,
  { version, action }: Extract<ProposalCommand, { kind: 'edit' }>,
  setting: DecisionSetting,
): Decided {
  const { actor, approvers, risk } = setting;
  const name = proposalName(proposal.number);
  if (!approvers.people.has(actor) && proposal.proposedBy !== actor)
    return refuse(`Only approvers and whoever proposed ${name} may edit it.`, 'forbidden');
  if (version !== proposal.version) return refuse(`${name} was edited since. Look at what it does now, and edit that.`);
  const next = { version: version + 1, editedBy: actor, action: { ...action, risk } };
  return { change: changeOf(proposal, next, 'proposal.edit', { version: next.version }) };
}

function reject(proposal: Proposal, reason: string | null, setting: DecisionSetting): Decided {
  const { actor, at, approvers } = setting;
  if (!approvers.people.has(actor))
    return refuse(`Only approvers may reject this. ${askOf([...approvers.people], setting)}`, 'forbidden');
  return { change: ended(proposal, 'rejected', reason, { actor, at, action: 'proposal.reject' }) };
}

function withdraw(proposal: Proposal, reason: string | null, { actor, at, mention }: DecisionSetting): Decided {
  const { proposedBy, number } = proposal;
  if (proposedBy !== actor) {
    const who = proposedBy === BOT ? 'I' : mention(proposedBy);
    return refuse(`${who} proposed ${proposalName(number)}, so you cannot withdraw it.`, 'forbidden');
  }
  return { change: ended(proposal, 'withdrawn', reason, { actor, at, action: 'proposal.withdraw' }) };
}

/** Anybody may during a wait; later, as while all is stopped, whoever may approve or proposed it. */
function object(proposal: Proposal, reason: string | null, setting: DecisionSetting): Decided {
  const { actor, at, approvers } = setting;
  const { execution, proposedBy } = proposal;
  if (!isHeldBack(proposal) || execution === null) return refuse(howItStands(proposal, setting));
  if (at >= execution.notBefore && !approvers.people.has(actor) && proposedBy !== actor)
    return refuse(`The time to object to ${proposalName(proposal.number)} is over.`, 'forbidden');
  const { to, ...change } = ended(proposal, 'withdrawn', reason, { actor, at, action: 'proposal.object' });
  const summary = 'Somebody objected before it began.';
  return {
    change: { ...change, to: { ...to, execution: { ...execution, state: 'cancelled', finishedAt: at, summary } } },
  };
}

function ended(
  proposal: Proposal,
  state: 'rejected' | 'withdrawn',
  reason: string | null,
  by: { actor: string; at: number; action: string },
): ProposalChange {
  const what = { state, reason, decidedBy: by.actor, decidedAt: by.at };
  return changeOf(proposal, what, by.action, reason === null ? {} : { reason });
}

function whyNot(proposal: Proposal, from: readonly string[], setting: DecisionSetting): string {
  const { actor, approvers } = setting;
  if (!approvers.people.has(actor)) return `Only approvers may approve this. ${askOf(from, setting)}`;
  const did = actor === proposal.editedBy ? 'edited' : 'proposed';
  return `You ${did} ${proposalName(proposal.number)}, so somebody else has to approve it. ${from.length > 0 ? askOf(from, setting) : OR_ONES_OWN}`;
}

function askOf(people: readonly string[], { mention }: DecisionSetting): string {
  if (people.length > 0) return `Ask ${people.slice(0, MOST_NAMED).map(mention).join(' or ')}.`;
  return `${NOBODY_ELSE}.`;
}

/** Why nothing can be done to it any more: who was first, and when. */
function howItStands(proposal: Proposal, { actor, at, timezone, mention }: DecisionSetting): string {
  const { number, state, decidedBy, decidedAt, expiresAt } = proposal;
  const name = proposalName(number);
  if (state === 'proposed' && at < expiresAt) return `${name} is not approved yet.`;
  if (state === 'proposed' || state === 'expired') return `${name} expired on ${formatMoment(expiresAt, timezone)}.`;
  const when = decidedAt === null ? '' : ` on ${formatMoment(decidedAt, timezone)}`;
  if (decidedBy === BOT || decidedBy === null)
    return state === 'approved' ? `${name} ran by itself${when}.` : `${name} was withdrawn${when}.`;
  if (decidedBy === actor) return `You ${state} this${when} already.`;
  return `${mention(decidedBy)} was first and ${state === 'withdrawn' ? 'withdrew' : state} this${when}.`;
}

const refuse = (words: string, code: Refusal['code'] = 'conflict'): Decided => ({ refusal: { code, words } });
