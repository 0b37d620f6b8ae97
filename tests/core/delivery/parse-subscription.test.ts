import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSubscription } from '../../../src/core/delivery/parse-subscription.ts';
import { WEEKLY_BUDGET } from '../../../src/core/delivery/subscription.ts';
import { describeSchedule, describeSubscription } from '../../../src/core/delivery/subscription-words.ts';
import { completeWish, type Wish } from '../../../src/core/delivery/wish.ts';

const EVERY = [1, 2, 3, 4, 5, 6, 7];
const WORK = [1, 2, 3, 4, 5];
const nothing: Wish = {
  kind: 'digest',
  channel: null,
  surfaces: [],
  severity: null,
  minute: null,
  weekdays: null,
  zone: null,
  question: null,
  quiet: null,
  weeklyBudget: null,
};

const read: [string, Partial<Wish>][] = [
  ['', {}],
  ['digest', {}],
  ['the digest please', {}],
  ['Digest at 09:00 Europe/Berlin weekdays', { minute: 540, zone: 'Europe/Berlin', weekdays: WORK }],
  ['weekdays Europe/Berlin 09:00 digest', { minute: 540, zone: 'Europe/Berlin', weekdays: WORK }],
  ['daily at 9', { minute: 540, weekdays: EVERY }],
  ['every day 9am', { minute: 540, weekdays: EVERY }],
  ['every morning at 8:05', { minute: 485, weekdays: EVERY }],
  ['9:30', { minute: 570 }],
  ['at 9.30', { minute: 570 }],
  ['at 0930', { minute: 570 }],
  ['at 9 pm', { minute: 1260 }],
  ['at 9 p.m. mondays', { minute: 1260, weekdays: [1] }],
  ['12am', { minute: 0 }],
  ['12pm', { minute: 720 }],
  ['at noon', { minute: 720 }],
  ['at midnight', { minute: 0 }],
  ['mon-fri', { weekdays: WORK }],
  ['Monday to Friday', { weekdays: WORK }],
  ['fri–mon', { weekdays: [1, 5, 6, 7] }],
  ['mon, wed and fri at 7', { weekdays: [1, 3, 5], minute: 420 }],
  ['every Tuesday', { weekdays: [2] }],
  ['tues thurs', { weekdays: [2, 4] }],
  ['on weekends', { weekdays: [6, 7] }],
  ['at 9 Berlin time', { minute: 540, zone: 'Europe/Berlin' }],
  ['at 9 in New York', { minute: 540, zone: 'America/New_York' }],
  ['at 9 los angeles weekdays', { minute: 540, zone: 'America/Los_Angeles', weekdays: WORK }],
  ['at 9 UTC', { minute: 540, zone: 'UTC' }],
  ['at 9 gmt', { minute: 540, zone: 'UTC' }],
  ['at 9 europe/berlin', { minute: 540, zone: 'Europe/Berlin' }],
  ['at 9 Asia/Kolkata', { minute: 540, zone: 'Asia/Kolkata' }],
  ['digest /checkout*', { surfaces: ['/checkout*'] }],
  ['of /checkout* and /api/*/pay', { surfaces: ['/checkout*', '/api/*/pay'] }],
  ['*_~', { surfaces: ['*_~'] }],
  ['/запись /דף /🛒', { surfaces: ['/запись', '/דף', '/🛒'] }],
  ['high', { severity: 'high' }],
  ['only high severity', { severity: 'high' }],
  ['critical', { severity: 'high' }],
  ['medium+', { severity: 'medium' }],
  ['medium and worse', { severity: 'medium' }],
  ['severity low', { severity: 'low' }],
  ['alerts', { kind: 'alerts' }],
  ['alerts high quiet 22:00-07:00', { kind: 'alerts', severity: 'high', quiet: { from: 1320, until: 420 } }],
  [
    'alerts quiet hours from 10pm to 7am Berlin',
    { kind: 'alerts', quiet: { from: 1320, until: 420 }, zone: 'Europe/Berlin' },
  ],
  ['quiet 22-7', { kind: 'alerts', quiet: { from: 1320, until: 420 } }],
  ['alerts budget 5', { kind: 'alerts', weeklyBudget: 5 }],
  ['alerts 5 a week', { kind: 'alerts', weeklyBudget: 5 }],
  ['alerts budget of 0', { kind: 'alerts', weeklyBudget: 0 }],
  ['weekly', { kind: 'weekly' }],
  ['weekly digest mondays at 9', { kind: 'weekly', weekdays: [1], minute: 540 }],
  ['digest in #growth', { channel: 'growth' }],
  ['digest to #Growth.', { channel: 'growth' }],
  ['<#C0123456789|growth> digest', { channel: 'C0123456789' }],
  [
    '"error rate on /checkout last week" every Monday at 9',
    { kind: 'question', question: 'error rate on /checkout last week', weekdays: [1], minute: 540 },
  ],
  [
    'every monday “errors today, by page” in #growth',
    { kind: 'question', question: 'errors today, by page', weekdays: [1], channel: 'growth' },
  ],
  ['weekly "errors last week"', { kind: 'question', question: 'errors last week' }],
  ['9am 9:00', { minute: 540 }],
];

