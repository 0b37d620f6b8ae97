/**
 * Whether a plain reply in a thread that Seepass is in is a question to it.
 *
 * The rule: a reply that mentions nobody is answered when our own parser reads an answerable question out of it with
 * confidence, and either it names what it wants to know by itself ("why did errors on /checkout rise?"), or it is a
 * short turn that changes what the thread was about ("and for login?", "by release", "week before"). Where we asked
 * which figure is meant, or could not answer, a short reply that names one is the answer to that. What speaks to or
 * of people ("can you look at it?", "did anyone deploy?") is left alone: whoever wants an answer to that mentions us.
 */
import { parseQuestion } from '../core/query/parse-question.ts';
import type { Intent, QuestionSetting, Reading, ThreadContext } from '../core/query/reading.ts';

const ANSWERED: ReadonlySet<Intent> = new Set(['metric', 'explain', 'examples', 'tickets', 'top', 'overview']);
const SURE = 0.8;
const MOST_WORDS = 25;
const SHORT = 7;

/** Words between people, whatever the question is about. */
const BETWEEN_PEOPLE =
  /\b(?:you|your|youre|yours|u|ya|he|she|hes|shes|him|her|guys|folks|all of us|any ?(?:one|body)|some ?(?:one|body)|every ?(?:one|body)|no ?(?:one|body)|my|mine|i|im|ill|ive|id|me|lets|thanks|thank|thx|ty|sorry|lol|haha|team|look(?:ing|ed)? (?:at|into)|work(?:ing|ed)? on|on it|fix(?:ing|ed|es)?|deploy(?:ed|ing|s)?|ship(?:ped|ping)|merge[ds]?|merging|roll(?:ed|ing)? ?back|revert(?:ed|ing)?|ping(?:ed)?|assign(?:ed)?|investigat(?:e|ed|ing)|check(?:ed|ing)|review(?:ed|ing)?|meeting|call|lunch|coffee|standup|tomorrow)\b/i;
/** "who broke it" is about a person, "who is hit" is not; "is it done" is about work. */
const ABOUT_WORK =
  /\bwho(?:s)? (?!(?:(?:is|are|was|were) )?(?:\w+ )?(?:hit|affected|impacted|hurt|churned|leaving|left)\b)|\b(?:do|did|are|shall|should|can|could) we (?:do|doing|done|need|want|have to|ok|okay|good|sure)\b|\b(?:is|are|was) (?:\S+ ){1,3}(?:out|done|live|merged|ready|over)\b/i;
/** "show me" and "give me" ask us as well as anybody. */
const ASKS_FOR = /\b(?:show|give|tell|list)\s+(?:me|us)\b/gi;
const ASKING =
  /^(?:(?:and|ok|okay|so|but|hm+|then|also)[\s,]+)*(?:why|what|whats|which|who|where|when|how|hows|is|are|was|were|did|do|does|has|have|show|chart|plot|graph|compare|list|give|break|split|top)\b/i;
const TURN =
  /^(?:(?:ok|okay|so|but|hm+|then|also)[\s,]+)*(?:and|why|who|what about|how about|by|per|for|only|just|same|chart|plot|graph|show|top|last|this|yesterday|today|weekly|daily|hourly|monthly|week|month|day|previous|since|compare[d]?|vs|versus|against|instead|worst|best|which|is (?:that|it)|was (?:that|it)|without|in|on|at)\b/i;

/** @param isOpen we have answered in the thread and nothing is settled: we refused, helped or asked back. */
export function readsAsQuestion(text: string, setting: QuestionSetting, isOpen = false): boolean {
  const words = text.split(/\s+/).filter(Boolean);
  if (words.length === 0 || words.length > MOST_WORDS) return false;
  const plain = text.replace(/[’']/g, '').replace(ASKS_FOR, 'show');
  if (BETWEEN_PEOPLE.test(plain) || ABOUT_WORK.test(plain)) return false;
  const asks = /\?\W*$/.test(text) || ASKING.test(plain);
  if (asks && isAnswerable(parseQuestion(text, { ...setting, thread: null }))) return true;
  if (words.length > SHORT) return false;
  if (setting.thread === null) return isOpen && isAnswerable(parseQuestion(text, setting));
  if (!isWaiting(setting.thread) && !TURN.test(plain) && !/\?\W*$/.test(text)) return false;
  return isAnswerable(parseQuestion(text, setting)) && isTurn(text, setting);
}

/** We asked back: all is settled but the figure. */
const isWaiting = ({ intent, query }: ThreadContext): boolean => intent === 'metric' && query.metric === null;

const isAnswerable = ({ intent, query, confidence }: Reading): boolean =>
  ANSWERED.has(intent) && query !== null && confidence >= SURE;

/** Says something that the thread had not settled yet. */
function isTurn(text: string, setting: QuestionSetting): boolean {
  const { thread } = setting;
  const { intent, query } = parseQuestion(text, setting);
  return intent !== thread?.intent || JSON.stringify(query) !== JSON.stringify(thread.query);
}
