/**
 * Words of a model for an answer: they may say what the template says, in other words, and nothing more. Figures come
 * from facts alone; what must not get lost (significance, caveats, what speaks against) stays in the template's words.
 */
import { claimOf, RUNGS } from '../../explain/ladder.ts';
import { voiceFault } from '../../explain/voice.ts';
import { bindFacts } from '../../facts/bind.ts';
import type { Fact } from '../../records.ts';
import type { AnswerBody, Span } from '../answer-body.ts';
import { plain, spansText, strong } from './spans.ts';

/** What a model wrote; figures and names as `{{fact:id}}`. */
export interface Told {
  headline: string;
  sentences: readonly string[];
}

export type NarrationRead =
  | { ok: true; headline: readonly Span[]; sentences: readonly (readonly Span[])[] }
  | { ok: false; reason: string };

const LONGEST_HEADLINE = 220;
const LONGEST_SENTENCE = 300;
const MOST_SENTENCES = 4;

/** Puts the figures in, where every check holds; else says in a few words which did not. */
export function bindNarration(told: Told, body: AnswerBody): NarrationRead {
  if (told.sentences.length > MOST_SENTENCES) return { ok: false, reason: `${told.sentences.length} sentences` };
  const texts = [told.headline, ...told.sentences].map((text) => text.trim());
  const template = [body.headline, ...body.sentences].map(spansText).join(' ');
  for (const [index, text] of texts.entries()) {
    if (text === '' || text.length > (index === 0 ? LONGEST_HEADLINE : LONGEST_SENTENCE))
      return { ok: false, reason: `${text.length} characters` };
    const fault = wordFault(text, template);
    if (fault !== null) return { ok: false, reason: fault };
  }
  const bound: string[] = [];
  for (const text of texts) {
    const result = bindFacts(text, body.facts);
    if (!result.ok) return { ok: false, reason: `${result.unbound.length} figures or ids without a fact` };
    bound.push(result.text);
  }
  const [headline = '', ...sentences] = bound;
  const lost = isFixed(body.headline) ? null : lostIn(headline, spansText(body.headline), body.facts);
  if (lost !== null) return { ok: false, reason: lost };
  return {
    ok: true,
    headline: isFixed(body.headline) ? body.headline : [strong(headline)],
    sentences: [...sentences.map((text) => [plain(text)]), ...body.sentences.filter(isFixed)],
  };
}

/** Whether there is anything in an answer to word anew. */
export const isWordable = ({ headline, sentences, facts }: AnswerBody): boolean =>
  facts.length > 0 && [headline, ...sentences].some((spans) => !isFixed(spans));

const isFixed = (spans: readonly Span[]): boolean => spans.some((span) => span.fixed === true);

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

/** A figure of the template's headline, or a word that limits it, which the text leaves out; null where none is lost. */
function lostIn(headline: string, template: string, facts: readonly Fact[]): string | null {
  const figures = facts.filter(
    ({ unit, text }) => unit !== 'name' && unit !== 'date' && /\p{N}/u.test(text) && saysWhole(template, text),
  );
  if (figures.some(({ text }) => !saysWhole(headline, text))) return 'a figure of the headline is lost';
  return LIMITS.some((word) => word.test(template) && !word.test(headline)) ? 'a limit of the headline is lost' : null;
}

const LIMITS = [/\bso far\b/i, /\babout\b/i, /\bat least\b/i, /\bno\b/i, /\bnot\b/i];

/** "2.1%" is not said by "12.1%", nor "12" by "12.5". */
function saysWhole(text: string, figure: string): boolean {
  const escaped = figure.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}.,$€£¥-])${escaped}(?![\\p{L}\\p{N}%]|[.,]\\p{N})`, 'u').test(text);
}
