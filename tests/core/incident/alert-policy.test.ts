import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mute } from '../../../src/core/delivery/mute.ts';
import type { Subscription } from '../../../src/core/delivery/subscription.ts';
import { type AlertSetting, whyHeld, whyHeldInChannel } from '../../../src/core/incident/alert-policy.ts';
import type { Incident } from '../../../src/core/incident/incident.ts';
import { Desk, finding, HOUR, hourOf, START } from './made-up.ts';

/** Thursday 29 January 2026, 22:30 in Berlin. */
const AT = Date.parse('2026-01-29T21:30:00Z');

const subscription = (over: Partial<Subscription> = {}): Subscription => ({
  id: 's',
  number: 1,
  kind: 'alerts',
  channel: 'C1',
  surfaces: [],
  severity: 'low',
  schedule: null,
  question: null,
  quiet: null,
  weeklyBudget: 10,
  createdBy: 'U1',
  createdAt: 0,
  paused: null,
  nextDueAt: null,
  ...over,
});
const mute = (over: Partial<Mute>): Mute => ({
  id: 'm',
  number: 1,
  target: 'surface',
  pattern: '/checkout',
  until: null,
  reason: null,
  createdBy: 'U1',
  createdAt: 0,
  ...over,
});
function incident(over: Partial<Incident> = {}): Incident {
  const desk = new Desk();
  desk.follow(hourOf(0, [finding('/checkout')]));
  return { ...desk.get(1), ...over };
}
const setting = (over: Partial<AlertSetting> = {}): AlertSetting => ({
  mutes: [],
  demoted: new Set(),
  postedThisWeek: 0,
  at: AT,
  ...over,
});
const night = { from: 22 * 60, until: 7 * 60, zone: 'Europe/Berlin' };
const withSignature = (share: number) => ({ ...incident().picture, signature: { name: 'CARD_DECLINED', share } });

describe('an incident', () => {
  it.each<[string, Partial<Incident>, Partial<Subscription>, Partial<AlertSetting>, string | null]>([
    ['is posted where nothing speaks against it', {}, {}, {}, null],
    ['is held while its channel is paused', {}, { paused: { reason: 'archived', at: 0 } }, {}, 'paused'],
    ['is held where other pages are asked for', {}, { surfaces: ['/search*'] }, {}, 'not_subscribed'],
    ['is posted where its page is asked for', {}, { surfaces: ['/search*', '/check*'] }, {}, null],
    ['is posted where it began before they asked and goes on', {}, { createdAt: AT }, {}, null],
    ['is held below the severity asked for', {}, { severity: 'high' }, {}, 'below_severity'],
    ['is held on a page that is ignored', {}, {}, { mutes: [mute({ pattern: '/check*' })] }, 'ignored'],
    ['is held on a page that is snoozed', {}, {}, { mutes: [mute({ until: AT + 1 })] }, 'snoozed'],
    ['is posted once the snooze is over', {}, {}, { mutes: [mute({ until: AT })] }, null],
    [
      'is held where most of it is an error that is ignored',
      { picture: withSignature(0.7) },
      {},
      { mutes: [mute({ target: 'error_signature', pattern: 'card*' })] },
      'ignored',
    ],
    [
      'is posted where little of it is an error that is ignored',
      { picture: withSignature(0.2) },
      {},
      { mutes: [mute({ target: 'error_signature', pattern: 'card*' })] },
      null,
    ],
    ['is held while it is snoozed itself', { snoozedUntil: AT + 1 }, {}, {}, 'snoozed'],
    ['is held where its rule is demoted', {}, {}, { demoted: new Set(['error_rate'] as const) }, 'rule_demoted'],
    ['is held in quiet hours', {}, { quiet: night }, {}, 'quiet_hours'],
    ['is posted when they are over', {}, { quiet: night }, { at: AT + 9 * HOUR }, null],
    ['is posted in quiet hours where it is high', { severity: 'high' }, { quiet: night }, {}, null],
    ['is held where the budget is spent', {}, {}, { postedThisWeek: 10 }, 'budget'],
    [
      'leaves the rest of the budget to larger ones where it is low',
      { severity: 'low' },
      {},
      { postedThisWeek: 6 },
      'budget',
    ],
    ['is posted while it is within the budget', {}, {}, { postedThisWeek: 9 }, null],
    ['passes the budget where it is high', { severity: 'high' }, { weeklyBudget: 0 }, { postedThisWeek: 99 }, null],
  ])('%s', (_, over, asked, at, held) => {
    expect(whyHeld(incident(over), subscription(asked), setting(at))).toBe(held);
  });

  it('of several pages is muted where each of them is', () => {
    const desk = new Desk();
    desk.follow(hourOf(0, [finding('/a')]));
    const [first] = desk.get(1).members;
    const both = { ...desk.get(1), members: first ? [first, { ...first, surface: '/b' }] : [] };
    const on = (...patterns: string[]) => setting({ mutes: patterns.map((pattern) => mute({ pattern })) });
    expect(whyHeld(both, subscription(), on('/a'))).toBeNull();
    expect(whyHeld(both, subscription(), on('/a', '/b'))).toBe('ignored');
    expect(
      whyHeld(
        both,
        subscription(),
        setting({ mutes: [mute({ pattern: '/a' }), mute({ pattern: '/b', until: AT + 1 })] }),
      ),
    ).toBe('snoozed');
  });

  it('needs one subscription of a channel, and else is held for the reason nearest to posting', () => {
    const other = subscription({ surfaces: ['/search'] });
    expect(whyHeldInChannel(incident(), [other, subscription()], setting())).toBeNull();
    expect(whyHeldInChannel(incident(), [other, subscription({ quiet: night })], setting())).toBe('quiet_hours');
    expect(whyHeldInChannel(incident(), [], setting())).toBe('not_subscribed');
  });

  it('of high severity is never held by night or budget', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(
        minute,
        minute,
        fc.nat(1000),
        fc.integer({ min: START, max: START + 400 * 24 * HOUR }),
        (from, until, spent, at) => {
          const quiet = { from, until, zone: 'America/New_York' };
          expect(
            whyHeld(incident({ severity: 'high' }), subscription({ quiet }), setting({ postedThisWeek: spent, at })),
          ).toBeNull();
        },
      ),
      { numRuns: 50 },
    );
  });
});
