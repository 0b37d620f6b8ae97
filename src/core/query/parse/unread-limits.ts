/** Words that make something narrower, or something else, of a figure: "failed orders", "tickets from people who saw an error". */
import { readMetric } from './metric-choice.ts';
import { phrases } from './phrases/phrases.ts';
import { meant, type Sentence } from './sentence.ts';
import { wordList } from './word-list.ts';

/** Right before a figure, a limit. What a metric is called after ("failed requests") is part of its name. */
const NARROWING = wordList(
  `net gross urgent critical important serious severe major minor fatal unhandled handled failed failing successful unsuccessful biggest largest
  smallest longest shortest peak maximum minimum max min paid unpaid organic internal external unexpected expected recurring closed resolved solved unresolved
  expensive cheap negative positive angry duplicate duplicated cancelled canceled refunded returned pending overdue late abandoned rejected approved
  escalated automated automatic manual fake suspicious spam concurrent simultaneous scheduled missed known unknown repeated
  fixed ignored reported domestic foreign online offline direct indirect promoted sponsored inbound outbound wholesale retail b2b b2c vip`,
);
/** New ones of these are no figure of ours; new tickets are the tickets of the time. */
const NEW_OF = wordList('errors error_rate revenue pageviews requests request_failures dropoffs affected_accounts');

const PEOPLE =
  '(?:users?|people|ppl|customers?|accounts?|compan(?:y|ies)|clients?|visitors?|members?|anyone|everyone|those|ones)';
const WHOSE = phrases`
  (?:from|by|among|for) (?:the |our |all )?(?:\w+ )?${PEOPLE} (?:who|that|which|whose|having|coming)
  (?:from|by|among|for) (?:the |our |all )?(?:new|churned|affected|activated|retained|returning|lost|inactive) ${PEOPLE}
`;
/** Measured of people who did something. */
const OF_THOSE = wordList(
  'retention_rate activation_rate affected_users affected_accounts credit_exhausted_users credit_exhaustion_rate churn_rate churned_accounts conversion_rate dropoff_rate funnel_conversion',
);
const WHEN = phrases`
  ^(?:so |and |but )?(?:when|at what time|what time|since when|how long (?:ago|has|have|had))
`;
const DEEDS = phrases`
  what (?:do|are|did|does|is|were|can) (?:\w+ ){0,2}?${PEOPLE} (?:\w+ )?(?:search\w*|look\w*|type|typing|buy\w*|click\w*|do|doing|use|using|want|like|read|reading|see|seeing)
  ^(?:and |so |but )?(?:do|does|did|are|is|were|will|can) (?:the |our |all |most )*${PEOPLE} (?!(?:active|affected|hit|back|coming|still|new|who|that)\b)\w+
`;
/** "How many customers placed an order" counts customers, not orders. */
const PEOPLE_WHO =
  /\b(?:how many|number of|count of) (?:\w+ )?(?:users|people|ppl|customers|accounts|companies|clients|visitors|members) (?:\w+ )?\w+/u;
const PEOPLE_COUNTS = wordList('active_users active_accounts');

/** The words that limit and were not read; undefined where there are none. */
export function findUnreadLimit(sentence: Sentence, metric: string, leans: boolean): string | undefined {
  const { plain } = sentence;
  const narrowed = findNarrowed(sentence, metric);
  if (narrowed !== undefined) return narrowed;
  const counted = PEOPLE_WHO.exec(plain)?.[0];
  if (counted !== undefined && isOfEvents(sentence, metric)) return counted;
  const whose = OF_THOSE.has(metric) && !namesAnother(sentence, metric) ? undefined : WHOSE.exec(plain)?.[0];
  if (whose !== undefined) return whose;
  return leans || sentence.time.grain !== null ? undefined : WHEN.exec(plain)?.[0];
}

/** "Revenue from churned customers" is not about churn. */
const namesAnother = ({ mentions }: Sentence, metric: string): boolean =>
  meant(mentions, 'metric').some(({ meaning: { id } }) => id !== metric && AMOUNTS.has(id));
const AMOUNTS = wordList('revenue orders tickets pageviews actions messages conversations credits_used replies');

/** What people do that is more than being there, whatever it is: "how many users bought twice", "do people like search". */
export function findDeed(sentence: Sentence, metric: string): string | undefined {
  const { plain, tokens, mentions, text } = sentence;
  const mention = PEOPLE_COUNTS.has(metric) ? readMetric(sentence)?.mention : undefined;
  if (!mention) return undefined;
  const asked = DEEDS.exec(plain)?.[0];
  if (asked !== undefined || mention.end - mention.first > 1) return asked;
  const next = tokens[mention.end];
  if (next === undefined || next.taken || !DEED.test(next.word) || BEING_THERE.test(next.word)) return undefined;
  const isNamed = mentions.some(({ first, end }) => first <= mention.end && mention.end < end);
  return isNamed ? undefined : text.slice(tokens[mention.first]?.start, next.end);
}
/** Verbs of the past, and those that change otherwise. */
const DEED =
  /^(?:\w{2,}ed|\w{3,}nd|bought|buy|paid|pay|sent|send|wrote|write|read|spoke|called|opened|chose|took|take|ran|run|made|make|gave|give|went|go|sold|said|say|told|ask|click|found|find|left|got|get|kept|keep|began|begin|broke|win|won|lost|need|want|like|love|hate|share|search|invite|upgrade|pause|cancel|skip)$/u;
const BEING_THERE =
  /^(?:used|visited|viewed|logged|signed|connected|loaded|reached|accessed|entered|opened|named|called|based|grouped|ranked|sorted|listed|counted|need|go|went|got|get)$/u;

function isOfEvents(sentence: Sentence, metric: string): boolean {
  if (metric === 'orders') return true;
  return AMOUNTS.has(metric) && Boolean(readMetric(sentence)?.mention);
}

function findNarrowed(sentence: Sentence, metric: string): string | undefined {
  const mention = readMetric(sentence)?.mention;
  if (!mention || mention.first === 0) return undefined;
  const { tokens, mentions } = sentence;
  const before = tokens[mention.first - 1];
  if (before === undefined || before.taken) return undefined;
  if (mentions.some(({ first, end }) => first <= mention.first - 1 && mention.first - 1 < end)) return undefined;
  const narrows = NARROWING.has(before.word) || (before.word === 'new' && NEW_OF.has(metric));
  return narrows ? sentence.text.slice(before.start, tokens[mention.end - 1]?.end) : undefined;
}
