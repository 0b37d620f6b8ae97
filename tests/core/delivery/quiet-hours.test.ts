import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMuteFinder, type Mute } from '../../../src/core/delivery/mute.ts';
import { isQuiet } from '../../../src/core/delivery/quiet-hours.ts';

const at = (text: string): number => Date.parse(text);
const berlin = (from: string, until: string) => ({ from: minutes(from), until: minutes(until), zone: 'Europe/Berlin' });
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

describe('quiet hours', () => {
  it.each([
    ['before midnight', '22:00', '07:00', '2026-01-29T22:30:00+01:00', true],
    ['after midnight', '22:00', '07:00', '2026-01-30T06:59:00+01:00', true],
    ['at their end', '22:00', '07:00', '2026-01-30T07:00:00+01:00', false],
    ['at their beginning', '22:00', '07:00', '2026-01-29T22:00:00+01:00', true],
    ['at noon', '22:00', '07:00', '2026-01-29T12:00:00+01:00', false],
    ['within a day', '12:00', '13:00', '2026-01-29T12:30:00+01:00', true],
    ['outside of those within a day', '12:00', '13:00', '2026-01-29T11:59:00+01:00', false],
    ['of no length', '07:00', '07:00', '2026-01-29T07:00:00+01:00', false],
    ['right before the clock skips their end', '22:00', '02:30', '2026-03-29T01:59:00+01:00', true],
    ['right after the clock skipped their end', '22:00', '02:30', '2026-03-29T03:00:00+02:00', false],
    ['in the first of two hours', '22:00', '02:30', '2026-10-25T02:15:00+02:00', true],
    ['between the two', '22:00', '02:30', '2026-10-25T02:45:00+02:00', false],
    ['in the second of two hours', '22:00', '02:30', '2026-10-25T02:15:00+01:00', true],
    ['by the same clock in summer', '22:00', '07:00', '2026-07-01T06:30:00+02:00', true],
  ])('%s', (_, from, until, moment, quiet) => {
    expect(isQuiet(berlin(from, until), at(moment))).toBe(quiet);
  });

  it('and the rest of the day never overlap, and leave nothing out', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const moment = fc.integer({ min: at('2026-01-01'), max: at('2027-01-01') });
    fc.assert(
      fc.property(
        minute,
        minute,
        moment,
        fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'UTC'),
        (a, b, now, zone) => {
          fc.pre(a !== b);
          expect(isQuiet({ from: a, until: b, zone }, now)).toBe(!isQuiet({ from: b, until: a, zone }, now));
        },
      ),
    );
  });
});

describe('a mute', () => {
  const mute = (number: number, pattern: string, until: number | null, target: Mute['target'] = 'surface'): Mute => ({
    id: `${number}`,
    number,
    target,
    pattern,
    until,
    reason: null,
    createdBy: 'U1',
    createdAt: 0,
  });

  it('is found by what it is of and its pattern while it is in force, the longest first', () => {
    const find = createMuteFinder(
      [
        mute(1, '/shop*', 200),
        mute(2, '/shop/cart', null),
        mute(3, 'CARD_*', null, 'error_signature'),
        mute(4, '/old', 100),
      ],
      100,
    );
    expect(find('surface', '/shop/cart')?.number).toBe(2);
    expect(find('surface', '/Shop/pay')?.number).toBe(1);
    expect(find('error_signature', 'CARD_DECLINED')?.number).toBe(3);
    expect(find('surface', 'CARD_DECLINED')).toBeUndefined();
    expect(find('surface', '/old')).toBeUndefined();
  });
});
