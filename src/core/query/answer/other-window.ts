/** The same question over another time, as a button. */
import { addDays } from '../../window.ts';
import type { FollowUp } from '../answer-body.ts';
import type { CheckedQuery } from '../metric-query.ts';
import { type MetricAsked, todayOf } from './asked.ts';
import { phraseQuestion } from './phrase-question.ts';

/** The same over a month. */
export function longer(asked: MetricAsked): FollowUp {
  const today = todayOf(asked.setting);
  return choice('The past 30 days', {
    ...asked.query,
    window: { start: addDays(today, -30), end: today },
    compare: null,
  });
}

export const choice = (label: string, query: CheckedQuery): FollowUp => ({
  label,
  question: phraseQuestion(query),
});

export const weekBefore = (today: string) => ({ start: addDays(today, -7), end: today });
