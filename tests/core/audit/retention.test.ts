import { describe, expect, it } from 'vitest';
import { DEFAULT_KEEP_DAYS, keptSince } from '../../../src/core/audit/audit-class.ts';
import { classOf, KNOWN_ACTIONS, wordsOf } from '../../../src/core/audit/known-actions.ts';
import { parseDeclaredConfig } from '../../../src/core/workspace-config.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 30);

describe('what is kept of the audit', () => {
  it.each([
    ['questions', 90],
    ['access', 730],
    ['changes', 730],
  ] as const)('are %s for %d days', (kind, days) => {
    expect(keptSince(kind, DEFAULT_KEEP_DAYS, NOW)).toBe(NOW - days * DAY);
  });

  it('is never less than a month, and all that tells of drops', () => {
    expect(keptSince('changes', { ...DEFAULT_KEEP_DAYS, changes: 1 }, NOW)).toBe(NOW - 30 * DAY);
    expect(keptSince('drops', DEFAULT_KEEP_DAYS, NOW)).toBeNull();
  });

  it.each([[29], [3651], [90.5], ['90'], [null]])('cannot be set to %j days', (days) => {
    expect(parseDeclaredConfig({ audit: { keep_days: { questions: days } } }).faults).toEqual([
      'audit.keep_days.questions must be whole days, 30 to 3650',
    ]);
  });

  it('cannot be set for what tells of drops', () => {
    expect(parseDeclaredConfig({ audit: { keep_days: { drops: 90 } } }).faults).toEqual([
      'audit.keep_days does not know "drops": it knows questions, access, changes',
    ]);
  });
});

describe('an action', () => {
  it('is told in words, and kept as a change where it is not known', () => {
    expect([wordsOf('proposal.approve'), classOf('proposal.approve')]).toEqual(['approved a proposal', 'changes']);
    expect([wordsOf('question.ask'), classOf('question.ask')]).toEqual(['asked a question', 'questions']);
    expect([wordsOf('runbook.set_aside'), classOf('runbook.set_aside')]).toEqual(['runbook, set aside', 'changes']);
  });

  it.each([...KNOWN_ACTIONS.keys()])('%s has a subject, a verb and words for people', (action) => {
    expect(action).toMatch(/^[a-z]+\.[a-z_]+$/);
    expect(wordsOf(action)).toMatch(/^[a-z’ /-]+$/);
  });
});