const refused: [string, RegExp][] = [
  ['at 25:00', /^"25:00" is no time of day; .*00:00 to 23:59/],
  ['at 9:75', /^"9:75" is no time of day/],
  ['13pm', /^"13pm" is no time of day/],
  ['at -3', /^"-3" is no time of day/],
  ['at 9 at 10', /^You name two times/],
  ['at 9 Europe/Berln', /^There is no time zone "Europe\/Berln"\. Did you mean Europe\/Berlin\?/],
  ['at 9 Mars/Olympus', /^There is no time zone "Mars\/Olympus"/],
  ['at 9 CET', /^"CET" changes with the season; name the city/],
  ['at 9 UTC+2', /^"UTC\+2" changes with the season/],
  ['at 9 Berlin Paris', /^You name two time zones/],
  ['digets', /^I could not read "digets"\. Did you mean "digest"\?/],
  ['wekdays', /^I could not read "wekdays"\. Did you mean "weekdays"\?/],
  ['checkoutpage', /^I could not read "checkoutpage"\. A page begins with a slash: \/checkoutpage\./],
  ['digest in growth', /^I could not read "growth"\. Did you mean #growth\?/],
  ['2020-01-01', /^"2020-01-01" is no day of the week: a subscription begins at once and repeats/],
  ['tomorrow at 9', /^"tomorrow" is no day of the week/],
  ['monthly', /^"monthly" is no day of the week/],
  ['<!channel> digest', /^"<!channel>" is a mention; .*Nobody is notified/],
  ['@here', /^"@here" is a mention/],
  ['digest alerts', /^Subscribe to the digest and to alerts one after the other/],
  ['alerts at 9', /^Alerts come when something breaks: leave out the time/],
  ['digest quiet 22-7', /^Quiet hours are for alerts/],
  ['digest budget 5', /^A budget is for alerts/],
  ['alerts quiet 22', /^I could not read "quiet 22"; write quiet hours as "quiet 22:00-07:00"/],
  ['alerts quiet 25-7', /^I could not read "quiet 25-7"/],
  ['alerts quiet 7-7', /^Quiet hours have to end at another time/],
  ['alerts budget many', /^I could not read "budget many"; write a budget as "budget 5"/],
  ['alerts budget -5', /^I could not read "budget -5"/],
  ['alerts budget 100000', /^A budget is a whole number of alerts a week, 0 to 1000/],
  ['#growth #sales', /^You name two channels/],
  ['"errors today', /^The quotation mark before or after the question is missing/],
  ['"a" "b"', /^Ask one question at a time/],
  ['"  " mondays', /^The question is empty/],
  ['"errors today" digest', /^A question is a subscription of its own/],
  ['"errors today" /checkout', /^Name the page in the question itself/],
  [`"${'x'.repeat(600)}"`, /^A question takes at most 500 characters/],
  [`/${'x'.repeat(300)}`, /^The name of a page takes at most 200 characters/],
  ['x'.repeat(4_000), /^A subscription takes at most 2000 characters/],
];

describe('what follows subscribe', () => {
  it.each(read)('%j is read in any order', (text, expected) => {
    expect(parseSubscription(text)).toEqual({ wish: { ...nothing, ...expected }, faults: [] });
  });

  it.each(refused.map(([text, says]) => [text.slice(0, 60), text, says] as const))(
    '%j is refused in words that name it',
    (_, text, says) => {
      const { wish, faults } = parseSubscription(text);
      expect(wish).toBeNull();
      expect(faults[0]?.says).toMatch(says);
      expect(faults.map((fault) => fault.says.length).every((length) => length < 220)).toBe(true);
    },
  );

  it('names each word it could not read, five at most', () => {
    const { faults } = parseSubscription('at 25:00 blorp zzyzx');
    expect(faults).toHaveLength(3);
    expect(parseSubscription('aa1 bb2 cc3 dd4 ee5 ff6 gg7').faults).toHaveLength(5);
  });

  it('never throws, and says something of whatever it does not take', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const { wish, faults } = parseSubscription(text);
        expect((wish === null) === faults.length > 0).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a wish', () => {
  const defaults = { channel: 'C1', minute: 540, zone: 'Europe/Berlin' };
  const made = (text: string) => {
    const { wish } = parseSubscription(text);
    if (wish === null) throw new Error(text);
    return completeWish(wish, defaults);
  };

  it('is filled with what the channel has', () => {
    expect(made('')).toEqual({
      kind: 'digest',
      channel: 'C1',
      surfaces: [],
      severity: 'low',
      schedule: { minute: 540, weekdays: WORK, zone: 'Europe/Berlin' },
      question: null,
      quiet: null,
      weeklyBudget: WEEKLY_BUDGET,
    });
    expect(made('weekly at 10 tokyo').schedule).toEqual({ minute: 600, weekdays: [1], zone: 'Asia/Tokyo' });
    expect(made('alerts quiet 22-7')).toMatchObject({
      schedule: null,
      quiet: { from: 1320, until: 420, zone: 'Europe/Berlin' },
    });
    expect(made('/b* /a /b*').surfaces).toEqual(['/a', '/b*']);
  });

  it.each([
    ['digest /checkout* medium', 'Digest of /checkout*, medium and worse', 'weekdays at 09:00, Europe/Berlin'],
    ['weekly at 10', 'Weekly digest', 'Mondays at 10:00, Europe/Berlin'],
    ['daily high', 'Digest, high only', 'every day at 09:00, Europe/Berlin'],
    ['mon wed', 'Digest', 'Mondays and Wednesdays at 09:00, Europe/Berlin'],
    ['alerts quiet 22-7 budget 5', 'Alerts, at most 5 a week, quiet 22:00–07:00 Europe/Berlin', null],
    ['"errors today" fridays', 'Question “errors today”', 'Fridays at 09:00, Europe/Berlin'],
  ])('%j is described as %j', (text, words, when) => {
    const subscription = made(text);
    expect(describeSubscription(subscription)).toBe(words);
    expect(subscription.schedule && describeSchedule(subscription.schedule)).toBe(when);
  });
});
