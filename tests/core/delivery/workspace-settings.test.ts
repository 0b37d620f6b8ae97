import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeWish, type Wish } from '../../../src/core/delivery/wish.ts';
import { describeDailyQuiet, parseSettings, readDailyQuiet } from '../../../src/core/delivery/workspace-settings.ts';

describe('the settings of a workspace', () => {
  it.each([
    ['22:00–07:00', { from: 1320, until: 420 }],
    ['22-7', { from: 1320, until: 420 }],
    ['10pm to 7am', { from: 1320, until: 420 }],
    [' 9:30 until noon ', { from: 570, until: 720 }],
    ['', null],
    ['None', null],
  ])('read "%s" as quiet hours', (text, quiet) => {
    expect(readDailyQuiet(text)).toEqual({ quiet });
  });

  it.each([
    ['25:00–07:00', 'Two times of day'],
    ['22:00', 'Two times of day'],
    ['22:00–23:00–07:00', 'Two times of day'],
    ['at night', 'Two times of day'],
    ['<!channel>', 'Two times of day'],
    ['7:00–07:00', 'nothing would be quiet'],
  ])('say what is wrong with "%s"', (text, words) => {
    expect(readDailyQuiet(text)).toEqual({ fault: expect.stringContaining(words) });
  });

  it('read back what they write', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(minute, minute, (from, until) => {
        fc.pre(from !== until);
        expect(readDailyQuiet(describeDailyQuiet({ from, until }))).toEqual({ quiet: { from, until } });
      }),
    );
  });

  it('are the defaults where nothing was set, or what is there is not understood', () => {
    const defaults = { quietHours: null, weeklyBudget: 10, sensitivity: null };
    expect(parseSettings({ quietHours: undefined, weeklyBudget: undefined, sensitivity: undefined })).toEqual(defaults);
    expect(parseSettings({ quietHours: { from: -1, until: 9 }, weeklyBudget: 'ten', sensitivity: 'loud' })).toEqual(
      defaults,
    );
  });

  it('are what an alert subscription gets that says nothing of it, and no digest', () => {
    const wish: Wish = {
      kind: 'alerts',
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
    const alerts = { quiet: { from: 1320, until: 420 }, weeklyBudget: 3 };
    const defaults = { channel: 'C1', minute: 540, zone: 'Europe/Berlin', alerts };
    expect(completeWish(wish, defaults)).toMatchObject({
      quiet: { from: 1320, until: 420, zone: 'Europe/Berlin' },
      weeklyBudget: 3,
    });
    const said = { ...wish, quiet: { from: 0, until: 60 }, weeklyBudget: 5 };
    expect(completeWish(said, defaults)).toMatchObject({ quiet: { from: 0, until: 60 }, weeklyBudget: 5 });
    expect(completeWish({ ...wish, kind: 'digest' }, defaults).quiet).toBeNull();
  });
});
