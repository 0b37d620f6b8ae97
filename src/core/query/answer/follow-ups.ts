/** What to ask next, in the thread: short questions that take the rest from the answer above. */
import { daysBetween } from '../../window.ts';
import type { FollowUp } from '../answer-body.ts';
import type { MetricAsked } from './asked.ts';
import { hasHours } from './period-words.ts';
import { questionNoun } from './phrase-question.ts';

const MOST = 4;
/** The cuts that say most about a metric, best first. */
const CUTS = ['surface', 'release', 'error_signature', 'ticket_topic', 'endpoint', 'plan', 'platform'];

/** "Why?", a cut or two, "Per day", "Week before": the first four that fit. */
export function metricFollowUps({ query, metric, result }: MetricAsked): FollowUp[] {
  const { compared } = result.total;
  const offers: FollowUp[] = [];
  if (compared !== null && metric.dimensions.includes('surface')) offers.push({ label: 'Why?', question: 'why?' });
  if (query.compare === null && !hasHours(query.window) && query.group_by.length === 0)
    offers.push({ label: 'Compare', question: 'compare with the period before' });
  for (const dimension of CUTS) {
    const settled =
      query.group_by.includes(dimension) || (dimension === 'surface' ? query.surface : query.filters[dimension]);
    if (settled || !metric.dimensions.includes(dimension) || offers.length >= MOST - 1) continue;
    const noun = questionNoun(dimension);
    offers.push({ label: `By ${noun}`, question: `by ${noun}` });
  }
  const hasDays = !hasHours(query.window) && daysBetween(query.window.start, query.window.end) > 1;
  if (query.grain === null && metric.grains.includes('day') && hasDays)
    offers.push({ label: 'Per day', question: 'per day' });
  return offers.slice(0, MOST);
}
