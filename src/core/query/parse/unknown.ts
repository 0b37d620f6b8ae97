/** A question in which no metric was found: what it most likely is instead. */
import type { Reason } from '../reading.ts';
import { PLAIN_WORDS } from './plain-words.ts';
import type { Sentence } from './sentence.ts';
import type { Slots } from './slots.ts';
import type { Token } from './tokens.ts';
import { wordList } from './word-list.ts';

export interface Unknown {
  reason: Extract<Reason, 'ambiguous' | 'unsupported_metric' | 'out_of_scope'>;
  about: string;
  /** No better reading would find more in it. */
  isSure: boolean;
}

/** What a question is about that nothing can be told of. */
export const UNKNOWN_MATTER = 'that';

/** "what is our X", "how many X": a figure of something, by a name we do not know. */
const NAMED =
  /\b(?:how many|how much|number of|count of|(?:what(?:s| is| was| are| were)) (?:the|our|my|your)|show (?:me )?(?:the|our)|average|total|percentage of|share of|rate of)\b/u;
const MEASURE =
  /\b(?:rate|score|index|ratio|count|number|average|per \w+|percentage|share|cost|time|value|size|volume)\b/u;

/** Small words of other languages that English has none of. */
const FOREIGN = wordList(
  `wie viele der die das gab gibt es und ist sind war waren fehler gestern heute letzte letzten woche monat auf bei warum wieviele
  zeig mir combien est ce que les des sur hier aujourd hui semaine derniere pourquoi erreurs nous avons quel quelle cuantos cuantas errores
  ayer hoy semana pasada cual por que las los hay en quanti quante errori ieri oggi perche della nella quantos quantas erros ontem hoje
  semana passada hoeveel gisteren vandaag vorige fouten waarom ile bledow wczoraj`,
);

/** Of another language, and no word of ours. */
export const isForeign = ({ word }: Token): boolean => FOREIGN.has(word) && !PLAIN_WORDS.has(word);

/** Words that are neither small ones nor mean anything here. */
export const strangeWords = ({ tokens, mentions }: Sentence): Token[] =>
  tokens.filter(
    ({ taken, word }, index) =>
      !taken && !PLAIN_WORDS.has(word) && !mentions.some(({ first, end }) => first <= index && index < end),
  );

export function findUnknown(sentence: Sentence, slots: Slots): Unknown {
  const { plain, tokens, mentions } = sentence;
  const understood = slots.surface !== null || Object.keys(slots.filters).length > 0 || mentions.length > 0;
  const strange = strangeWords(sentence);
  const name = strange.map(({ text }) => text).join(' ');
  if (tokens.filter(({ word }) => FOREIGN.has(word)).length >= 2)
    return { reason: 'out_of_scope', about: 'questions that are not in English', isSure: true };
  if (strange.length > 0 && (NAMED.test(plain) || MEASURE.test(plain)))
    return { reason: 'unsupported_metric', about: name, isSure: false };
  if (
    understood ||
    sentence.time.window !== null ||
    strange.length === 0 ||
    (strange.length === tokens.length && tokens.length <= 2)
  )
    return { reason: 'ambiguous', about: 'which figure', isSure: false };
  return { reason: 'out_of_scope', about: UNKNOWN_MATTER, isSure: false };
}
