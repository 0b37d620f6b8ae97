/** A cut by something that is no dimension here: "errors by star sign". */
import { findMetric } from '../../catalogue/index.ts';
import type { MetricQuery } from '../metric-query.ts';
import { PLAIN_WORDS } from './plain-words.ts';
import type { Sentence } from './sentence.ts';
import type { Token } from './tokens.ts';
import { wordList } from './word-list.ts';

const CUTTING = wordList('by per');
/** "For each …", "split between …" */
const EACH = /\b(?:for each|for every|split between|split across|broken down into|in terms of|as a function of) $/u;
const ARTICLES = wordList('the a an each every our their its his her single individual different all and of');
/** Words after "by" or "per" that cut nothing. */
const NO_CUT = wordList(
  `far chance default hand way now then how what me us you itself themselves any most more much less than about around
  volume count number numbers name default mistake accident itself percent cent pct se someone somebody everyone half double
  size value total order one two three ten hundred thousand million it that this which whom those these them lack some nobody mail email sms share amount descending ascending desc asc`,
);
/** "Blocked by", "caused by": no cut, unless it is a word for cutting. */
const DONE_BY =
  /^(?:hit|driven|seen|made|given|sent|taken|shown|caught|hurt|struck|bitten|beaten|built|gone|up|down|rose|fell|grew|drop|divided|\w+ed)$/u;
const CUT_BY =
  /^(?:grouped|split|segmented|divided into|bucketed|sliced|diced|categori[sz]ed|classified|separated|sorted|ordered|ranked|cut|down)$/u;
/** Where what follows "by" ends. */
const ENDS = wordList(
  `on in for at from to with without of over during since until between and or then instead again too only please now first last also as vs versus
  compared against by per than this that is are was were did do does have has had not but where when who which what if so pls just both descending ascending desc asc worst best highest lowest most least top bottom sorted ordered ranked limit`,
);
/** Words that make something else of what stands before them: "cart size", "signup month". */
const MAKES_OTHER =
  /^(?:sizes?|age|roles?|value|length|width|weight|height|colou?rs?|months?|weeks?|years?|dates?|count|owner|position|depth|tenure|domain|provider|supplier|manager|founder|region|country|city)$/u;

/** "Which widget has the most errors": ranked by what we know nothing of. */
const DOES =
  /^(?:is|are|was|were|has|have|had|does|do|did|gets?|got|causes?|caused|throws?|threw|sees?|saw|makes?|brings?|brought|produces?|generates?)$/u;
const isOfMany = (token: Token | undefined): boolean => token?.word === 'of' || token?.word === 'one';

/** What an answer is to be cut by that we know nothing of, as written. */
export function findUnknownCut(
  sentence: Sentence,
  { metric, surface, filters }: Pick<MetricQuery, 'surface' | 'filters'> & { metric: string },
): string | undefined {
  const { tokens } = sentence;
  const which = tokens.findIndex(({ word, taken }, at) => word === 'which' && !taken && !isOfMany(tokens[at + 1]));
  const kind = tokens[which + 1];
  if (which !== -1 && kind && !kind.taken && !PLAIN_WORDS.has(kind.stem) && !PLAIN_WORDS.has(kind.word))
    if (DOES.test(tokens[which + 2]?.word ?? '') && !isMeant(sentence, kind)) return kind.text;
  for (const [at, token] of tokens.entries()) {
    if (token.taken || !isCutting(tokens, at)) continue;
    const phrase = phraseFrom(sentence, at + 1);
    const [first] = phrase;
    const head = phrase.at(-1);
    if (first === undefined || head === undefined) continue;
    if (isOfMetric(first, metric)) continue;
    const written = phrase.map(({ text }) => text).join(' ');
    const isPage = surface === null && filters.surface === undefined && namesOnlyPage(sentence, first);
    if (isPage || (!isMeant(sentence, first) && !NO_CUT.has(first.word) && !/^\d/u.test(first.word))) return written;
    const isOther = phrase.length > 1 && !isMeant(sentence, head) && MAKES_OTHER.test(head.word);
    if (isOther) return written;
  }
  return undefined;
}

/** "Time per session": what the metric is called after. */
export function isOfMetric({ word }: Token, metric: string): boolean {
  const { label = '', synonyms = [] } = findMetric(metric) ?? {};
  return [label, ...synonyms].join(' ').toLowerCase().split(' ').includes(word);
}

function isCutting(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? '';
  const before = tokens[at - 1]?.word ?? '';
  if (CUTTING.has(word)) return word === 'per' || CUT_BY.test(before) || !DONE_BY.test(before);
  const until = tokens
    .slice(Math.max(0, at - 3), at + 1)
    .map((one) => `${one.word} `)
    .join('');
  return EACH.test(until);
}

/** The words that belong to what follows, up to what is understood as time or begins something else. */
function phraseFrom({ tokens }: Sentence, from: number): Token[] {
  let at = from;
  while (ARTICLES.has(tokens[at]?.word ?? '')) at += 1;
  const phrase: Token[] = [];
  for (; at < tokens.length && phrase.length < 3; at += 1) {
    const token = tokens[at];
    if (!token || token.taken || ENDS.has(token.word)) break;
    phrase.push(token);
  }
  return phrase;
}

/** "By invoice": a page is called so, and none is asked about. */
function namesOnlyPage({ tokens, mentions }: Sentence, token: Token): boolean {
  const at = tokens.indexOf(token);
  const mention = mentions.find(({ first, end }) => first <= at && at < end);
  return mention?.meanings.every(({ kind }) => kind === 'surface') === true;
}

function isMeant({ tokens, mentions }: Sentence, token: Token): boolean {
  const at = tokens.indexOf(token);
  return mentions.some(({ first, end }) => first <= at && at < end) || (token.taken && !PLAIN_WORDS.has(token.word));
}
