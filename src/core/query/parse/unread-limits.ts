/** Words that make something narrower, or something else, of a figure: "failed orders", "tickets from people who saw an error". */
import { readMetric } from './metric-choice.ts';
import { phrases } from './phrases/phrases.ts';
import { meant, type Sentence } from './sentence.ts';
import { wordList } from './word-list.ts';

/** Right before a figure, a limit. What a metric is called after ("failed requests") is part of its name. */
const NARROWING = wordList(
  `net gross urgent critical important serious severe major minor fatal unhandled handled failed failing successful unsuccessful biggest largest
  smallest longest shortest peak maximum minimum max min paid unpaid organic internal external unexpected expected recurring closed resolved solved unresolved
  reopened repeat oldest answered lost priority concurrent
  expensive cheap negative positive angry duplicate duplicated cancelled canceled refunded returned pending overdue late abandoned rejected approved
  escalated automated automatic manual fake suspicious spam concurrent simultaneous scheduled missed known unknown repeated
  fixed ignored reported domestic foreign online offline direct indirect promoted sponsored inbound outbound wholesale retail b2b b2c vip`,
);
/** New ones of these are no figure of ours; new tickets are the tickets of the time. */
const NEW_OF = wordList(
  'active_accounts errors error_rate revenue pageviews requests request_failures dropoffs affected_accounts',
);

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
  ^(?:so |and |but )?(?:when|at what time|what time|since when|(?:until|till|up to) when|how long (?:ago|has|have|had))
`;
const DEEDS = phrases`
  what (?:do|are|did|does|is|were|can) (?:\w+ ){0,2}?${PEOPLE} (?:\w+ )?(?:search\w*|look\w*|type|typing|buy\w*|click\w*|do|doing|use|using|want|like|read|reading|see|seeing)
  ^(?:and |so |but )?(?:do|does|did|are|is|were|will|can) (?:the |our |all |most )*${PEOPLE} (?!(?:active|affected|hit|back|coming|still|new|who|that)\b)\w+
`;
/** "How many customers placed an order" counts customers, not orders. */
const PEOPLE_WHO =
  /\b(?:how many|number of|count of) (?:\w+ )?(?:users|people|ppl|customers|accounts|companies|clients|visitors|members) (?:\w+ )?\w+/u;
const PEOPLE_COUNTS = wordList('active_users active_accounts');

/** Nobody tells us who pays or was here before, what is kept of money, or when something was first seen. */
const LIMITS = phrases`
  (?:paying|trial|premium) ${PEOPLE}
  (?:net of|after|before|including|incl|inclusive of|less|minus) (?:\w+ )?(?:refunds?|tax(?:es)?|vat|discounts?|fees|shipping|chargebacks?|commissions?)
  (?:new|first time) (?:\w+ )?(?:vs|versus|and|or|against|compared to) (?:existing|returning|old|repeat|recurring)
  (?:first|last|latest) time (?:we|it|that|they|you|anyone|this|somebody)
  (?:first|last) (?:seen|appeared|occurred|happened)
  ^(?:is|are|was|were) new$
  new (?:(?:error|exception) )?(?:signatures?|types|kinds)
  (?:that|which) (?:only |first )?(?:started|began|appeared|are new)
  (?:p[0-4]|prio ?\d|sev ?\d) \w+
  concurrent \w+
  (?:while|when|whenever) \w+ing
  (?:who|that) (?:\w+ ){1,3}(?:and|but) (?:then|also|later|never|still) \w+
  (?:go|goes|going|went|gone|get|got|move|moved|proceed|proceeded|continue|continued) from \w+ to
  (?:last|latest|newest|current|previous|old|next) (?:release|version|build|deploy|deployment)
  (?:vs|versus|against|compared? (?:to|with)) (?:the |our |its |an? )?(?:\w+ ){0,2}?(?:average|mean|usual|normal|median)
  ^(?:has|have|did) (?:it |this |that )?(?:stop|stopped|started|start|begun|gone)$
