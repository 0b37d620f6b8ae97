import { describe, expect, it } from 'vitest';
import { readAuditRequest } from '../../../src/core/audit/audit-request.ts';

const now = Date.UTC(2026, 0, 30, 8, 0);
const zone = 'Europe/Berlin';
const read = (text: string) => readAuditRequest(text, { now, zone, me: 'U0000ME' });
const at = (text: string): number => Date.parse(text);

describe('what is asked of the audit', () => {
  it.each([
    ['', {}],
    ['me', { actor: 'U0000ME' }],
    ['<@U0000MAYA>', { actor: 'U0000MAYA' }],
    ['<@U0000MAYA|maya>', { actor: 'U0000MAYA' }],
    ['U0000MAYA', { actor: 'U0000MAYA' }],
    ['system', { actor: 'system' }],
    ['cli settings', { actor: 'cli', about: ['setting'], aboutWord: 'settings' }],
    ['settings me', { actor: 'U0000ME', about: ['setting'], aboutWord: 'settings' }],
    ['Questions', { about: ['question', 'command'], aboutWord: 'questions' }],
    ['incident', { about: ['incident'], aboutWord: 'incident' }],
    ['approvals', { about: ['proposal'], aboutWord: 'approvals' }],
    ['24h', { since: at('2026-01-29T08:00Z') }],
    ['since 7d', { since: at('2026-01-23T08:00Z') }],
    ['past 2 hours', { since: at('2026-01-30T06:00Z') }],
    ['3 days ago', { since: at('2026-01-27T08:00Z') }],
    ['yesterday', { since: at('2026-01-28T23:00Z') }],
    ['roles since 2026-01-20', { about: ['role'], aboutWord: 'roles', since: at('2026-01-19T23:00Z') }],
    [
      'me questions today',
      { actor: 'U0000ME', about: ['question', 'command'], aboutWord: 'questions', since: at('2026-01-29T23:00Z') },
    ],
  ])('is read from “%s”', (text, expected) => {
    expect(read(text)).toEqual({ actor: null, about: null, aboutWord: null, since: null, ...expected });
  });

  it.each([
    ['somebody', 'I could not read “somebody”.'],
    ['settings of everybody', 'I could not read “of everybody”.'],
    ['since 2026-03-01', 'is still to come.'],
  ])('is not read from “%s”', (text, words) => {
    expect(read(text)).toEqual({ fault: expect.stringContaining(words) });
  });
});
