import { describe, expect, it } from 'vitest';
import { checklistOf, isComplete } from '../../../src/core/delivery/home-checklist.ts';
import { visibleSubscriptions } from '../../../src/core/delivery/home-model.ts';
import { groupOfSurface, type PriorityOutline, summariseWeek } from '../../../src/core/delivery/home-week.ts';
import type { Subscription } from '../../../src/core/delivery/subscription.ts';

const POINTS = { high: 20, medium: 8, low: 1 };
const outline = (
  date: string,
  entity_key: string,
  severity: keyof typeof POINTS,
  change: Partial<PriorityOutline> = {},
): PriorityOutline => ({
  date,
  entity_type: 'surface',
  entity_key,
  members: [],
  drivers: [{ name: 'severity', value: 1, unit: 'x', points: POINTS[severity] }],
  ...change,
});
const day = (date: string) => ({ date, gapSources: [] });

describe('a week of the Home', () => {
  it('shows the worst of a group each day, and a day that was not judged as nothing known', () => {
    const judged = ['23', '24', '26', '27', '28', '29'].map((date) => day(`2026-01-${date}`));
    const week = summariseWeek(judged, [
      outline('2026-01-28', '/api/orders', 'low'),
      outline('2026-01-28', '/api/users/:id', 'high'),
      outline('2026-01-29', '/search', 'medium'),
    ]);
    expect(week?.days.at(0)).toBe('2026-01-23');
    expect(week?.judged).toBe(6);
    expect(week?.groups).toEqual([
      { group: '/api', worst: 'high', health: ['normal', 'normal', null, 'normal', 'normal', 'high', 'normal'] },
      { group: '/search', worst: 'medium', health: ['normal', 'normal', null, 'normal', 'normal', 'normal', 'medium'] },
    ]);
  });

  it('counts an error where its pages are, and on its own where it has none', () => {
    const members = [{ entity_type: 'surface' as const, entity_key: '/cart/pay' }];
    const week = summariseWeek(
      [day('2026-01-29')],
      [
        outline('2026-01-29', 'TIMEOUT', 'low', { entity_type: 'error_signature', members }),
        outline('2026-01-29', 'OOM', 'high', { entity_type: 'error_signature' }),
      ],
    );
    expect(week?.groups.map(({ group, worst }) => [group, worst])).toEqual([
      [null, 'high'],
      ['/cart', 'low'],
    ]);
  });

  it('is nothing before any day was judged', () => {
    expect(summariseWeek([], [])).toBeNull();
  });

  it.each([
    ['/', '/'],
    ['/checkout', '/checkout'],
    ['/api/orders/:id', '/api'],
    ['checkout', 'checkout'],
    ['app/settings', 'app'],
    ['//x', '/'],
  ])('puts %s under %s', (surface, group) => {
    expect(groupOfSurface(surface)).toBe(group);
  });
});

describe('the checklist', () => {
  const done = { hasEvents: true, channels: [{ isMember: true }], hasDigest: true, hasAdmins: true, hasModel: false };

  it.each([
    ['is over without a model', done, true],
    ['waits for events', { ...done, hasEvents: false }, false],
    ['waits for a channel', { ...done, channels: [] }, false],
    ['waits for an invitation', { ...done, channels: [{ isMember: false }] }, false],
    ['does not wait for what Slack does not say', { ...done, channels: [{ isMember: null }] }, true],
    ['has enough with one channel', { ...done, channels: [{ isMember: false }, { isMember: true }] }, true],
    ['waits for the first digest', { ...done, hasDigest: false }, false],
    ['waits for an admin', { ...done, hasAdmins: false }, false],
  ])('%s', (_name, facts, isOver) => {
    expect(isComplete(checklistOf(facts))).toBe(isOver);
  });
});

describe('the subscriptions of the Home', () => {
  const of = (number: number, change: Partial<Subscription>): Subscription => ({
    id: String(number),
    number,
    kind: 'digest',
    channel: 'C0PUBLIC1',
    surfaces: [],
    severity: 'low',
    schedule: null,
    question: null,
    quiet: null,
    weeklyBudget: 10,
    createdBy: 'U0SOMEBODY',
    createdAt: 0,
    paused: null,
    nextDueAt: null,
    ...change,
  });
  const all = [
    of(1, { createdBy: 'system' }),
    of(2, {}),
    of(3, { channel: 'D0SOMEBODY' }),
    of(4, { createdBy: 'U0VIEWER' }),
    of(5, { channel: 'D0VIEWER', createdBy: 'U0VIEWER' }),
  ];

  it.each([
    ['everybody sees their own first and the workspace’s', false, [4, 5, 1]],
    ['an admin sees those of every channel, and nobody’s direct messages', true, [4, 5, 1, 2]],
  ])('%s', (_name, isAdmin, numbers) => {
    expect(visibleSubscriptions(all, { viewer: 'U0VIEWER', isAdmin }).map(({ number }) => number)).toEqual(numbers);
  });
});
