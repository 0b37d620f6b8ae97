import { numberOf } from './number-words.ts';
import { meant, type Sentence } from './sentence.ts';
import { endsInBound } from './threshold.ts';
import { isPlural } from './tokens.ts';

/** What stands before a number of rows. */
const LIMITING = /^(?:limit|limited|first|only|just|show|list|give|max|maximum|most|top|name|which|what|the|to|of)$/;
const ROWS = /^(?:rows?|results?|entries|lines?|items?|of)$/;
/** What is counted in time is no number of rows. */
const TIME = /^(?:hours?|days?|weeks?|months?|years?|minutes?|pm|am)$/;

/** "Second worst": shown with those before it. */
export const LATER_PLACE =
  /\b(?:second|third|fourth|fifth) (?:most|least|worst|best|highest|lowest|biggest|largest|smallest|busiest|slowest|fastest)\b/u;
const PLACES = ['first', 'second', 'third', 'fourth', 'fifth'];

/** How many groups are asked for, in words other than a ranking's: "which five pages", "limit 5", "five of them". */
export function readLimit(sentence: Sentence): number | null {
  const { tokens, mentions } = sentence;
  const place = LATER_PLACE.exec(sentence.plain)?.[0].split(' ')[0];
  if (place !== undefined) return PLACES.indexOf(place) + 1;
  const dimensions = meant(mentions, 'dimension').filter(({ mention }) => isPlural(tokens[mention.end - 1]));
  for (const [at, token] of tokens.entries()) {
    if (token.taken) continue;
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    if (token.word === 'number' && after?.word === 'one') return 1;
    const number = numberOf(token.word);
    if (
      number === undefined ||
      number === 1 ||
      endsInBound(sentence.text.slice(0, token.start)) ||
      TIME.test(after?.word ?? '')
    )
      continue;
    // "which five pages", "the 5 noisiest endpoints"
    if (dimensions.some(({ mention }) => mention.first === at + 1 || mention.first === at + 2)) return number;
    const ends = after === undefined || after.taken;
    const limited = before !== undefined && !before.taken && LIMITING.test(before.word);
    if (ROWS.test(after?.word ?? '') || limited || (ends && at === tokens.length - 1)) return number;
  }
  return null;
}
