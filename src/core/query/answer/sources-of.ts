import type { Metric } from '../../catalogue/define.ts';
import { getMeasure } from '../../catalogue/index.ts';
import { joinWords } from '../../facts/render.ts';
import type { EventType, Source } from '../../records.ts';

/** Who usually sends which events. */
const SENDERS: Readonly<Record<EventType, readonly Source[]>> = {
  pageview: ['posthog'],
  action: ['posthog'],
  dropoff: ['posthog'],
  ticket: ['intercom', 'helpscout'],
  reply: ['intercom', 'helpscout'],
  error: ['sentry', 'api_log'],
  request: ['api_log'],
  revenue: ['app'],
  signup: ['app'],
  session: ['posthog', 'app'],
  message: ['app'],
  tool_call: ['app'],
  completion: ['app'],
};

const NAMES: Readonly<Record<Source, string>> = {
  posthog: 'PostHog',
  intercom: 'Intercom',
  helpscout: 'Help Scout',
  api_log: 'your API logs',
  sentry: 'Sentry',
  app: "your app's own events",
};

const METHOD_EVENTS: Readonly<Record<string, readonly EventType[]>> = {
  new_users: ['signup', 'pageview'],
  orders: ['revenue'],
  aov: ['revenue'],
  checkout_success_rate: ['revenue'],
  unanswered_tickets: ['ticket'],
  first_response_minutes: ['ticket', 'reply'],
};

/** The sources a metric's events come from. */
export function sourcesOf(metric: Metric): Source[] {
  const types = eventTypes(metric);
  return [...new Set(types.flatMap((type) => SENDERS[type]))];
}

function eventTypes({ of }: Metric): readonly EventType[] {
  if ('method' in of) return METHOD_EVENTS[of.method] ?? ['pageview'];
  const measures = 'measure' in of ? [of.measure] : [of.numerator, of.denominator];
  return measures.flatMap((id) =>
    getMeasure(id)
      .events.slice(0, 1)
      .map(({ type }) => type),
  );
}

/** "Intercom or Help Scout". */
export const sourceNames = (sources: readonly Source[], last: 'and' | 'or' = 'or'): string =>
  joinWords(
    sources.map((source) => NAMES[source]),
    last,
  );
