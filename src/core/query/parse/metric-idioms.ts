/** Ways to ask for a metric that are more than its name: "how many companies did we lose". */
import { DERIVED_FIGURES } from './idioms/derived-figures.ts';
import { EVENT_FIGURES } from './idioms/events.ts';
import { PEOPLE_FIGURES } from './idioms/people.ts';

/** The first that fits wins; read on the words of a question, lower case, without marks. */
const IDIOMS = [...DERIVED_FIGURES, ...PEOPLE_FIGURES, ...EVENT_FIGURES];

/** The metric an idiom of the question asks for; undefined where none does. */
export function metricOfIdiom(plain: string): string | undefined {
  return IDIOMS.find(({ pattern }) => pattern.test(plain))?.metric;
}
