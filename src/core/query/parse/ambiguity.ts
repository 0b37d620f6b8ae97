/** Words with two meanings that nothing around them decides. */
import { findMetric } from '../../catalogue/index.ts';
import type { QuestionSetting } from '../reading.ts';
import { type Ambiguity, askFor, choice, limitWords } from './choices.ts';
import { joinedMetrics, PART_OF } from './metric-choice.ts';
import type { Sentence } from './sentence.ts';
import type { Slots } from './slots.ts';
import { topicOrPage } from './topic-or-page.ts';

const VAGUE: readonly { pattern: RegExp; about: string; metrics: readonly string[] }[] = [
  { pattern: /\bactivit(?:y|ies)\b/u, about: 'activity', metrics: ['active_users', 'actions', 'pageviews'] },
  {
    pattern: /\b(?:usage|engagement|use of)\b/u,
    about: 'usage',
    metrics: ['active_users', 'actions', 'session_minutes'],
  },
  { pattern: /\bperformance\b/u, about: 'performance', metrics: ['latency_p95', 'conversion_rate', 'error_rate'] },
  { pattern: /\b(?:rates?)\b/u, about: 'rate', metrics: ['error_rate', 'conversion_rate', 'dropoff_rate'] },
  {
    pattern: /\b(?:quality|reliability|stability)\b/u,
    about: 'quality',
    metrics: ['error_rate', 'failure_rate', 'ticket_rate'],
  },
  { pattern: /\bgrowth\b/u, about: 'growth', metrics: ['new_users', 'active_users', 'revenue'] },
  {
    pattern: /\b(?:loss|losses|losing)\b/u,
    about: 'loss',
    metrics: ['churned_accounts', 'dropoffs', 'revenue_at_risk'],
  },
  {
    pattern: /\b(?:volume|load|numbers?|figures?|stats|statistics|metrics?|data|counts?|totals?)\b/u,
    about: 'figure',
    metrics: ['pageviews', 'errors', 'tickets'],
  },
];

const AMOUNTS: ReadonlySet<string> = new Set(['count', 'money', 'credits']);

/** The word and its readings; undefined where the question is clear, or no such word is in it. */
export function findAmbiguity(
  sentence: Sentence,
  slots: Slots,
  setting: QuestionSetting,
  leans: boolean,
): Ambiguity | undefined {
  const two = joinedMetrics(sentence);
  if (two.length > 1)
    return { about: 'two figures at once', choices: two.map((metric) => askFor(metric, sentence, slots)) };
  const conversion = conversionOf(sentence, slots, setting, leans);
  if (conversion) return conversion;
  const topic = topicOrPage(sentence, slots, setting);
  if (topic) return topic;
  const response = responseOf(sentence, slots, leans);
  if (response) return response;
  if (
    slots.metric !== null &&
    AMOUNTS.has(findMetric(slots.metric)?.unit ?? '') &&
    (PART_OF.test(sentence.plain) || isShareOfStatus(sentence, slots)) &&
    slots.groupBy.length === 0
  )
    return { about: 'a share of what', choices: [slots.metric, 'error_rate'].map((id) => askFor(id, sentence, slots)) };
  if (slots.metric !== null) return undefined;
  const vague = VAGUE.find(({ pattern }) => pattern.test(sentence.plain));
  if (!vague) return undefined;
  return { about: vague.about, choices: vague.metrics.map((metric) => askFor(metric, sentence, slots)) };
}

/** "The rate of 503s": of all requests, or of those that failed. */
const isShareOfStatus = ({ plain }: Sentence, { metric, filters }: Slots): boolean =>
  metric === 'requests' && filters.status !== undefined && /\b(?:rates?|ratio)\b/u.test(plain);

/** "Response time" is the product's or the support team's. */
function responseOf(sentence: Sentence, slots: Slots, leans: boolean): Ambiguity | undefined {
  const said = /\bresponse times?\b/u.test(sentence.plain) && slots.metric === 'latency_p50';
  const placed = slots.surface !== null || Object.keys(slots.filters).length > 0 || slots.groupBy.length > 0;
  if (
    !said ||
    placed ||
    leans ||
    /\b(?:api|server|page|endpoint|request|backend|median|site|app|support|agent)s?\b/u.test(sentence.plain)
  )
    return undefined;
  return {
    about: 'response time',
    choices: ['latency_p50', 'first_response_minutes'].map((id) => askFor(id, sentence, { ...slots, surface: null })),
  };
}

/** "Conversion" is a page's or a funnel's; "conversions" are counted, a "conversion rate" is a page's. */
function conversionOf(
  sentence: Sentence,
  slots: Slots,
  { vocabulary }: QuestionSetting,
  leans: boolean,
): Ambiguity | undefined {
  const { plain } = sentence;
  if (!/\bconversion\b(?! rate)/u.test(plain) || (slots.metric !== 'actions' && slots.metric !== 'conversion_rate'))
    return undefined;
  if ((leans && slots.filters.funnel !== undefined) || slots.groupBy.length > 0) return undefined;
  const funnels = vocabulary.values.funnel ?? [];
  const page = slots.surface?.replace(/^\/|\*$/g, '');
  const own = funnels.filter((funnel) => page === undefined || funnel === page);
  if (own.length === 0) return undefined;
  const limits = limitWords(sentence, slots);
  const asPage =
    page === undefined
      ? choice('Actions per view, all pages', `conversion rate of all pages ${limits}`.trim())
      : askFor('conversion_rate', sentence, slots);
  return {
    about: 'conversion',
    choices: [
      asPage,
      ...own
        .slice(0, 2)
        .map((funnel) => choice(`The ${funnel} funnel`, `${funnel} funnel conversion ${limits}`.trim())),
    ],
  };
}
