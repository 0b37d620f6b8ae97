/** What the words of a reply take back. */
import type { MetricQuery } from '../metric-query.ts';
import { meant, type Sentence } from './sentence.ts';
import { wordList } from './word-list.ts';

const VERB =
  '(?:remove|drop|clear|lose|without|forget|reset|undo|no|no more|ignore|skip|scrap|cancel|get rid of|take off|take away|leave out)';
const LITTLE = '(?:the |that |this |all |any |my |those )*';
const LIMITS = '(?:filters?|split|breakdown|limits?|restrictions?|grouping|segments?|segmentation)';
/** "drop the filter", "remove the ios filter", "no split". */
export const CLEARING = new RegExp(`\\b${VERB} ${LITTLE}(?:\\w+ ){0,2}?${LIMITS}\\b`, 'u');
const UNCOMPARED = new RegExp(
  `\\b${VERB} ${LITTLE}(?:\\w+ ){0,2}?(?:comparisons?|compar(?:e|ing))\\b|\\b(?:dont|do not|stop|not) compar(?:e|ing)\\b|\\bwithout (?:the )?(?:week|month|day|period|one|year) before\\b`,
  'u',
);
/** The verb alone, before what it takes back: "without the category", "ignore the plan". */
const TAKING_BACK = new RegExp(`^(?:(?:and|ok|now|please|just|then) )*${VERB} ${LITTLE}$`, 'u');
export const TOTAL =
  /\b(?:in total|altogether|combined|summed up|all together)\b|^(?:and |ok |just |the )*(?:total|sum|grand total)$/u;
const OVERALL =
  /\b(?:overall|everything|all of (?:it|them)|everywhere|for all|no filters?|whole product|all pages|all surfaces)\b/u;
const ALL_OF = /^(?:and |ok |now |for |across |on |in )*(?:all|any|every) (?:the |our )?\w+$/u;
const EVERYBODY = /\b(?:everyone|everybody)\b/u;
const CUTS = /\b(?:split|breakdown|grouping|segmentation)\b/u;

/** Whether the comparison is taken back: "forget the comparison". */
export const dropsComparison = ({ plain }: Sentence): boolean => UNCOMPARED.test(plain);

/**
 * Which dimensions' limits the words take back: "remove the ios filter", "overall". `group` is the cut.
 * @param query the thread's: "the filter" is the page only where nothing else limits.
 */
export function clearedBy(sentence: Sentence, query: MetricQuery): (dimension: string) => boolean {
  const { plain, mentions } = sentence;
  const back = takenBack(sentence);
  if (back.length > 0) return (dimension) => back.includes(dimension);
  if (CLEARING.test(plain) && !NO_FILTERS.test(plain)) {
    const named = mentions.flatMap(({ meanings }) =>
      meanings.flatMap((one) =>
        one.kind === 'value' ? [one.dimension] : one.kind === 'dimension' ? [one.id] : one.kind,
      ),
    );
    if (named.length > 0) return (dimension) => named.includes(dimension);
    if (CUTS.test(plain)) return (dimension) => dimension === 'group';
    const limited = Object.keys(query.filters).length > 0;
    return (dimension) => dimension !== 'group' && (dimension !== 'surface' || !limited);
  }
  if (OVERALL.test(plain)) return () => true;
  if (ALL_OF.test(plain)) {
    const named = meant(mentions, 'dimension').map(({ meaning }) => meaning.id);
    return (dimension) => named.length === 0 || named.includes(dimension);
  }
  if (EVERYBODY.test(plain)) return (dimension) => ABOUT_PEOPLE.has(dimension);
  return () => false;
}

const NO_FILTERS = /\bno filters?$/u;
const ABOUT_PEOPLE = wordList('plan platform account app_version');

/** Dimensions named right after the verb: nothing else is said. */
export function takenBack({ plain, tokens, mentions }: Sentence): string[] {
  const first = mentions[0];
  if (first === undefined) return [];
  const before = tokens
    .slice(0, first.first)
    .map(({ word }) => `${word} `)
    .join('');
  if (!TAKING_BACK.test(before) || CLEARING.test(plain)) return [];
  return first.meanings.flatMap((one) => (one.kind === 'dimension' ? [one.id] : []));
}
