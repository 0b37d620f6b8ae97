import { findSilentSources } from '../../core/delivery/freshness.ts';
import { writeStatus } from '../../core/query/told/status.ts';
import type { AnswerIntent } from './ask-deps.ts';

/** "Are you up?": the data's freshness, what was judged, what is open. */
export const answerStatus: AnswerIntent = async (_, { stores, request, timezone, currency, narrator }) => {
  const { asOf } = request;
  const sources = (await stores.freshness.list()).map((source) => ({
    ...source,
    last_event_at: Math.min(source.last_event_at, asOf),
  }));
  const judged = await stores.priorities.latestDay();
  const body = writeStatus({
    sources,
    silent: findSilentSources(sources, asOf, []).silent,
    judged: judged ?? null,
    hoursUntil: (await stores.hourlyFindings.judgedUntil()) ?? null,
    withModel: narrator !== null,
    setting: { asOf, zone: timezone, currency },
  });
  return { body, reason: null };
};
