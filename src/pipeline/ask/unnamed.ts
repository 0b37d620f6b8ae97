/** Settles whether a zero is one, or nothing that is counted names what it is limited or cut by. */
import { isBeforeData } from '../../core/query/answer/abstain.ts';
import type { MetricAsked } from '../../core/query/answer/asked.ts';
import type { MetricAnswer } from '../../core/query/answer/metric-answer.ts';
import { doubtsOf, namesNone, unnamed } from '../../core/query/answer/unnamed.ts';
import type { CheckedQuery } from '../../core/query/metric-query.ts';
import type { MetricResult } from '../../core/query/metric-result.ts';

/** The answer that says so; null where the figures may stand. */
export async function answerUnnamed(
  asked: MetricAsked,
  run: (query: CheckedQuery) => Promise<MetricResult>,
): Promise<MetricAnswer | null> {
  if (isBeforeData(asked)) return null;
  for (const doubt of doubtsOf(asked)) {
    const found = await run(doubt.query);
    if (namesNone(doubt, found)) return unnamed(asked, doubt, found);
  }
  return null;
}
