/** Puts what an assessment would do before people: at most one open proposal of a kind about one thing. */
import type { ActionIdea } from '../../core/assess/actions-of-cause.ts';
import type { Assessment } from '../../core/assess/assessment.ts';
import { capabilitiesOf } from '../../core/assess/capabilities.ts';
import { chooseAction } from '../../core/assess/choose-actions.ts';
import { expectationOfIncident, expectationOfPriority } from '../../core/assess/expect.ts';
import {
  type ActionToPropose,
  isOutdated,
  mayPropose,
  shouldMend,
  takeBack,
  toPropose,
  worthProposing,
} from '../../core/assess/propose.ts';
import type { Incident } from '../../core/incident/incident.ts';
import type { Expectation } from '../../core/proposal/expectation.ts';
import { BOT, type Proposal, type ProposalSubject } from '../../core/proposal/proposal.ts';
import type { Explanation, Priority } from '../../core/records.ts';
import type { WorkspaceConfig } from '../../core/workspace-config.ts';
import { SeepassError } from '../../errors.ts';
import { readApprovalPolicy } from '../acting/rules.ts';
import type { Clock, Log, Stores } from '../ports.ts';
import type { ProposalDesk } from '../proposal-desk.ts';
import { readWorkspaceConfig } from '../workspace-config.ts';

export interface ProposingContext {
  stores: Pick<Stores, 'proposals' | 'settings' | 'incidents' | 'priorities' | 'assessments'>;
  desk: Pick<ProposalDesk, 'propose'>;
  /** IANA zone of the workspace. */
  timezone: string;
  clock: Clock;
  log: Log;
}

/**
 * Takes back what no longer follows, and proposes what does.
 * @returns undefined where nothing is worth proposing now.
 */
export async function proposeForIncident(
  context: ProposingContext,
  incident: Incident,
  assessment: Assessment,
): Promise<Proposal | undefined> {
  // What is back inside normal waits to be resolved, not to be mended.
  if (incident.state !== 'open' && incident.state !== 'acknowledged') return undefined;
  const { id, lead, reopenings } = incident;
  const subject = { kind: 'incident', incidentId: id, surface: lead.surface } as const;
  const since = reopenings === 0 ? 0 : await lastReopened(context, id);
  await takeBackOutdated(context, subject, assessment);
  const own = (await ownProposals(context, subject)).filter(({ createdAt }) => createdAt >= since);
  const before = own.filter((one) => !isOutdated(one));
  const { webhooks } = await readWorkspaceConfig(context.stores.settings);
  const expected = expectationOfIncident(incident);
  const options = worthProposing(assessment)
    .map((action) => toPropose(assessment, action, { expected, webhooks }))
    // The best there is: what was said no to is not made up for by the next best.
    .slice(0, before.length === 0 ? undefined : 1)
    .filter(({ action }) => mayPropose(action, before));
  // What was taken back may follow again: that is another occasion.
  const outdated = own.length - before.length;
  const occasions = [
    ...(reopenings === 0 ? [] : [`reopened ${reopenings}`]),
    ...(outdated === 0 ? [] : [`assessed anew ${outdated}`]),
  ];
  return proposeFirst(context, subject, options, occasions.length === 0 ? undefined : occasions.join(', '));
}

/**
 * What the day's digests suggest, for its first priorities: once each. By the assessment where there is one, by what
 * was explained otherwise, and in both cases with what the workspace can have done.
 */
export async function proposeForDay(
  context: ProposingContext,
  { date, limit }: { date: string; limit: number },
): Promise<void> {
  const { stores, log } = context;
  const config = await readWorkspaceConfig(stores.settings);
  const declared = { ...config, approvals: await readApprovalPolicy(stores.settings) };
  for (const priority of await stores.priorities.listPriorities(date, limit)) {
    const { entity_type, entity_key } = priority;
    const subject = { kind: 'priority', date, entity_type, entity_key } as const;
    try {
      if ((await ownProposals(context, subject)).length > 0) continue;
      await proposeFirst(context, subject, await optionsOf(context, priority, subject, declared));
    } catch (err) {
      log.warn({ err, date, entity_key }, 'a priority goes without a proposal of its own');
    }
  }
}

async function optionsOf(
  { stores, timezone }: ProposingContext,
  priority: Priority,
  subject: ProposalSubject,
  config: WorkspaceConfig,
): Promise<ActionToPropose[]> {
  const expected = expectationOfPriority(priority, timezone);
  const assessed = await stores.assessments.find(subject);
  if (assessed) {
    const { assessment } = assessed;
    return worthProposing(assessment).map((action) =>
      toPropose(assessment, action, { expected, webhooks: config.webhooks }),
    );
  }
  const explained = await stores.priorities.findExplanation(priority.date, priority);
  return explained === undefined ? [] : [ofExplanation(explained, config, expected)];
}

/** The suggestion says what would be called; what is configured for that is called in its place. */
function ofExplanation(
  { action, likely_reason: why }: Explanation,
  config: WorkspaceConfig,
  expected: Expectation | null,
): ActionToPropose {
  const idea = ideaOf(action);
  const chosen = idea === null ? action : chooseAction(idea, capabilitiesOf(config));
  return { action: chosen, why, expectation: shouldMend(chosen, config.webhooks) ? expected : null };
}

function ideaOf({ type, title, risk, parameters }: Explanation['action']): ActionIdea | null {
  const { would_call: call, with: named, expect } = parameters;
  if (type !== 'simulate' || typeof call !== 'string' || typeof expect !== 'string') return null;
  if (typeof named !== 'object' || named === null || Array.isArray(named)) return null;
  const texts = Object.entries(named).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []));
  return { category: 'unknown', title, risk, call, with: Object.fromEntries(texts), expect, confidence: 'medium' };
}

/** What cannot be done as things are set up, such as an issue without a token, gives way to the next best. */
async function proposeFirst(
  { desk, log }: ProposingContext,
  subject: ProposalSubject,
  options: readonly ActionToPropose[],
  occasion?: string,
): Promise<Proposal | undefined> {
  for (const option of options) {
    try {
      return await desk.propose({ subject, ...option, ...(occasion === undefined ? {} : { occasion }) }, 'system');
    } catch (error) {
      if (!(error instanceof SeepassError) || error.code !== 'bad_arguments') throw error;
      log.warn({ action: option.action.type, reason: error.line }, 'cannot be proposed as things are set up');
    }
  }
  return undefined;
}

/** What somebody decides at the same moment stands. */
async function takeBackOutdated(
  context: ProposingContext,
  subject: ProposalSubject,
  assessment: Assessment,
): Promise<void> {
  for (const proposal of await ownProposals(context, subject)) {
    const change = takeBack(proposal, assessment, context.clock());
    if (change && (await context.stores.proposals.save(change, 'system')))
      context.log.info({ proposal: proposal.number }, 'a proposal no longer follows from the assessment');
  }
}

const ownProposals = async ({ stores }: ProposingContext, subject: ProposalSubject): Promise<Proposal[]> =>
  (await stores.proposals.listOf([subject])).filter(({ proposedBy }) => proposedBy === BOT);

async function lastReopened({ stores }: ProposingContext, incidentId: string): Promise<number> {
  const entries = await stores.incidents.listEntries(incidentId);
  return entries.findLast(({ kind }) => kind === 'reopened')?.at ?? 0;
}
