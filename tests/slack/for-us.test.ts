import { describe, expect, it } from 'vitest';
import { parseQuestion } from '../../src/core/query/parse-question.ts';
import type { QuestionSetting, ThreadContext } from '../../src/core/query/reading.ts';
import { readsAsQuestion } from '../../src/slack/for-us.ts';
import { contextOfDay } from '../../src/slack/thread-start.ts';
import { somePriorities } from './world.ts';

const setting: QuestionSetting = {
  asOf: Date.UTC(2026, 0, 30, 8),
  zone: 'Europe/Berlin',
  vocabulary: {
    surfaces: ['/checkout', '/login', '/search', '/cart'],
    values: { release: ['web@1.42.0', 'web@1.41.3'], plan: ['free', 'growth'] },
    sources: ['posthog', 'sentry', 'intercom'],
  },
  thread: null,
};

function afterAsking(question: string): ThreadContext {
  const { intent, query } = parseQuestion(question, setting);
  if (query === null) throw new Error(`${question} was not read`);
  return { intent, query, listed: [] };
}

const afterErrors = { ...setting, thread: afterAsking('error rate on checkout last week') };
const underDigest = { ...setting, thread: contextOfDay('2026-01-29', somePriorities(3)) };

describe('a plain reply in a thread that we are in', () => {
  it.each([
    'and for login?',
    'by release',
    'why?',
    'chart it',
    'per day',
    'what about /search',
    'and yesterday?',
    'compare with the week before',
    'who is hit?',
    'how many errors on /login yesterday?',
    'which release has the most errors',
    'show me the errors on /cart',
    'how many accounts are affected?',
    'why did tickets on checkout rise?',
  ])('is answered where it asks: %s', (text) => {
    expect(readsAsQuestion(text, afterErrors)).toBe(true);
  });

  it.each(['why is #2?', 'who is hit?', 'who is hit by #2?', 'how many tickets?', 'show the tickets'])(
    'is answered under a digest: %s',
    (text) => {
      expect(readsAsQuestion(text, underDigest)).toBe(true);
    },
  );

  it.each([
    '',
    'ok',
    'yes',
    'nice',
    'top!',
    '+1',
    'lol',
    'thanks!',
    'lunch?',
    'in a meeting',
    'on it',
    'same here',
    'what a mess',
    'this is fine',
    'please fix the errors on checkout',
    'is this a joke?',
    'are we done?',
    'what do we do now?',
    'how about a call?',
    'and lunch at 12?',
    'who broke it?',
    'is it fixed?',
    'is release web@1.42.0 out?',
    'should we roll back?',
    'did anyone deploy yesterday?',
    'can you look at the errors on checkout?',
    'who is looking at the checkout errors?',
    'I think it is the deploy yesterday',
    'looks like checkout is broken again',
    'last week we deployed web@1.42.0',
    'for the record, nobody touched it',
    'same as yesterday I guess',
    'today is not my day',
    'delete the events of yesterday',
    'show me the emails of those users',
    `why ${'did the errors on checkout rise and '.repeat(10)}?`,
  ])('is left alone where people talk: %.60s', (text) => {
    expect(readsAsQuestion(text, afterErrors)).toBe(false);
    expect(readsAsQuestion(text, underDigest)).toBe(false);
    expect(readsAsQuestion(text, setting)).toBe(false);
  });

  it.each([
    ['error rate', true],
    ['the tickets', true],
    ['drop-offs please', true],
    ['ok', false],
    ['no idea', false],
    ['thanks, never mind', false],
  ])('answers what we asked back, or not: %s', (text, isAnswer) => {
    const { query } = afterErrors.thread;
    const waiting: ThreadContext = { intent: 'metric', query: { ...query, metric: null }, listed: [] };
    expect(readsAsQuestion(text, { ...setting, thread: waiting })).toBe(isAnswer);
  });

  it('has to say everything itself where the thread has settled nothing', () => {
    expect(readsAsQuestion('and for login?', setting)).toBe(false);
    expect(readsAsQuestion('how many errors on /login yesterday?', setting)).toBe(true);
  });
});
