import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../src/block-kit/message.ts';
import type { Correction } from '../../../src/core/delivery/compare-told.ts';
import type { ToldItem } from '../../../src/core/delivery/told.ts';
import type { WeeklyModel } from '../../../src/core/delivery/weekly-model.ts';
import { buildCorrection } from '../../../src/slack/views/correction.ts';
import { buildWeeklyMessage } from '../../../src/slack/views/weekly.ts';
import { itemOf } from '../models.ts';

const week = (change: Partial<WeeklyModel> = {}): WeeklyModel => ({
  range: { start: '2026-01-23', end: '2026-01-30' },
  timezone: 'Europe/Berlin',
  currency: 'USD',
  judgedDays: 7,
  items: [
    { item: itemOf(1, '/checkout'), days: 3, goesOn: true, toldAbove: null },
    { item: itemOf(2, '/search'), days: 1, goesOn: false, toldAbove: null },
  ],
  total: 2,
  over: 1,
  incidents: { opened: 3, ended: 2, medianLength: 7_500_000 },
  alerts: { posted: 3, held: 1 },
  judgedByPeople: { useful: 2, false: 1 },
  done: ['Roll back web@1.42.0 for /checkout'],
  effects: [],
  ...change,
});
const textOf = (message: { blocks: object[] }): string =>
  (JSON.stringify(message.blocks).match(/"text":"((?:[^"\\]|\\.)*)"/g) ?? [])
    .map((text) => String(JSON.parse(`{${text}}`).text))
    .join('\n');

describe('the weekly digest', () => {
  it('reads as people expect it and Slack takes it', async () => {
    const message = buildWeeklyMessage(week());
    expect(checkMessage(message)).toBeNull();
    await expect(`${message.text}\n\n${textOf(message)}\n`).toMatchFileSnapshot('../../fixtures/slack/weekly.txt');
  });

  it('names what the digest above shows, and adds what only the week knows', () => {
    const [first, second] = week().items;
    if (!first || !second) throw new Error('The week has two items.');
    const message = buildWeeklyMessage(
      week({
        items: [
          { ...first, toldAbove: 'worst' },
          { ...second, goesOn: true, toldAbove: 'another_day' },
        ],
      }),
    );
    expect(checkMessage(message)).toBeNull();
    const lines = textOf(message).split('\n');
    expect(lines.slice(2, 5)).toEqual([
      '*1 · ● /checkout* · 3 days, still going on, worst on Thu 29 Jan: in the digest above',
      '*2 · ● /search: errors 6.9x normal* · 1 day, still going on',
      expect.stringMatching(/How it is now is in the digest above\.$/),
    ]);
  });

  it('fits whatever the names are', () => {
    const wild = `/${'<!channel>&*~`_'.repeat(270)}`;
    const items = [1, 2, 3, 4, 5].map((rank) => ({
      item: itemOf(rank, wild),
      days: 7,
      goesOn: true,
      toldAbove: 'another_day' as const,
    }));
    const message = buildWeeklyMessage(
      week({
        items,
        total: 900,
        done: [wild, wild, wild],
        effects: Array(5).fill({ title: wild, verdict: wild, sentence: wild }),
      }),
    );
    expect(checkMessage(message)).toBeNull();
    expect(textOf(message)).not.toMatch(/<!channel>/);
  });

  it.each([
    ['a quiet week', { items: [], total: 0, over: 0 }, '*A quiet week.* Nothing outside normal on any day.'],
    ['a week nobody judged', { items: [], total: 0, over: 0, judgedDays: 0 }, '*No day of this week was judged.*'],
    ['some days', { judgedDays: 4 }, '4 of 7 days judged'],
    [
      'whether what was done helped',
      {
        effects: [
          { title: 'Roll back web@1.42.0', verdict: 'It did not help.', sentence: 'Errors fell as elsewhere.' },
        ],
      },
      '*It did not help.* Errors fell as elsewhere. After: Roll back web@1.42.0',
    ],
    [
      'a quiet part of a week',
      { items: [], total: 0, over: 0, judgedDays: 4 },
      '*Nothing outside normal* on the 4 days that were judged.',
    ],
    [
      'one quiet day',
      { items: [], total: 0, over: 0, judgedDays: 1 },
      '*Nothing outside normal* on the 1 day that was judged.',
    ],
  ])('says so: %s', (_, change, words) => expect(textOf(buildWeeklyMessage(week(change)))).toContain(words));
});

describe('a correction', () => {
  const item = (change: Partial<ToldItem> = {}): ToldItem => ({
    rank: 1,
    entity_type: 'surface',
    entity_key: '/checkout',
    members: [],
    severity: 'high',
    metric: 'error_rate',
    ratio: 6.9,
    headline: '/checkout: errors 7.6x normal',
    figure: '9.1%',
    ...change,
  });

  it('gives the old figure and the new one, and says what stays', () => {
    const figure: Correction = { kind: 'figure', item: item(), before: '8.3%', after: '9.1%', rankBefore: 1 };
    expect(buildCorrection('2026-01-29', [figure]).text).toBe(
      '*Late data changed Thu 29 Jan:*\n• /checkout: error rate 8.3% → 9.1%. Rank unchanged.\nAll other items stay as they were.',
    );
  });

  it('says what came and what was none after all', () => {
    const { text } = buildCorrection('2026-01-29', [
      { kind: 'appeared', item: item({ rank: 2 }) },
      { kind: 'vanished', item: item({ entity_key: '/cart', rank: 3 }) },
      { kind: 'rank', item: item({ entity_key: '/pay', rank: 3 }), rankBefore: 2 },
    ]);
    expect(text).toContain('/checkout: errors 7.6x normal: now #2, and not in this digest.');
    expect(text).toContain('/cart is within normal after all; it was #3 here.');
    expect(text).toContain('Other items changed places.');
  });

  it('is valid whatever late data did', () => {
    const wild = item({ entity_key: '<!channel>'.repeat(400), headline: '*_~'.repeat(900) });
    const many = Array.from({ length: 200 }, (): Correction => ({ kind: 'appeared', item: wild }));
    const message = buildCorrection('2026-01-29', many);
    expect(checkMessage(message)).toBeNull();
    expect(message.text).not.toMatch(/<!channel>/);
    expect(message.text).toContain('and 195 more.');
  });
});
