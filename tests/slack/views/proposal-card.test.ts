import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../src/block-kit/message.ts';
import { validateView } from '../../../src/block-kit/view.ts';
import type { EffectResult } from '../../../src/core/effect/effect-check.ts';
import type { Execution } from '../../../src/core/proposal/execution.ts';
import type { Expectation } from '../../../src/core/proposal/expectation.ts';
import type { Proposal } from '../../../src/core/proposal/proposal.ts';
import type { ProposalView } from '../../../src/core/proposal/proposal-view.ts';
import { dueLines } from '../../../src/core/proposal/thread-lines.ts';
import type { JsonObject } from '../../../src/core/records.ts';
import { buildProposalCard, buildProposalModal } from '../../../src/slack/views/proposal-card.ts';
import { buildProposalLine } from '../../../src/slack/views/proposal-line.ts';
import { buildProposalList } from '../../../src/slack/views/proposal-list.ts';
import { executionOf, proposalOf } from '../models.ts';

const timezone = 'Europe/Berlin';
const AT = Date.UTC(2026, 0, 30, 13, 10);
const HOUR = 3_600_000;
const [MAYA, JONAS, PRIYA] = ['U0000MAYA', 'U000JONAS', 'U000PRIYA'];
const HOSTILE = '<!channel> *approve* `now` <https://evil.example|here> & ';

const EXPECTATION: Expectation = {
  ...{ metric: 'error_rate', surface: '/checkout', direction: 'down', observed: 0.083, normal: 0.012, size: null },
  ...{ since: AT - 2 * HOUR, horizonHours: 6 },
};
const HELPED: EffectResult = {
  ...{ verdict: 'helped', difference: -0.064, low: -0.076, high: -0.051, reason: null },
  ...{ before: { start: AT - 2 * HOUR, end: AT }, after: { start: AT + HOUR, end: AT + 6 * HOUR } },
  ...{ exposure: { before: 3_200, after: 8_400 }, matched: ['/cart', '/search', '/orders'] },
};

function viewOf(change: Partial<Proposal> = {}, around: Partial<ProposalView> = {}): ProposalView {
  const proposal = proposalOf('0199f000-0000-7000-8000-000000000001', {
    subject: { kind: 'incident', incidentId: '0199f000-0000-7000-8000-000000000002', surface: '/checkout' },
    action: {
      ...{ type: 'call-webhook:rollback', title: 'Roll back web@1.42.0 on /checkout', risk: 'high' },
      parameters: { release: 'web@1.42.0', replicas: 2 },
    },
    why: 'It began with release web@1.42.0: 25% under it, 0% under others meanwhile, 0.1% before.',
    expectation: EXPECTATION,
    ...{ createdAt: AT, expiresAt: AT + 24 * HOUR },
    ...change,
  });
  return {
    ...{ proposal, risk: proposal.action.risk, unusable: null, groups: ['S0APPROVERS'], stop: undefined },
    preview: [['Will call: POST deploy.example/rollback {release: web@1.42.0, replicas: 2}']],
    fields: [{ name: 'replicas', label: 'replicas', kind: 'number' }],
    standing: { rule: 'two', approvals: 2, from: new Set([MAYA, JONAS, PRIYA]), waitMs: 0, counted: [], missing: 2 },
    ...around,
  };
}

const by = (user: string, version = 1) => ({ user, at: AT + HOUR, version });
const ran = (change: Partial<Execution>): Execution => ({
  ...executionOf('done', 'Run 4812 began'),
  ...{ link: 'https://deploy.example/runs/4812', startedAt: AT + HOUR, finishedAt: AT + HOUR + 9_000 },
  ...change,
});
const queued = (change: Partial<Execution>): Execution =>
  ran({ state: 'queued', summary: null, link: null, finishedAt: null, attempts: 0, ...change });
const approved = { state: 'approved', decidedBy: JONAS, decidedAt: AT + HOUR } as const;
const effect = (result: EffectResult | null) => ({
  ...{ proposalId: 'p', actionType: 'call-webhook:rollback', expectation: EXPECTATION },
  ...{ doneAt: AT + HOUR, dueAt: AT + 8 * HOUR, checkedAt: result === null ? null : AT + 8 * HOUR, result },
});
const half = { ...viewOf().standing, counted: [by(MAYA)], missing: 1 };
const sole = { ...viewOf().standing, rule: 'sole', approvals: 1, missing: 1, waitMs: HOUR / 2 } as const;
const noOne = { ...viewOf().standing, rule: 'nobody', approvals: 0, missing: 0, from: new Set<string>() } as const;

