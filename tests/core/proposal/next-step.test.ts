import { describe, expect, it } from 'vitest';
import { afterAsking, afterTry, MOST_ATTEMPTS, type TryContext } from '../../../src/core/proposal/next-step.ts';

const done = { kind: 'done', summary: 'Rolled back.', link: 'https://ci.example/1', details: { run: 1 } } as const;
const end = { state: 'done', summary: 'Rolled back.', link: 'https://ci.example/1', details: { run: 1 } };
const context = (change: Partial<TryContext> = {}): TryContext => ({
  attempts: 1,
  idempotent: false,
  at: 0,
  ...change,
});

describe('after a try', () => {
  it.each([
    ['that was done', done, context(), { kind: 'finish', end }],
    [
      'that was refused for good',
      { kind: 'not_done', words: 'No such release.', retryAfterMs: null },
      context(),
      { kind: 'finish', end: { state: 'failed', summary: 'No such release.' } },
    ],
    [
      'that was refused for now',
      { kind: 'not_done', words: 'Busy.', retryAfterMs: 60_000 },
      context(),
      { kind: 'retry', notBefore: 60_000, summary: 'Busy.' },
    ],
    [
      'that was refused for now, soon',
      { kind: 'not_done', words: 'Busy.', retryAfterMs: 1 },
      context({ attempts: 3 }),
      { kind: 'retry', notBefore: 80_000 },
    ],
    [
      'that was refused for the last time',
      { kind: 'not_done', words: 'Busy.', retryAfterMs: 1 },
      context({ attempts: MOST_ATTEMPTS }),
      { kind: 'finish', end: { state: 'failed', summary: 'Busy. I tried 5 times.' } },
    ],
    ['of which nobody heard the end', { kind: 'unknown' }, context(), { kind: 'ask', notBefore: 30_000 }],
    [
      'of which nobody heard, and which may be repeated',
      { kind: 'unknown' },
      context({ idempotent: true }),
      { kind: 'ask', notBefore: 5_000 },
    ],
  ] as const)('%s', (_, outcome, of, step) => expect(afterTry(outcome, of)).toMatchObject(step));
});

describe('after asking the other side', () => {
  it.each([
    ['which has it', done, context(), { kind: 'finish', end }],
    ['which has nothing', { kind: 'absent' }, context(), { kind: 'retry', notBefore: 5_000 }],
    [
      'which has nothing for the last time',
      { kind: 'absent' },
      context({ attempts: MOST_ATTEMPTS }),
      { kind: 'finish', end: { state: 'failed' } },
    ],
    ['which cannot tell', { kind: 'unknown' }, context(), { kind: 'finish', end: { state: 'uncertain' } }],
    [
      'which cannot tell, where it may be repeated',
      { kind: 'unknown' },
      context({ idempotent: true }),
      { kind: 'again' },
    ],
    [
      'which cannot tell for the last time',
      { kind: 'unknown' },
      context({ idempotent: true, attempts: MOST_ATTEMPTS }),
      { kind: 'finish', end: { state: 'uncertain' } },
    ],
  ] as const)('%s', (_, answer, of, step) => expect(afterAsking(answer, of)).toMatchObject(step));
});
