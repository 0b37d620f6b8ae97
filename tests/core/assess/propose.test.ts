import { describe, expect, it } from 'vitest';
import type { ActionIdea } from '../../../src/core/assess/actions-of-cause.ts';
import type { AssessedAction } from '../../../src/core/assess/assessment.ts';
import { assessActions } from '../../../src/core/assess/choose-actions.ts';
import { expectationOfIncident, expectationOfPriority } from '../../../src/core/assess/expect.ts';
import { mayPropose, toPropose, worthProposing } from '../../../src/core/assess/propose.ts';
import type { Proposal } from '../../../src/core/proposal/proposal.ts';
import type { WorkspaceConfig } from '../../../src/core/workspace-config.ts';
import { incidentOf, SINCE } from '../../slack/incident-models.ts';
import { executionOf, priorityOf, proposalOf } from '../../slack/models.ts';
import { assessment } from '../../support/assessment.ts';

const ROLL_BACK = 'call-webhook:rollback';
const act = (type: string) => ({ type, title: 'Do it', risk: 'low', parameters: {} }) as const;
const assessed = (type: string, confidence: AssessedAction['confidence']): AssessedAction => ({
  ...{ category: 'release', action: act(type), confidence, track: null, needsApproval: true },
});
const webhooks = (does: WorkspaceConfig['webhooks'][number]['does']): WorkspaceConfig['webhooks'] => [
  { id: 'rollback', title: 'Roll back', does, url: 'https://deploy.example', risk: 'medium' },
];

describe('what is worth proposing', () => {
  it.each([
    ['a roll-back on medium confidence', ROLL_BACK, 'medium', true],
    ['a roll-back on a guess', ROLL_BACK, 'low', false],
    ['telling the owner on a guess', 'notify-owner', 'low', true],
    ['an issue on a guess', 'open-issue', 'low', true],
    ['a simulation on a guess', 'simulate', 'low', true],
  ] as const)('%s: %s', (_, type, confidence, isWorth) => {
    expect(worthProposing({ actions: [assessed(type, confidence)] })).toHaveLength(isWorth ? 1 : 0);
  });

  it.each([
    ['nothing was', ROLL_BACK, {}, [], true],
    ['one of the kind waits', ROLL_BACK, { state: 'proposed' }, [ROLL_BACK], false],
    ['one of another kind waits', ROLL_BACK, { state: 'proposed' }, ['open-issue'], true],
    ['one is under way', ROLL_BACK, { state: 'approved', execution: executionOf('running') }, [ROLL_BACK], false],
    ['people said no', ROLL_BACK, { state: 'rejected' }, [ROLL_BACK], false],
    ['one expired', ROLL_BACK, { state: 'expired' }, [ROLL_BACK], true],
    [
      'one is done',
      ROLL_BACK,
      { state: 'approved', execution: { ...executionOf('done'), finishedAt: SINCE } },
      [ROLL_BACK],
      true,
    ],
    ['somebody was told already', 'notify-owner', { state: 'expired' }, ['notify-owner'], false],
  ] as const)('again, where %s', (_, type, change, before, may) => {
    const proposals = before.map((kind): Proposal => proposalOf('p', { ...change, action: act(kind) }));
    expect(mayPropose(act(type), proposals)).toBe(may);
  });
});

describe('what is expected of it', () => {
  const expected = expectationOfIncident(incidentOf());

  it('is the metric of the incident back at normal, within hours', () => {
    const { picture, lead, since } = incidentOf();
    expect(expected).toEqual({
      ...{ metric: 'error_rate', surface: lead.surface, direction: 'down', size: null, since, horizonHours: 6 },
      ...{ observed: picture.latest.current, normal: picture.latest.expected },
    });
  });

  it('is views up again where they are missing', () => {
    const lead = { surface: '/checkout', metric: 'traffic', direction: 'down' } as const;
    expect(expectationOfIncident(incidentOf({ lead }))).toMatchObject({ metric: 'pageviews', direction: 'up' });
  });

  it.each([
    ['error_rate', 24],
    ['ticket_rate', 48],
  ])('is the day’s main finding, %s, within %i hours', (metric, horizonHours) => {
    const priority = priorityOf(1, '/checkout');
    const [lead, ...rest] = priority.pattern_record.findings;
    if (lead === undefined) throw new Error('it has a finding');
    const record = { ...priority.pattern_record, findings: [{ ...lead, metric }, ...rest] };
    expect(expectationOfPriority({ ...priority, pattern_record: record }, 'Europe/Berlin')).toMatchObject({
      ...{ metric, surface: '/checkout', horizonHours },
    });
  });

  it('is nothing of an error that names no page, and of what is not kept by the hour', () => {
    const priority = priorityOf(1, '/checkout');
    const [lead] = priority.pattern_record.findings;
    if (lead === undefined) throw new Error('it has a finding');
    const record = { ...priority.pattern_record, findings: [{ ...lead, metric: 'unmatched_rate' }] };
    expect(expectationOfPriority({ ...priority, entity_type: 'error_signature' }, 'UTC')).toBeNull();
    expect(expectationOfPriority({ ...priority, pattern_record: record }, 'UTC')).toBeNull();
  });

  it.each([
    ['a webhook that should mend it', ROLL_BACK, 'deploy.rollback', expected],
    ['a webhook that only looks', ROLL_BACK, 'service.health', null],
    ['telling somebody', 'notify-owner', 'deploy.rollback', null],
  ] as const)('is asked of %s', (_, type, does, what) => {
    const { expectation, why } = toPropose(assessment(), assessed(type, 'high'), {
      expected,
      webhooks: webhooks(does),
    });
    expect(expectation).toEqual(what);
    expect(why).toContain('web@1.42.0');
  });

  it('says how that kind of action did before', () => {
    const record = { ...assessed(ROLL_BACK, 'high'), track: 'helped 3 of the 4 times it was checked' };
    const { why } = toPropose(assessment(), record, { expected, webhooks: [] });
    expect(why).toMatch(/Track record of this kind of action: helped 3 of the 4 times it was checked\.$/);
  });
});

describe('the track record', () => {
  const idea = (call: string, title: string): ActionIdea => ({
    ...{ category: 'release', title, risk: 'low', call, with: {}, expect: 'Better.', confidence: 'medium' },
  });
  const capability = (call: string, type: string) => ({ call, type, parametersFor: () => ({}) });
  const record = (actionType: string, helped: number, didNotHelp: number) => ({
    ...{ actionType, helped, didNotHelp, worse: 0, cannotTell: 0 },
  });
  const order = (helped: number, didNotHelp: number) =>
    assessActions([idea('a.first', 'First'), idea('b.second', 'Second')], {
      capabilities: [capability('a.first', 'first'), capability('b.second', 'second')],
      track: [record('first', helped, didNotHelp)],
      runsAlone: () => false,
    }).map(({ action, confidence }) => `${action.title} ${confidence}`);

  it.each([
    ['puts what seldom helped last, and makes it less sure', 0, 12, ['Second medium', 'First low']],
    ['makes surer what mostly helped', 12, 0, ['First high', 'Second medium']],
    ['changes nothing after one success', 1, 0, ['First medium', 'Second medium']],
  ])('%s', (_, helped, didNotHelp, expected) => {
    expect(order(helped, didNotHelp)).toEqual(expected);
  });
});