/** Every state a card can be in, in the order of its life. */
const STATES: Readonly<Record<string, ProposalView>> = {
  'proposed, needs two': viewOf(),
  'proposed, one approved': viewOf({ approvals: [by(MAYA)] }, { standing: half }),
  'proposed, edited': viewOf(
    { version: 2, editedBy: PRIYA },
    { standing: { ...viewOf().standing, rule: 'another', approvals: 1, missing: 1, from: new Set([MAYA, JONAS]) } },
  ),
  'proposed, one person alone may approve': viewOf({}, { standing: sole }),
  'proposed by the only approver': viewOf(
    { proposedBy: MAYA },
    { standing: { ...sole, rule: 'another', from: new Set(), waitMs: 0 }, groups: [] },
  ),
  'proposed by the only approver, who may': viewOf(
    { proposedBy: MAYA },
    { standing: { ...sole, rule: 'own', from: new Set([MAYA]) }, groups: [] },
  ),
  'proposed, cannot run as it is': viewOf({}, { unusable: 'Its webhook is not declared any more.', preview: [] }),
  'proposed, reminded of': viewOf({ remindedAt: AT + 20 * HOUR }),
  'proposed, everything stopped': viewOf({}, { stop: { stoppedBy: MAYA, stoppedAt: AT, reason: 'the deploys hang' } }),
  'proposed, runs by itself': viewOf({}, { standing: noOne, risk: 'low' }),
  'approved, may be objected to': viewOf({
    ...approved,
    execution: queued({ notBefore: AT + 2 * HOUR }),
  }),
  'approved, everything stopped': viewOf(
    { ...approved, execution: queued({ notBefore: AT + HOUR }) },
    { stop: { stoppedBy: MAYA, stoppedAt: AT, reason: 'the deploys hang' } },
  ),
  'approved, may be objected to, everything stopped': viewOf(
    { ...approved, execution: queued({ notBefore: AT + 2 * HOUR }) },
    { stop: { stoppedBy: MAYA, stoppedAt: AT, reason: null } },
  ),
  'approved, about to begin': viewOf({ ...approved, execution: queued({ notBefore: AT + HOUR }) }),
  'approved, to be tried again': viewOf({
    ...approved,
    execution: queued({ attempts: 1, notBefore: AT + 2 * HOUR, summary: 'deploy.example could not be reached.' }),
  }),
  'approved, begun before everything was stopped': viewOf(
    { ...approved, execution: ran({ state: 'running', summary: null, link: null, finishedAt: null }) },
    { stop: { stoppedBy: MAYA, stoppedAt: AT + 2 * HOUR, reason: null } },
  ),
  'approved, running': viewOf({
    ...approved,
    execution: ran({ state: 'running', summary: null, link: null, finishedAt: null }),
  }),
  'ran by itself': viewOf({ ...approved, decidedBy: 'system', execution: ran({}) }, { standing: noOne, risk: 'low' }),
  done: viewOf({ ...approved, execution: ran({}), effect: effect(null) }),
  'done, and it helped': viewOf({ ...approved, execution: ran({}), effect: effect(HELPED) }),
  'done, and it did not help': viewOf({
    ...approved,
    execution: ran({}),
    effect: effect({ ...HELPED, verdict: 'did_not_help', difference: 0.001, low: -0.006, high: 0.008 }),
  }),
  'done, and nobody can tell': viewOf({
    ...approved,
    execution: ran({}),
    effect: effect({
      ...HELPED,
      verdict: 'cannot_tell',
      difference: null,
      low: null,
      high: null,
      reason: '38 views since',
    }),
  }),
  failed: viewOf({
    ...approved,
    execution: ran({ state: 'failed', summary: 'The other side answered 422.', link: null }),
  }),
  cancelled: viewOf({
    ...approved,
    execution: ran({ state: 'cancelled', summary: 'Not done. Its approver may no longer approve.', link: null }),
  }),
  uncertain: viewOf({ ...approved, execution: ran({ state: 'uncertain', summary: 'The line broke.', link: null }) }),
  rejected: viewOf({ state: 'rejected', decidedBy: JONAS, decidedAt: AT + HOUR, reason: 'The release is not it.' }),
  withdrawn: viewOf({ state: 'withdrawn', decidedBy: 'system', decidedAt: AT + HOUR }),
  'withdrawn, as it no longer follows': viewOf({
    ...{ state: 'withdrawn', decidedBy: 'system', decidedAt: AT + HOUR },
    reason: 'It no longer follows: the likely cause is now credentials.',
  }),
  expired: viewOf({ state: 'expired', decidedBy: 'system', decidedAt: AT + 24 * HOUR }),
};

