/** What a query is limited to, in words: "on /checkout under web@1.42.0". */
import { joinWords } from '../../facts/render.ts';
import type { MetricQuery } from '../metric-query.ts';

/** In the order they are said. */
const PHRASES: Readonly<Record<string, (values: string) => string>> = {
  surface: (values) => `on ${values}`,
  release: (values) => `under ${values}`,
  plan: (values) => `on the ${values} plan`,
  env: (values) => `in ${values}`,
  platform: (values) => `on ${values}`,
  source: (values) => `from ${values}`,
  error_signature: (values) => `of ${values}`,
  ticket_topic: (values) => `about ${values}`,
  category: (values) => `in the category ${values}`,
  severity: (values) => `of severity ${values}`,
  endpoint: (values) => `of ${values}`,
  status: (values) => `with status ${values}`,
  stage: (values) => `at the stage ${values}`,
  account: (values) => `of ${values}`,
  tool: (values) => `of the tool ${values}`,
  use_case: (values) => `for the use case ${values}`,
  funnel: (values) => `in the ${values} funnel`,
  cohort_day: (values) => `on day ${values}`,
};

/** Every limit of the query, starting with a space; nothing where there is none. */
export function scopeWords({ surface, filters }: Pick<MetricQuery, 'surface' | 'filters'>): string {
  const parts = surface === null ? [] : [surfaceWords(surface)];
  for (const dimension of Object.keys(PHRASES)) {
    const value = filters[dimension];
    if (value === undefined) continue;
    const values = joinWords((Array.isArray(value) ? value : [value]).map(String), 'or');
    parts.push(PHRASES[dimension]?.(values) ?? '');
  }
  return parts.map((part) => ` ${part}`).join('');
}

const surfaceWords = (surface: string): string =>
  surface.includes('*') ? `on pages like ${surface}` : `on ${surface}`;
