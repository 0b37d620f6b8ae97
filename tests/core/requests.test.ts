import { describe, expect, it } from 'vitest';
import { readAnnotationRequest } from '../../src/core/annotation-request.ts';
import { readSnoozeRequest } from '../../src/core/delivery/snooze-request.ts';
import { isIncidentName, readIncidentRef } from '../../src/core/incident/incident-ref.ts';
import { readMaintenanceRequest } from '../../src/core/maintenance-request.ts';

/** Friday, 09:00 in Berlin. */
const at = { now: Date.parse('2026-01-30T08:00:00Z'), zone: 'Europe/Berlin' };
const instant = (text: string): number => Date.parse(text);

describe('the name of an incident', () => {
  it.each([['INC-12'], ['inc12'], ['#12'], ['12'], ['Inc_12']])('is read from %s', (word) => {
    expect(readIncidentRef(word)).toBe(12);
  });

  it.each([['0'], ['INC-'], ['12a'], ['/12'], ['1234567890'], ['-3']])('is not %s', (word) => {
    expect(readIncidentRef(word)).toBeUndefined();
  });

  it('is no rank of a list', () => {
    expect([isIncidentName('INC-2'), isIncidentName('#2'), isIncidentName('2')]).toEqual([true, false, false]);
  });
});

describe('what snooze is told', () => {
  it.each([
    ['INC-12 1h', { of: { incident: 12 }, until: instant('2026-01-30T09:00Z'), reason: null }],
    [
      '#12 1d looking into it',
      { of: { incident: 12 }, until: instant('2026-01-31T08:00Z'), reason: 'looking into it' },
    ],
    ['2 1h', { of: { incident: 2 }, until: instant('2026-01-30T09:00Z'), reason: null }],
    ['2 days', { of: null, until: instant('2026-02-01T08:00Z'), reason: null }],
    ['1h', { of: null, until: instant('2026-01-30T09:00Z'), reason: null }],
    [
      '/checkout until Tuesday 9:00 load test',
      { of: { target: 'surface', pattern: '/checkout' }, until: instant('2026-02-03T08:00Z'), reason: 'load test' },
    ],
    [
      'PAYMENT_TIMEOUT for 2 days',
      { of: { target: 'error_signature', pattern: 'PAYMENT_TIMEOUT' }, until: instant('2026-02-01T08:00Z') },
    ],
    ['"/a b" 2h', { of: { target: 'surface', pattern: '/a b' } }],
    ['*_~ 2h', { of: { target: 'surface', pattern: '*_~' } }],
    ['/الدفع 2h', { of: { target: 'surface', pattern: '/الدفع' } }],
  ])('reads "%s"', (text, expected) => {
    expect(readSnoozeRequest(text, at)).toMatchObject(expected);
  });

  it.each([
    ['', 'I need a time'],
    ['INC-12', 'I need a time'],
    ['/checkout sometime', 'I cannot read "sometime"'],
    ['/checkout until 25:00', 'is not a time of day'],
    ['INC-12 until yesterday', 'is in the past'],
    ['INC-12 3 years', 'as a time'],
    ['INC-12 2029-01-01', 'a year at most'],
    ['* 2h', 'quiet about everything'],
    [`/${'x'.repeat(600)} 2h`, 'at most 500 characters'],
  ])('says what is wrong with "%s"', (text, words) => {
    expect(readSnoozeRequest(text, at)).toMatchObject({ fault: expect.stringContaining(words) });
  });
});

describe('what maintenance is told', () => {
  it.each([
    ['/checkout* 22:00-23:00 database move', '/checkout*', '2026-01-30T21:00Z', '2026-01-30T22:00Z', 'database move'],
    ['/a 22:00–2:00 x', '/a', '2026-01-30T21:00Z', '2026-01-31T01:00Z', 'x'],
    ['/a 8:30-10:00 began already', '/a', '2026-01-30T07:30Z', '2026-01-30T09:00Z', 'began already'],
    ['/a 7:00-8:00 tomorrow then', '/a', '2026-01-31T06:00Z', '2026-01-31T07:00Z', 'then'],
    ['/a 7:00-8:00 over for today', '/a', '2026-01-31T06:00Z', '2026-01-31T07:00Z', 'over for today'],
    ['everything tomorrow 1:00-2:00 servers', null, '2026-01-31T00:00Z', '2026-01-31T01:00Z', 'servers'],
    ['/a for 2h a test', '/a', '2026-01-30T08:00Z', '2026-01-30T10:00Z', 'a test'],
    ['/a tomorrow 22:00 for 2h a test', '/a', '2026-01-31T21:00Z', '2026-01-31T23:00Z', 'a test'],
    ['/a 2026-02-07 22:00 to 2026-02-08 02:00 move', '/a', '2026-02-07T21:00Z', '2026-02-08T01:00Z', 'move'],
    ['/a from 22:00 until 23:00 Europe/London x', '/a', '2026-01-30T22:00Z', '2026-01-30T23:00Z', 'x'],
    ['/a 9pm-11pm x', '/a', '2026-01-30T20:00Z', '2026-01-30T22:00Z', 'x'],
  ])('reads "%s"', (text, surface_pattern, starts, ends, reason) => {
    const window = { surface_pattern, starts_at: instant(starts), ends_at: instant(ends), reason };
    expect(readMaintenanceRequest(text, at)).toMatchObject({ window });
  });

  it.each([
    ['22:00-23:00 move', 'I need the page first'],
    ['/a', 'I need from when to when'],
    ['/a 22:00-23:00', 'I need a reason'],
    ['/a 22:00-25:00 x', 'is not a time of day'],
    ['/a yesterday 22:00-23:00 x', 'is in the past'],
    ['/a 2026-02-08 22:00 to 2026-02-07 22:00 x', 'end before it begins'],
    ['/a for 90 days x', 'a month at most'],
    ['PAYMENT_TIMEOUT 22:00-23:00 x', 'is an error'],
  ])('says what is wrong with "%s"', (text, words) => {
    expect(readMaintenanceRequest(text, at)).toMatchObject({ fault: expect.stringContaining(words) });
  });
});

describe('what annotate is told', () => {
  it.each([
    [
      'web@1.42.0 deployed on /checkout* at 8:41',
      { kind: 'release', text: 'web@1.42.0 deployed', surface_pattern: '/checkout*', at: instant('2026-01-30T07:41Z') },
    ],
    ['campaign began yesterday 18:00', { kind: 'note', text: 'campaign began', at: instant('2026-01-29T17:00Z') }],
    ['provider outage', { kind: 'note', text: 'provider outage', surface_pattern: null, at: at.now }],
    ['provider outage 2h ago', { text: 'provider outage', at: instant('2026-01-30T06:00Z') }],
    ['they look at it on * now', { text: 'they look at it', surface_pattern: null, at: at.now }],
    ['people look at prices', { text: 'people look at prices', at: at.now }],
  ])('reads "%s"', (text, annotation) => {
    expect(readAnnotationRequest(text, at)).toMatchObject({ annotation });
  });

  it.each([
    ['', 'I need what happened'],
    ['at 8:00', 'I need what happened'],
    ['deploy at 25:00', 'is not a time of day'],
    ['deploy at 2026-02-12 10:00', 'still to come'],
    ['deploy at 2020-02-12 10:00', 'more than a year ago'],
    [`x ${'y'.repeat(400)}`, 'at most 300 characters'],
  ])('says what is wrong with "%s"', (text, words) => {
    expect(readAnnotationRequest(text, at)).toMatchObject({ fault: expect.stringContaining(words) });
  });
});
