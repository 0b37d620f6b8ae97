/** What kind of answer a question wants, from its turns of phrase. */
import type { Intent } from '../reading.ts';
import { asksHowTo } from './how-to.ts';
import { EXAMPLES } from './phrases/examples.ts';
import { EXPLAIN } from './phrases/explain.ts';
import { HELP } from './phrases/help.ts';
import { OVERVIEW } from './phrases/overview.ts';
import { phrases } from './phrases/phrases.ts';
import { RUNBOOK } from './phrases/runbook.ts';
import { STATUS } from './phrases/status.ts';
import { TICKETS } from './phrases/tickets.ts';
import { TOP } from './phrases/top.ts';
import type { Sentence } from './sentence.ts';

type PhrasedIntent = Exclude<Intent, 'metric' | 'refuse' | 'clarify'>;

const BARE_HELP =
  /^(?:(?:hey|hi|hello|seepass|please|pls) )*(?:help|help me|halp|\?|hi|hello|hey|commands|menu|options|man|usage)(?: (?:please|pls|seepass|there|me))*$/u;
const BARE_STATUS =
  /^(?:(?:hey|hi|seepass|your|bot|current|the|please|whats|what is) )*status(?: (?:please|pls|update|report|check|now))*$/u;
/** The intent that the words name; undefined where they ask for a figure, or nothing we know. */
export function intentOf(sentence: Sentence): PhrasedIntent | undefined {
  const { whole, plain } = sentence;
  if (BARE_HELP.test(whole) || HELP.test(whole)) return 'help';
  if (BARE_STATUS.test(whole) || (STATUS.test(whole) && !asksToFix(whole) && !EXPLAIN.test(plain))) return 'status';
  if (RUNBOOK.test(whole) || asksHowTo(sentence)) return 'runbook';
  if (asksWhy(sentence)) return 'explain';
  if (TICKETS.test(plain) && !isCounted(plain) && !asksForTexts(plain) && !isRankedKind(plain)) return 'tickets';
  if (EXAMPLES.test(plain) && !isCounted(plain) && !isRankedKind(plain)) return 'examples';
  if (TOP.test(plain) && !isRankedKind(plain) && !namesFigure(plain)) return 'top';
  if (OVERVIEW.test(plain)) return 'overview';
  return undefined;
}

/** Whether the text alone asks for an overview whatever figure it names: "how is checkout doing". */
const asksToFix = (whole: string): boolean => TOP.test(whole) && /\bfix|priorit/.test(whole);

/** Words that ask for reasons unless a cut is named: "analyse errors by release". */
const WEAKLY = /\b(?:analy[sz]e|investigate|drill into|dig into|look into|break ?down why)\b/u;

/** "Explain" and "why", but not "what happened most" and "which release has the most errors". */
function asksWhy({ plain }: Sentence): boolean {
  if (!EXPLAIN.test(plain) && !(WEAKLY.test(plain) && !/\b(?:by|per|split)\b/u.test(plain))) return false;
  return !/\bwhy (?:people |users |customers |they )?(?:contact|write to) (?:us|support)\b/.test(plain);
}

const COUNTED = phrases`
  how many|how often|number of|count of|count|total
  rate|share of|percentage|per (?:page|view)
  charts?|graphs?|plots?|trend
  by (?:ticket |the )?(?:errors?|tickets?|complaints?|count)
  by (?:ticket |the )?(?:topic|theme|category|plan|platform|page|surface|release|severity|account|source)
`;
const isCounted = (plain: string): boolean => COUNTED.test(plain);

const TEXTS = phrases`
  quotes?|examples?|samples?|verbatims?|word for word|read|own words
  show me (?:some|a few|a|an|one|two|three)
`;
const asksForTexts = (plain: string): boolean => TEXTS.test(plain) && !/\bthemes?\b/u.test(plain);

/** "top 3 error signatures", "most common ticket topic" are figures by kind. */
const RANKS = 'top|most common|most frequent|commonest|biggest|main|worst|busiest|slowest';
const KINDS = [
  '(?:error |exception )?(?:signatures?|error types?|error codes?|kinds? of errors?)|errors|exceptions',
  'ticket topics?|topics?|tickets?|categories',
  'endpoints?|pages?|surfaces?|screens?|routes?|stages?|releases?',
  'accounts?|customers?|companies|plans?|platforms?|tools?|use cases?',
  'statuses|status codes?',
].join('|');
const RANKED_KIND = new RegExp(`\\b(?:${RANKS})(?: \\w+)? (?:${KINDS})\\b`, 'u');
/** "Which ticket topic came up most often", "the topic with the most tickets". */
const MOST_OF_KIND =
  /\b(?:which|what|the) (?:\w+ ){0,2}?(?:topics?|themes?|subjects?|categor(?:y|ies)) (?:\w+ ){0,5}?(?:the most|most|least|more often|fewest|oftenest|highest|lowest|biggest|grew|rose|increased|dropped)\b/u;
const isRankedKind = (plain: string): boolean => RANKED_KIND.test(plain) || MOST_OF_KIND.test(plain);

/** "problems" that are counted: "accounts hit by problems" is a figure. */
const namesFigure = (plain: string): boolean =>
  /\b(?:how many|number of|rate|revenue at risk|affected|p95|latency|retention|churn)\b/.test(plain) &&
  !/\b(?:fix|priorit\w+|focus|tackle)\b/.test(plain);