/** As a reader sees it: a paragraph a block, buttons in brackets. */
function readable(blocks: readonly JsonObject[]): string {
  return blocks
    .map((block) => {
      const texts = (JSON.stringify(block).match(/"text":"((?:[^"\\]|\\.)*)"/g) ?? []).map((text): string =>
        JSON.parse(text.slice(7)),
      );
      return block.type === 'actions' ? texts.map((text) => `[${text}]`).join(' ') : texts.join(' | ');
    })
    .join('\n');
}

/** The same with the longest and worst of names. */
function extreme(view: ProposalView): ProposalView {
  const long = HOSTILE.repeat(80);
  const { proposal } = view;
  return {
    ...view,
    preview: Array.from({ length: 6 }, () => [long]),
    unusable: view.unusable && long,
    fields: Array.from({ length: 20 }, (_, index) => ({ name: `p${index}`, label: long, kind: 'line' as const })),
    stop: view.stop && { ...view.stop, reason: long },
    proposal: {
      ...proposal,
      action: { ...proposal.action, title: long },
      why: long,
      reason: proposal.reason && long,
      expectation: proposal.expectation && { ...proposal.expectation, surface: `/${long}` },
      execution: proposal.execution && { ...proposal.execution, summary: proposal.execution.summary && long },
    },
  };
}

/** What Slack reads as markup; plain text it shows as it is. */
const mrkdwnOf = ({ text, blocks }: { text: string; blocks: JsonObject[] }): string =>
  [text, ...(JSON.stringify(blocks).match(/"mrkdwn","text":"(?:[^"\\]|\\.)*"/g) ?? [])].join('\n');

const linesOf = (view: ProposalView) =>
  dueLines(view.proposal, view.standing).map((kind) => buildProposalLine(kind, view, timezone));

describe('the card of a proposal', () => {
  it('says in every state what is so, what was done, and what one can do', async () => {
    const all = Object.entries(STATES).map(([state, view]) => {
      const lines = linesOf(view).map(
        ({ blocks }) => `  in its thread: ${readable(blocks).replaceAll('\n', '\n    ')}`,
      );
      return [`== ${state}`, readable(buildProposalCard(view, timezone).blocks), ...lines].join('\n');
    });
    await expect(`${all.join('\n\n')}\n`).toMatchFileSnapshot('golden/proposal-card.txt');
  });

  it.each(Object.entries(STATES))('is what Slack takes, however long its words are: %s', (_, view) => {
    for (const one of [view, extreme(view)]) {
      for (const message of [buildProposalCard(one, timezone), ...linesOf(one)]) {
        expect(checkMessage(message)).toBeNull();
        expect(mrkdwnOf(message)).not.toMatch(/<!channel>|\|here>/);
      }
      expect(validateView(buildProposalModal(one, timezone))).toEqual([]);
    }
  });
});

describe('the thread of a proposal', () => {
  it('asks for one more where one has approved', () => {
    const view = viewOf({ approvals: [by(MAYA)] }, { standing: half });
    const [line] = linesOf(view);
    expect(line?.text).toMatch(/^<@U0000MAYA> approved P-12 .* It needs one more: <@U000JONAS>, <@U000PRIYA>\.$/);
  });

  it('says nothing of an approval that does not count any more', () => {
    expect(linesOf(viewOf({ approvals: [by(MAYA)] }))).toEqual([]);
  });
});

describe('the list of what waits', () => {
  const many = Array.from({ length: 30 }, () => extreme(viewOf()));

  it.each([
    ['nothing', { yours: [], others: [], total: 0 }, 'Nothing waits for a decision.'],
    [
      'one of yours',
      { yours: [viewOf()], others: [], total: 1 },
      '1 proposal waits for a decision, 1 of them for yours',
    ],
    ['more than it shows', { yours: many, others: many, total: 60 }, 'Showing 13 of 60, the first to expire first.'],
  ])('fits and counts with %s', (_, waiting, words) => {
    const stop = { stoppedBy: MAYA, stoppedAt: AT, reason: HOSTILE };
    const list = buildProposalList({ ...waiting, stop, timezone });
    expect(checkMessage(list)).toBeNull();
    expect(readable(list.blocks)).toContain(words);
    expect(readable(list.blocks)).toMatch(/^\*All actions are stopped\* by <@U0000MAYA> since /);
  });
});
