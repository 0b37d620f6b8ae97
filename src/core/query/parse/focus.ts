/** The part of a message that asks: greetings, reasons and thanks around it are left out. */
import type { QuestionSetting } from '../reading.ts';
import { intentOf } from './intents.ts';
import { readMetric } from './metric-choice.ts';
import { numberOf } from './number-words.ts';
import { readSentence, type Sentence } from './sentence.ts';
import { wordList } from './word-list.ts';

/** Where one clause ends and the next begins. */
const CLAUSE =
  /(?<=[.!?;])\s+|(?<=\p{L}{2}[.!?])(?=\p{Lu}\p{L})|:\s+|\s+[–—-]{1,2}\s+(?=\p{L}{3})|,\s+(?=(?:so|but|and|could|can|what|how|which|why|is|are|do|does|did|show|give|tell|please|pls|i need|i want|number|thanks|thank|need|asking|if)\b)|\)\s|\s\(/gu;
const LEADING_COMMA =
  /^(?:since|because|as|sorry|in order to|before|while|after|i|im|ive|id|we|weve|were|my|our|not sure|quick|given|hi|hey|hello|good|dear|if|when|for (?:the|my|our|a)|to|with|morning|yesterday my|yesterday our|today my|today we|today i|just|hope|hoping|thanks)\b[^,]*,\s+/iu;
const LEAD_IN =
  /^.*?\b(?:asked(?: me| us)?(?: \w+ \w+)?|asking(?: me| us)?|wonder(?:ing)?|(?:want|wants|wanted|like|love|need|needs|able|trying|happy|curious|good|nice|helpful|great) to (?:know|see|find out|learn|understand|hear|check)|tell (?:me|us)|let (?:me|us) know|(?:can|could|would) (?:you|somebody|someone|anyone|anybody) (?:\w+ )?(?:check|see|find out|look up|confirm)|do (?:you|we) (?:happen to )?know|any idea|any clue|not sure|curious|remind me|figure out)(?: about)?\s+(?=(?:how|what|whats|which|why|whether|if|where|the|number|our|is|are|did|does|do|has|have)\b)/iu;

/**
 * The sentences that ask, and the fragments that limit them ("last month?"). Where no clause names a figure or a kind of
 * answer, everything is kept.
 */
export function focusOn(sentence: Sentence, setting: QuestionSetting): Sentence {
  const clauses = sentence.text
    .split(CLAUSE)
    .map((clause) => clause.trim())
    .filter((clause) => /[\p{L}\p{N}]/u.test(clause))
    .map((clause) => ({ clause, ...weigh(clause, setting) }));
  const asking = clauses.filter(({ weight, isChat }) => weight > 0 && !isChat);
  // "Signups fell. Do you know why?": the reason is in what was told.
  const asks = asking.some(({ isBare }) => !isBare) ? asking : clauses.filter(({ weight }) => weight > 0);
  if (asks.length === 0) return sentence;
  const kept = clauses.filter((one) => asks.includes(one) || one.isFragment);
  const text = kept.map(({ clause }) => trimmed(clause, setting)).join(', ');
  return text === sentence.text ? sentence : readSentence(text, setting);
}

/** What is before a comma, or before "I'd like to know", goes where what is left still asks. */
function trimmed(clause: string, setting: QuestionSetting): string {
  const shorter = [clause.replace(LEAD_IN, ''), clause.replace(LEADING_COMMA, '')].filter((one) => one !== clause);
  return (
    shorter.find((one) => weigh(one, setting).weight >= weigh(clause, setting).weight && one.trim() !== '') ?? clause
  );
}

interface Weighed {
  /** How much of a question it is; zero for none. */
  weight: number;
  /** It only limits: "last month", "for enterprise". */
  isFragment: boolean;
  /** It tells something about the asker. */
  isChat: boolean;
  /** It names no figure, place or time: "do you know why?". */
  isBare: boolean;
}

const ASKING =
  /\?|\b(?:how|what|whats|which|why|where|who|show|give|list|number of|compare|is|are|did|do|does|has|have)\b/iu;
const PERSONAL = /\b(?:i|im|ive|id|we|weve|my|me|sorry|thanks|thank|hope|boss|manager|meeting|team)\b/iu;
/** What a fragment may hold besides what it names. */
const LITTLE = wordList(
  'on in for at the by per only just and or last please of all each with from vs versus against than compared to one before now a an both about over during since them those but except not same again also too show limit top max list give rows name our this that next did do we have had was were is are there it get got been has',
);

function weigh(clause: string, setting: QuestionSetting): Weighed {
  const sentence = readSentence(clause, setting);
  const { tokens, mentions } = sentence;
  const intent = intentOf(sentence);
  const metric = readMetric(sentence) !== undefined;
  const named = metric || intent !== undefined;
  const weight = (metric ? 2 : 0) + (intent !== undefined ? 2 : 0) + (named && ASKING.test(clause) ? 1 : 0);
  const isNamed = (at: number): boolean => mentions.some(({ first, end }) => first <= at && at < end);
  const rest = tokens.filter(
    ({ taken, word }, at) => !taken && !isNamed(at) && !LITTLE.has(word) && numberOf(word) === undefined,
  );
  const limits =
    sentence.time.spans.length > 0 ||
    sentence.written.length > 0 ||
    mentions.length > 0 ||
    tokens.some(({ word }) => numberOf(word) !== undefined);
  return {
    weight,
    isFragment: !named && limits && rest.length === 0,
    isChat: PERSONAL.test(clause) && !ASKING.test(clause),
    isBare: !metric && !limits,
  };
}
