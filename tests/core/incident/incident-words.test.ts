import { describe, expect, it } from 'vitest';
import { staysWithin } from '../../../src/core/explain/ladder.ts';
import {
  againstNormal,
  evidence,
  figureSentence,
  formatLength,
  incidentHeadline,
  lifeSummary,
  reachWords,
} from '../../../src/core/incident/incident-words.ts';
import { incidentOf, pictureOf, SINCE } from '../../slack/incident-models.ts';

const zone = 'Europe/Berlin';
const HOUR = 3_600_000;
const figures = (current: number, expected: number) => ({ hour: SINCE, current, expected, lower: 0, upper: 1 });

describe('how far from normal an hour is', () => {
  it.each([
    [0.052, 0.01, '5.2x normal'],
    [0.5, 0.01, 'over 10x normal'],
    [120, 400, '70% below normal'],
    [0, 400, 'none at all'],
    [0.1, 0, 'where none are normal'],
  ])('is said of %d where %d is expected', (current, expected, words) => {
    expect(againstNormal(figures(current, expected))).toBe(words);
  });

  it.each([
    [30_000, 'under 1 min'],
    [45 * 60_000, '45 min'],
    [120 * 60_000, '2 h'],
    [125 * 60_000, '2 h 05 min'],
    [76 * HOUR, '3 days 4 h'],
  ])('lasts %d ms in words', (milliseconds, words) => {
    expect(formatLength(milliseconds)).toBe(words);
  });
});

describe('an incident in words', () => {
  it('names the day where it began on another one', () => {
    const latest = { ...pictureOf().latest, hour: SINCE + 20 * HOUR };
    expect(incidentHeadline(incidentOf({}, { latest }), zone)).toBe('/checkout: errors 5.2x normal since Fri 14:00');
  });

  it.each([
    ['is read on the same day', SINCE + 8 * HOUR, 'since 14:00'],
    ['is read the next morning', SINCE + 19 * HOUR, 'since Fri 14:00'],
    ['is read a week later', SINCE + 7 * 24 * HOUR, 'since Fri 30 Jan, 14:00'],
  ])('names as much of the day as needed where it %s', (_name, readAt, words) => {
    expect(incidentHeadline(incidentOf(), zone, { readAt })).toBe(`/checkout: errors 5.2x normal ${words}`);
  });

  it('names the day of its figures where its message was posted on another one', () => {
    const told = incidentOf({ openedAt: SINCE + 19 * HOUR });
    expect(figureSentence(told, zone)).toContain('between Fri 14:00 and 15:00');
    expect(incidentHeadline(told, zone)).toContain('since Fri 14:00');
  });

  it.each([
    ['errors', {}, '61 errors in 412 views between 14:00 and 15:00; expected 9–14. Still rising.'],
    [
      'failed requests',
      { count: { of: 'request_failures', hits: 61, exposure: 412, per: 'requests' } },
      '61 of 412 requests failed between 14:00 and 15:00; expected 9–14. Still rising.',
    ],
    [
      'drop-offs',
      { trend: 'falling', count: { of: 'dropoffs', hits: 1, exposure: 1, per: 'views' } },
      '1 of 1 view ended in a drop-off between 14:00 and 15:00; expected 0. Falling.',
    ],
    ['a rate alone', { count: null }, 'Errors were at 15% between 14:00 and 15:00; expected 2.2–3.4%. Still rising.'],
  ] as const)('says %s against what was expected', (_name, picture, words) => {
    expect(figureSentence(incidentOf({}, picture), zone)).toBe(words);
  });

  it('claims no trend of a first hour', () => {
    expect(figureSentence(incidentOf({}, { trend: 'steady' }), zone)).toBe(
      '61 errors in 412 views between 14:00 and 15:00; expected 9–14.',
    );
  });

  it.each([
    [{ accounts: 1, users: null }, '1 account affected so far'],
    [{ accounts: null, users: 1 }, '1 person affected so far'],
    [{ accounts: 22, users: 40 }, '22 accounts and 40 people affected so far'],
    [{ accounts: null, users: null }, null],
  ])('says who is hit as far as it is known: %j', (picture, words) => {
    expect(reachWords(pictureOf(picture), false)).toBe(words);
  });

  it.each([
    ['right before, and most of it', -HOUR, 0.7, ['release-aligned', 'concentrated']],
    ['right before, and little of it', -HOUR, 0.2, ['precedes', 'concentrated']],
    ['a day before, and most of it', -30 * HOUR, 0.7, ['concentrated', 'concentrated']],
    ['long before, as all traffic', -90 * HOUR, 1, ['concentrated']],
    ['long before, and little of it', -90 * HOUR, 0.2, ['concentrated']],
    ['only afterwards', 2 * HOUR, 0.2, ['concentrated']],
  ])('claims no more of a release than it carries: %s', (_name, before, share, rungs) => {
    const chips = evidence(incidentOf({}, { release: { name: 'web@1', firstSeen: SINCE + before, share } }), zone);
    expect(chips.map(({ rung }) => rung)).toEqual(rungs);
    for (const { rung, text } of chips) expect(staysWithin(rung, text), text).toBe(true);
  });

  it.each(['dropoff_rate', 'traffic'] as const)('says of errors only that they happened beside %s', (metric) => {
    const lead = { surface: '/checkout', metric, direction: 'up' } as const;
    const chips = evidence(incidentOf({ lead }, { signature: { name: 'TIMEOUT', share: 0.8 }, release: null }), zone);
    expect(chips).toEqual([{ rung: null, text: 'TIMEOUT: 80% of the errors' }]);
  });

  it('tells its life in a line', () => {
    const resolved = incidentOf({ state: 'resolved', endedBy: 'system', endedAt: SINCE + 4 * HOUR });
    expect(lifeSummary(resolved, zone)).toBe(
      'Peaked at 6.1x normal between 15:00 and 16:00, normal since 15:00. Lasted 1 h, 22 accounts and 40 people',
    );
  });
});
