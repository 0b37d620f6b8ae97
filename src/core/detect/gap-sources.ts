import type { Source } from '../records.ts';
import type { Gap } from './gaps.ts';

/** Which tools bring which measure, likeliest first. */
const BRINGERS: Readonly<Record<Gap['measure'], readonly Source[]>> = {
  pageviews: ['posthog', 'app'],
  actions: ['posthog', 'app'],
  dropoffs: ['posthog', 'app'],
  errors: ['sentry', 'app'],
  tickets: ['intercom', 'helpscout', 'app'],
  requests: ['api_log', 'app'],
};

/**
 * The sources behind the day's gaps: for each silent measure the likeliest tool that brings it and has ever sent
 * anything here (`known`); the likeliest of all where nothing is known of sources.
 */
export function gapSources(gaps: readonly Gap[], known: readonly Source[]): Source[] {
  const sources = gaps.flatMap(({ measure }) => {
    const bringers = BRINGERS[measure];
    return bringers.find((source) => known.includes(source)) ?? bringers[0] ?? [];
  });
  return [...new Set(sources)].sort();
}
