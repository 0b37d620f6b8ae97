/** "Top 3" under an answer that is one figure: what is ranked. */
import { findMetric } from '../../catalogue/index.ts';
import type { Sentence } from './sentence.ts';
import type { Slots } from './slots.ts';

const RANKED =
  /^(?:(?:and|ok|now|so|then|just|only|show|give|me|list|the|our|what|are|please) )*(?:top|bottom|worst|best|highest|lowest|biggest|first) (?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)(?: (?:only|please|then|ones|of them|offenders))*$/u;

/** What each metric is ranked by within one page: its kinds. */
const KINDS: Readonly<Record<string, string>> = {
  errors: 'error_signature',
  tickets: 'ticket_topic',
  dropoffs: 'stage',
  requests: 'endpoint',
  request_failures: 'endpoint',
};

/** Whether a reply asks for the first of a ranking and names nothing else. */
export const asksForRanking = ({ plain }: Sentence): boolean => RANKED.test(plain);

/** Pages, or within a page the kinds of what is counted, or plans; null where the metric has none of these. */
export function naturalDimension({ metric, surface, filters }: Slots): string | null {
  const dimensions = findMetric(metric ?? '')?.dimensions ?? [];
  const isOnePage = surface !== null && !surface.includes('*');
  const wanted = [...(isOnePage ? [] : ['surface']), KINDS[metric ?? ''] ?? 'plan', 'plan', 'platform'];
  return wanted.find((dimension) => dimensions.includes(dimension) && filters[dimension] === undefined) ?? null;
}
