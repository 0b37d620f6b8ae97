/** A page that nothing has ever named: said, and the nearest ones offered. */
import { joinWords } from '../../facts/render.ts';
import { bodyOf, plain, strong } from '../answer/spans.ts';
import { nearestOf } from '../answer/unknown-value.ts';
import type { AnswerBody } from '../answer-body.ts';
import type { MetricQuery } from '../metric-query.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** @param phrase the question about another page. Null where the page is known, or a pattern, or none is named. */
export function unknownPage(
  { surface }: Pick<MetricQuery, 'surface'>,
  { surfaces }: Vocabulary,
  phrase: (page: string) => string,
): AnswerBody | null {
  if (surface === null || surface.includes('*') || surfaces.length === 0 || surfaces.includes(surface)) return null;
  const nearest = nearestOf(surface, surfaces);
  return bodyOf(
    [strong(`I know no page ${surface}.`), plain(nearest.length === 0 ? '' : ` Nearest: ${joinWords(nearest)}.`)],
    {
      followUps: nearest.map((page) => ({ label: page.slice(0, 75), question: phrase(page) })),
    },
  );
}
