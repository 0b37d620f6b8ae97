/** The part of a message that asks: greetings, reasons and thanks around it are left out. */
import type { QuestionSetting } from '../reading.ts';
import { intentOf } from './intents.ts';
import { readMetric } from './metric-choice.ts';
import { numberOf } from './number-words.ts';
import { readSentence, type Sentence } from './sentence.ts';
import { wordList } from './word-list.ts';

/** Words that begin what is asked, after a comma. */
const QUESTION_WORDS =
  'so|but|and|could|can|what|how|which|why|is|are|do|does|did|show|give|tell|please|pls|i need|i want|number|thanks|thank|need|asking|if';
/** Where one clause ends and the next begins. */
const CLAUSE = new RegExp(
  [
    '(?<=[.!?;])\\s+',
    '(?<=\\p{L}{2}[.!?])(?=\\p{Lu}\\p{L})',
    ':\\s+',
    '\\s+[–—-]{1,2}\\s+(?=\\p{L}{3})',
    `,\\s+(?=(?:${QUESTION_WORDS})\\b)`,
    '\\)\\s',
    '\\s\\(',
  ].join('|'),
  'gu',
);

/** How a reason, a greeting or a time begins that stands before a comma. */
const PREAMBLE = [
  'since|because|as|in order to|before|while|after|if|when|given|with|to|for (?:the|my|our|a)',
  'i|im|ive|id|we|weve|were|my|our|not sure|just|quick|hope|hoping|sorry|thanks',
  'hi|hey|hello|good|dear|morning|yesterday my|yesterday our|today my|today we|today i',
].join('|');
const LEADING_COMMA = new RegExp(`^(?:${PREAMBLE})\\b[^,]*,\\s+`, 'iu');

/** How people come to what they ask: "I'd like to know how many …". */
const ASKS_TO_KNOW = [
  'asked(?: me| us)?(?: \\w+ \\w+)?|asking(?: me| us)?|wonder(?:ing)?|remind me|figure out',
  '(?:want|wants|wanted|like|love|need|needs|able|trying|happy|curious|good|nice|helpful|great) to (?:know|see|find out|learn|understand|hear|check)',
  'tell (?:me|us)|let (?:me|us) know|(?:do|does) (?:you|we) (?:happen to )?know',
  '(?:can|could|would) (?:you|somebody|someone|anyone|anybody) (?:\\w+ )?(?:check|see|find out|look up|confirm)',
  'any idea|any clue|not sure|curious',
].join('|');
const ASKED = 'how|what|whats|which|why|whether|if|where|the|number|our|is|are|did|does|do|has|have';
const LEAD_IN = new RegExp(`^.*?\\b(?:${ASKS_TO_KNOW})(?: about)?\\s+(?=(?:${ASKED})\\b)`, 'iu');

const MEANING =
  'i mean|i meant|id mean|that is to say|by (?:that|which) i mean|meaning|namely|to be (?:clear|precise|exact|specific)|more precisely|precisely|as in';
/** Said before or after what was meant: "last week I mean", "? I mean drop-offs". In the middle it takes back. */
const AFTERTHOUGHT = new RegExp(
  `(?<=^|[.;?!(–—-])\\s*(?:sorry,? )?(?:${MEANING})[,:]?(?=\\s)|[\\s,]+(?:${MEANING})(?=\\s*(?:[.?!)]*$|,))`,
  'giu',
);

/** What says only that something else begins: "new topic: …". */
const OPENING =
  /^\s*(?:(?:ok|okay|and|so|now|hey|hi|anyway|right)[,\s]+)*(?:on (?:a|an) |a |an )?(?:completely |totally )?(?:new|different|another|separate|unrelated|other|change of) (?:topic|question|subject|thing|note)(?: now)?\s*[:,.;–—-]+\s*/iu;

/**
 * The sentences that ask, and the fragments that limit them ("last month?"). Where no clause names a figure or a kind of
 * answer, everything is kept.
 */
export function focusOn(sentence: Sentence, setting: QuestionSetting): Sentence {
  const asked = sentence.text.replace(OPENING, '').replace(AFTERTHOUGHT, '');
  const clauses = (asked.trim() === '' ? sentence.text : asked)
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
  'on in for at the by per only just and or last please of all each with from vs versus against than compared to one before now a an both about over during since them those but except not same again also too show limit top max list give rows name our this that next did do we have had was were is are there it get got been has dont count include leave ignore exclude excluding without apart other minus skip no',
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
