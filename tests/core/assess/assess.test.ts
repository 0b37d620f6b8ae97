import { describe, expect, it } from 'vitest';
import type { ActionIdea } from '../../../src/core/assess/actions-of-cause.ts';
import { chooseAction } from '../../../src/core/assess/choose-actions.ts';
import { answer, assessment, checkoutAnswers, part } from '../../support/assessment.ts';

const IDEA: ActionIdea = {
  ...{ category: 'release', title: 'Roll back web@1.42.0 on /checkout', risk: 'medium', call: 'deploy.rollback' },
  ...{ with: { surface: '/checkout', release: 'web@1.42.0' }, expect: 'Back to normal.', confidence: 'high' },
};
const hook = {
  call: 'deploy.rollback',
  type: 'call-webhook:rollback',
  parametersFor: () => ({ release: 'web@1.42.0' }),
};
const unfit = { ...hook, parametersFor: () => null };
const owner = { call: 'owner.notify', type: 'notify-owner', parametersFor: () => ({ owner: 'U0OWNER' }) };
const issue = { call: 'issue.open', type: 'open-issue', parametersFor: () => ({ title: 'Roll back' }) };

describe('which action carries an idea out', () => {
  it.each([
    ['the hook that does it, at its risk', [owner, hook], 'call-webhook:rollback', 'medium'],
    ['somebody who is told, where no hook takes what is known', [unfit, issue, owner], 'notify-owner', 'low'],
    ['an issue, where nobody answers for it', [issue], 'open-issue', 'low'],
    ['a simulation, where nothing is set up', [], 'simulate', 'medium'],
  ])('is %s', (_, capabilities, type, risk) => {
    expect(chooseAction(IDEA, capabilities)).toMatchObject({ type, risk, title: IDEA.title });
  });
});

describe('what it costs', () => {
  const risk = (orders: readonly [number, number] | null) => {
    const answers = checkoutAnswers();
    answers.delete('orders');
    if (orders) answers.set('orders', answer([], part(null, [orders[0], 0, orders[1], 0])));
    return assessment({ answers }).risk;
  };

  it('is an interval around the orders that are missing, never below none', () => {
    const { lostOrders, lossPerDay, lossPerHour } = risk([48, 96]);
    expect(lostOrders?.amount).toBe(48);
    expect(lostOrders?.low).toBeGreaterThanOrEqual(0);
    expect(lostOrders?.high).toBeGreaterThan(48);
    expect(lossPerDay?.amount).toBeCloseTo(48 * 94);
    expect((lossPerHour?.amount ?? 0) * 24).toBeCloseTo(lossPerDay?.amount ?? 0);
  });

  it.each([
    ['orders did not fall', [95, 96] as const, /^No loss shows/],
    ['hardly any are known', [2, 4] as const, /^Cannot be told/],
    ['none are known', null, /^Cannot be told/],
  ])('cannot be told where %s', (_, orders, basis) => {
    expect(risk(orders)).toMatchObject({ lostOrders: null, lossPerDay: null, lossPerHour: null, lossOfWindow: null });
    expect(risk(orders).basis).toMatch(basis);
  });
});
