/** What the words of a reply take back. */
import type { Sentence } from './sentence.ts';

/** Which dimensions' limits the words take back: "remove the ios filter", "overall". */
export function clearedBy({ plain, mentions }: Sentence): (dimension: string) => boolean {
  if (OVERALL.test(plain)) return () => true;
  if (!CLEARING.test(plain) && !ALL_OF.test(plain)) return () => false;
  const named = mentions.flatMap(({ meanings }) =>
    meanings.flatMap((one) =>
      one.kind === 'value' ? [one.dimension] : one.kind === 'dimension' ? [one.id] : one.kind,
    ),
  );
  return (dimension) => named.length === 0 || named.includes(dimension);
}

export const TOTAL =
  /\b(?:in total|altogether|combined|summed up|all together)\b|^(?:and |ok |just |the )*(?:total|sum|grand total)$/u;
const OVERALL =
  /\b(?:overall|everything|all of (?:it|them)|everywhere|for all|no filters?|whole product|all pages|all surfaces)\b/u;
const ALL_OF = /^(?:and |ok |now |for |across |on )*all (?:the |our )?\w+$/u;
export const CLEARING =
  /\b(?:remove|drop|clear|lose|without|forget|reset|undo|no) (?:the |that |all )?(?:\w+ ){0,2}(?:filters?|split|breakdown|limit|restriction|grouping)\b/u;
