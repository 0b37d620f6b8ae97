import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../src/block-kit/message.ts';
import { validateView } from '../../../src/block-kit/view.ts';
import { CYCLE_STEPS, type CycleModel } from '../../../src/core/delivery/cycle-model.ts';
import { DEFAULT_APPROVAL_POLICY } from '../../../src/core/policy/approval-policy.ts';
import { readApprovalsForm } from '../../../src/slack/listeners/approval-settings.ts';
import { buildCycle } from '../../../src/slack/views/cycle.ts';
import { buildApprovalsModal } from '../../../src/slack/views/home/approvals-modal.ts';
import { incidentOf } from '../incident-models.ts';
import { executionOf, priorityOf, proposalOf } from '../models.ts';

const AT = Date.UTC(2026, 0, 30, 8);
const WILD = `/${'<!channel>&*~`_'.repeat(100)}`;

const start: CycleModel = {
  ...{
    startedBy: 'U0000MAYA',
    startedAt: AT,
    endedAt: null,
    timezone: 'Europe/Berlin',
    now: 'observe',
    failedAt: null,
  },
  ...{ observed: null, judged: null, assessed: null, proposals: null, first: [], incidents: [] },
};
const end: CycleModel = {
  ...start,
  ...{ now: null, endedAt: AT + 42_000, observed: { hours: 3, findings: 2 } },
  judged: { date: '2026-01-29', surfaces: 40, priorities: 5 },
  assessed: { written: 2, kept: 3 },
  proposals: [
    proposalOf('a'),
    proposalOf('b', { number: 13, state: 'approved', decidedBy: 'system', execution: executionOf('done') }),
  ],
  first: ['/checkout', '/search', '/api/orders'].map((surface, index) => priorityOf(index + 1, surface)),
  incidents: [incidentOf()],
};

const wordsOf = (model: CycleModel): string[] =>
  (JSON.stringify(buildCycle(model).blocks).match(/"text":"((?:[^"\\]|\\.)*)"/g) ?? []).map((text): string =>
    JSON.parse(text.slice(7)),
  );

describe('the message of the whole loop', () => {
  it('says what is done, what is under way and what is to come', () => {
    const [title, steps] = wordsOf({ ...start, now: 'judge', observed: { hours: 0, findings: 0 } });
    expect(title).toBe('*Looking at everything now*');
    expect(steps?.split('\n')).toEqual([
      '✓ Observed: no hour has settled since the last look',
      '… Judging and ranking the last complete day',
      '☐ Looking into what is likely behind it',
      '☐ Choosing what to propose',
      '☐ Carrying out what may run by itself',
    ]);
  });

  it('says at the end what was found, and what ran by itself', () => {
    const [title, steps, found, about] = wordsOf(end);
    expect(title).toBe('*Looked at everything*');
    expect(steps?.split('\n')).toEqual([
      '✓ Observed: 3 hours judged, 2 findings in them',
      '✓ Judged Thu 29 Jan: 40 surfaces, 5 need a look',
      '✓ Assessed: 2 anew, 3 as they were',
      '✓ Proposed: 1 waits for a decision, 1 is approved',
      '✓ Acted: P-13 ran by itself, done',
    ]);
    expect(found).toContain('*To fix next:* /checkout, /search, /api/orders and 2 more · `/seepass top`');
    expect(found).toContain('*To decide:* P-12 Roll back web@1.42.0 for /checkout · `/seepass proposals`');
    expect(about).toContain('took 42 s');
  });

  it('says where it broke off, and nothing of what was to come', () => {
    const words = wordsOf({ ...start, now: null, failedAt: 'assess', endedAt: AT + 1_000 }).join('\n');
    expect(words).toContain('✕ Looking into what is likely behind it: that did not work.');
    expect(words).not.toContain('To fix next');
  });

  it.each([...CYCLE_STEPS, null])('fits whatever the names are, at %s', (now) => {
    const lead = { surface: WILD, metric: 'error_rate', direction: 'up' } as const;
    const wild = proposalOf('a', { action: { ...proposalOf('').action, title: WILD } });
    const model = {
      ...{ ...end, now, endedAt: now === null ? AT + 1 : null, first: [priorityOf(1, WILD)] },
      ...{ incidents: Array.from({ length: 40 }, () => incidentOf({ lead })), proposals: Array(90).fill(wild) },
    };
    expect(checkMessage(buildCycle(model))).toBeNull();
    expect(wordsOf(model).join()).not.toContain('<!channel>');
  });
});

describe('the form about approvals', () => {
  const types = Array.from({ length: 130 }, (_, index) => ({ id: `type-${index}`, title: `Do ${WILD}` }));

  it('is what Slack takes, at any size', () => {
    for (const policy of [
      DEFAULT_APPROVAL_POLICY,
      { ...DEFAULT_APPROVAL_POLICY, groups: Array(10).fill('S0614TZR7XX'), disabled: types.map(({ id }) => id) },
    ])
      expect(validateView(buildApprovalsModal(policy, types))).toEqual([]);
  });

  const said = (groups: string, wait: string) => {
    const field = (name: string, held: object) => ({ [name]: { [name]: held } });
    const values = {
      ...field('approvals_low_risk', { selected_option: { value: 'runs_by_itself' } }),
      ...field('approvals_groups', { value: groups }),
      ...field('approvals_wait', { value: wait }),
      ...field('approvals_disabled', { selected_options: [{ value: 'post-message' }] }),
    };
    return readApprovalsForm({
      user: { id: 'U1' },
      view: { callback_id: '', private_metadata: '', state: { values } },
    });
  };

  it.each([
    ['groups by commas', 'S0614TZR7, S0614TZR8', '45', { groups: ['S0614TZR7', 'S0614TZR8'], sole_approver_wait: 45 }],
    ['no groups and no wait', ' ', 'Never', { groups: [], sole_approver_wait: 'never' }],
  ])('reads %s', (_, groups, wait, policy) => {
    expect(said(groups, wait)).toEqual({
      policy: { low_risk: 'runs_by_itself', disabled: ['post-message'], ...policy },
    });
  });

  it.each([
    ['a group by its name', '@leads', '30', ['approvals_groups']],
    ['a wait that is too long', '', '721', ['approvals_wait']],
    ['both', 'leads', '0', ['approvals_groups', 'approvals_wait']],
  ])('says in the form what is wrong with %s', (_, groups, wait, faults) => {
    const read = said(groups, wait);
    expect(Object.keys('errors' in read ? read.errors : {})).toEqual(faults);
  });
});
