/**
 * Words of a model for an answer: they may say what the template says, in other words, and nothing more. The headline
 * and what must not get lost (significance, caveats, what speaks against) stay in the template's words. A sentence is
 * checked by itself, so that it may be shown before the next one is written.
 */
import { claimOf, RUNGS } from '../../explain/ladder.ts';
import { voiceFault } from '../../explain/voice.ts';
import { bindFacts } from '../../facts/bind.ts';
import type { Fact } from '../../records.ts';
import type { AnswerBody, Span } from '../answer-body.ts';
import { plain, spansText } from './spans.ts';

export type SentenceRead = { ok: true; sentence: readonly Span[] } | { ok: false; reason: string };

const LONGEST_SENTENCE = 300;
/** More than that is no answer for a phone. */
export const MOST_SENTENCES = 4;

/** Puts the figures into a sentence with `{{fact:id}}` in it, where every check holds; else says which did not. */
export function bindSentence(written: string, body: AnswerBody): SentenceRead {
  const text = written.trim();
  if (text === '' || text.length > LONGEST_SENTENCE) return { ok: false, reason: `${text.length} characters` };
  const fault = wordFault(text, [body.headline, ...body.sentences].map(spansText).join(' '));
  if (fault !== null) return { ok: false, reason: fault };
  const bound = bindFacts(text, body.facts);
  if (!bound.ok) return { ok: false, reason: `${bound.unbound.length} figures or ids without a fact` };
  return { ok: true, sentence: [plain(/[.?…]$/.test(bound.text) ? bound.text : `${bound.text}.`)] };
}

/**
 * The sentences of an answer that a model worded, in the order they are shown: its own, then the template's.
 * @param isWhole false where the model's text ended early: then whatever holds a figure or name that it has not said
 * comes from the template.
 */
export function sentencesWith(
  worded: AnswerBody['sentences'],
  { sentences, facts }: AnswerBody,
  isWhole: boolean,
): AnswerBody['sentences'] {
  const said = worded.map(spansText).join(' ');
  const left = sentences.filter((spans) => !isFixed(spans) && !isSaid(spansText(spans), said, facts));
  return [...worded, ...(isWhole ? [] : left), ...sentences.filter(isFixed)];
}

/** Whether an answer leaves a model anything to say; one whose every word has to stay does not. */
export const isWordable = ({ headline, sentences, facts }: AnswerBody): boolean =>
  facts.length > 0 && [headline, ...sentences].some((spans) => !isFixed(spans));

const isFixed = (spans: readonly Span[]): boolean => spans.some((span) => span.fixed === true);

function isSaid(template: string, said: string, facts: readonly Fact[]): boolean {
  const held = facts.filter(({ text }) => saysWhole(template, text));
  return held.length > 0 && held.every(({ text }) => saysWhole(said, text));
}

/** What a text says about why, about directions and about chance: no more than the template does. */
function wordFault(text: string, template: string): string | null {
  const claimed = claimOf(template);
  const most = claimed === 'reversed' ? 'release-aligned' : claimed;
  const claim = claimOf(text);
  const height = (of: typeof claim): number =>
    of === null ? -1 : of === 'reversed' ? RUNGS.length : RUNGS.indexOf(of);
  if (height(claim) > height(most)) return `says ${claim}, the answer ${most ?? 'nothing'}`;
  const side = SIDES.find(({ words }) => words.test(text) && !words.test(template));
  return side === undefined ? voiceFault(text, most) : `says ${side.name}, the answer does not`;
}

/** Words that take a side; a text may take one only with the template. */
const SIDES: readonly { name: string; words: RegExp }[] = [
  {
    name: 'a rise',
    words:
      /\b(?:up|rose|risen|rising|rises?|increas\w*|higher|grew|grown|growing|growth|climb\w*|gain\w*|jump\w*|surg\w*)\b/i,
  },
  {
    name: 'a fall',
    words:
      /\b(?:down|fell|fallen|falling|falls?|decreas\w*|lower|dropped|dropping|declin\w*|shrank|shrunk|slump\w*|plung\w*)\b/i,
  },
  { name: 'better', words: /\b(?:better|improv\w*|healthier|good news|recover\w*)\b/i },
  { name: 'worse', words: /\b(?:worse\w*|degrad\w*|deteriorat\w*|bad news|unhealthy)\b/i },
  { name: 'normal', words: /\b(?:normal\w*|usual|typical|expected|routine|ordinary)\b/i },
  {
    name: 'unusual',
    words: /\b(?:outside|beyond|abnormal\w*|unusual\w*|unexpected\w*|exceptional\w*|remarkabl\w*)\b/i,
  },
  { name: 'significance', words: /\b(?:significan\w*|chance|noise|random\w*|confiden\w*|proves?|proven)\b/i },
  { name: 'alarm', words: /\b(?:alarm\w*|concern\w*|worr\w*|severe\w*|serious\w*|dramatic\w*|sharp\w*|steep\w*)\b/i },
  { name: 'the future', words: /\b(?:will|forecast\w*|predict\w*|likely|probably|soon)\b/i },
  { name: 'other companies', words: /\b(?:industry|benchmark\w*|competitor\w*|market)\b/i },
];

/** "2.1%" is not said by "12.1%", nor "12" by "12.5". */
function saysWhole(text: string, figure: string): boolean {
  const escaped = figure.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}.,$€£¥-])${escaped}(?![\\p{L}\\p{N}%]|[.,]\\p{N})`, 'u').test(text);
}
