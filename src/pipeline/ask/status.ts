import { findSilentSources } from '../../core/delivery/freshness.ts';
import { writeStatus } from '../../core/query/told/status.ts';
import { addDays, dateInZone } from '../../core/window.ts';
import { readSourceStates } from '../source-states.ts';
import type { AnswerIntent } from './ask-deps.ts';
import { findJudgedDay } from './judged.ts';

const HOUR = 3_600_000;
const MONTH = 31;

/** "Are you up?": the data's freshness, what was judged, what is open. */
export const answerStatus: AnswerIntent = async (_, { stores, request, timezone, currency, narrator, nextDigest }) => {
  const { asOf } = request;
  const today = dateInZone(asOf, timezone);
  // Nothing is told that came after the moment asked about; how many events there were by then is not kept.
  const sources = (await stores.freshness.list())
    .filter(({ first_event_at }) => first_event_at <= asOf)
    .map(({ source, last_event_at, events_total }) => ({
      source,
      last_event_at: Math.min(last_event_at, asOf),
      events_total: last_event_at > asOf ? null : events_total,
    }));
  const latest = await stores.priorities.latestDay();
  const judged =
    latest === undefined || latest.date < today
      ? latest
      : await findJudgedDay(stores, { start: addDays(today, -MONTH), end: today }, today);
  const hoursUntil = await stores.hourlyFindings.judgedUntil();
  const body = writeStatus({
    sources,
    silent: findSilentSources(await readSourceStates(stores, asOf, timezone), []).silent,
    judged: judged ?? null,
    hoursUntil: hoursUntil === undefined ? null : Math.min(hoursUntil, asOf - (asOf % HOUR)),
    nextDigest: await nextDigest(asOf),
    withModel: narrator !== null,
    setting: { asOf, zone: timezone, currency },
  });
  return { body, reason: null };
};
