import { wordList } from './word-list.ts';

/** Words that turns of phrase hang on, and that the catalogue does not name: a slip in one of them changes what is asked. */
export const TURN_WORDS: ReadonlySet<string> = wordList(
  `issue issues problem problems example examples sample samples verbatim explain explanation reason reasons cause compare compared comparison
  comparing breakdown filter filters previous biggest largest highest lowest smallest slowest fastest fewest worst trend overview summary exclude
  excluding except without instead number average median percentage yesterday`,
);
