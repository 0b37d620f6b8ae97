/** Whether one account, one platform or one endpoint holds what is more than before. */
import type { CheckAnswers, Part } from '../checks/check.ts';
import { type LeadMetric, leadMetricOf } from '../checks/plan.ts';
import { pageOf, type Situation } from '../situation.ts';
import { expectedOf, isOff, rateOf, sharesOfExcess, sumVolumes } from './volume.ts';

export interface AccountSign {
  /** Of what is more than before, the leading account's part, and its usual part of the events (0-1). */
  share: number;
  usual: number;
  count: number;
  /** Accounts with any of the events in the window, as far as they are listed. */
  accounts: number;
}

export interface PlatformSign {
  value: string;
  /** Of what is more than before, and of the views or requests (0-1). */
  share: number;
  ofAll: number;
  rate: number;
  /** Elsewhere in the window, and before on all of them. */
  others: number | null;
}

/** An account without a name is no account. */
export function readAccount(answers: CheckAnswers, { windows }: Situation): AccountSign | null {
  const answer = answers.get('events-by-account');
  const parts = (answer?.parts ?? []).filter(({ value, now }) => value !== null && now.count > 0);
  const [first] = sharesOfExcess(parts, (part) => expectedOf(part, windows.hours));
  if (!answer || !first) return null;
  const expectedAll = expectedOf(answer.total, windows.hours);
  // What the answer did not list is more than before as well.
  const more = Math.max(first.excess, answer.total.now.count - expectedAll);
  const usual = answer.total.before.count > 0 ? first.part.before.count / answer.total.before.count : 0;
  return { share: Math.min(1, first.excess / more), usual, count: first.part.now.count, accounts: parts.length };
}

export function readPlatform(answers: CheckAnswers, situation: Situation): PlatformSign | null {
  const { rate }: LeadMetric = leadMetricOf(situation);
  if (rate === 'latency_p95' || rate === 'conversion_rate') return null;
  const parts = (answers.get('rate-by-platform')?.parts ?? []).filter(({ value }) => value !== null);
  if (parts.length < 2) return null;
  const { hours } = situation.windows;
  const [first] = sharesOfExcess(parts, (part) => expectedOf(part, hours));
  const own = first && rateOf(first.part.now);
  if (!first || own === null || own === undefined || !isOff(first.part, hours)) return null;
  const exposed = sumVolumes(parts.map(({ now }) => now)).exposure;
  const rest = sumVolumes(parts.filter((part) => part !== first.part).map(({ now }) => now));
  return {
    value: first.part.value ?? '',
    share: first.share,
    ofAll: exposed > 0 ? first.part.now.exposure / exposed : 0,
    rate: own,
    others: rateOf(rest),
  };
}

export interface EndpointSign {
  value: string;
  share: number;
  count: number;
}

export function readEndpoint(answers: CheckAnswers, { windows }: Situation): EndpointSign | null {
  const parts = (answers.get('failures-by-endpoint')?.parts ?? []).filter(({ value }) => value !== null);
  const [first] = sharesOfExcess(parts, (part) => expectedOf(part, windows.hours));
  return first && first.excess >= 5
    ? { value: first.part.value ?? '', share: first.share, count: first.part.now.count }
    : null;
}

export interface SpreadSign {
  /** Pages besides its own with more of the leading error than before. */
  sameError: number;
  /** Pages besides its own whose errors are out of line, and pages with any. */
  moved: number;
  pages: number;
}

export function readSpread(answers: CheckAnswers, situation: Situation): SpreadSign | null {
  const page = pageOf(situation);
  const { hours } = situation.windows;
  const answer = answers.get('errors-by-page');
  if (!answer) return null;
  const others = (parts: readonly Part[]): Part[] =>
    parts.filter(({ value, now }) => value !== null && value !== page && now.count > 0);
  const pages = others(answer.parts);
  return {
    sameError: others(answers.get('spread')?.parts ?? []).filter((part) => isOff(part, hours)).length,
    moved: pages.filter((part) => isOff(part, hours) && part.now.count >= 8).length,
    pages: pages.length,
  };
}