`;

/** The words that limit and were not read; undefined where there are none. */
export function findUnreadLimit(sentence: Sentence, metric: string, leans: boolean): string | undefined {
  const { plain } = sentence;
  const narrowed =
    LIMITS.exec(plain)?.[0] ??
    findSpan(sentence, metric) ??
    TOP_SHARE.exec(sentence.text)?.[0] ??
    findKindsCounted(sentence, metric) ??
    findMiddle(sentence, metric) ??
    findOtherPart(sentence, metric) ??
    findNarrowed(sentence, metric) ??
    findDone(sentence, metric);
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

/** Of the time between two deeds only that to the first reply is measured. */
const findSpan = ({ plain }: Sentence, metric: string): string | undefined =>
  metric === 'first_response_minutes' ? undefined : SPAN.exec(plain)?.[0];
const SPAN = /\b(?:time|days|hours|minutes) (?:from|between) (?:\w+ ){1,3}(?:to|and|until)\b/u;
const TOP_SHARE = /\b(?:top|bottom|best|worst|first) \d+(?:[.,]\d+)? ?(?:%|percent\b|pct\b)/iu;

/** How many different pages there are is not counted; on "how many pages did people view" the views are. */
const findKindsCounted = ({ plain }: Sentence, metric: string): string | undefined =>
  metric === 'pageviews' ? undefined : KINDS_COUNTED.exec(plain)?.[0];
const KINDS_COUNTED =
  /\b(?:how many|number of|count of) (?:distinct |different |unique |of the |of our )*(?:error |ticket )?(?:pages|screens|surfaces|routes|endpoints|releases|versions|signatures|topics|categories|plans|platforms|tools|stages|sources|kinds|types)\b(?! (?:views?|loads?))/u;

/** The middle one of many days or people; what is a median by itself is measured. */
const findMiddle = ({ plain }: Sentence, metric: string): string | undefined =>
  TIMED.has(metric) ? undefined : /\bmedian (?:number of )?\w+/u.exec(plain)?.[0];
/** Of the time to the first reply the middle is measured, and nothing else. */
const findOtherPart = ({ plain }: Sentence, metric: string): string | undefined =>
  metric === 'first_response_minutes' ? /\b(?:p\d\d|\d\dth(?: percentile)?)\b/u.exec(plain)?.[0] : undefined;
const TIMED = wordList('latency_p50 latency_p95 first_response_minutes session_minutes');

/** What was done with them afterwards: "tickets closed yesterday", "how many orders did we refund". */
const DONE =
  /^(?:los[et]|answered|answer$|replied|responded|clos|resolv|solv|re ?open|escalat|refund|cancel|return|reject|approv|merg|abandon|block|complet|finish|assign|archiv|delet|ship|deliver|handl|acknowledg|postpon|dismiss|review|fix)\w*$/u;
const BETWEEN = wordList('were was are is that which got get gets getting been being have has had we they did do and');
const DONE_WITH = wordList('tickets unanswered_tickets orders errors revenue conversations replies');

function findDone(sentence: Sentence, metric: string): string | undefined {
  const { tokens, mentions, text } = sentence;
  const mention = DONE_WITH.has(metric) ? readMetric(sentence)?.mention : undefined;
  if (!mention) return undefined;
  let at = mention.end;
  while (BETWEEN.has(tokens[at]?.word ?? '') && tokens[at]?.taken === false) at += 1;
  const token = tokens[at];
  if (token === undefined || token.taken || !DONE.test(token.word)) return undefined;
  const isNamed = mentions.some(
    ({ first, end, meanings }) => first <= at && at < end && meanings.some(({ kind }) => kind !== 'metric'),
  );
  return isNamed ? undefined : text.slice(tokens[mention.first]?.start, token.end);
}

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
  const isRanked = /^(?:biggest|largest|smallest|longest|shortest)$/.test(before.word);
  if (isRanked && meant(mentions, 'dimension').some(({ mention: { first } }) => first === mention.end))
    return undefined;
  const narrows = NARROWING.has(before.word) || (before.word === 'new' && NEW_OF.has(metric));
  return narrows ? sentence.text.slice(before.start, tokens[mention.end - 1]?.end) : undefined;
}
