/** "More than 100 errors": a bound, which no query holds; its number is neither a status nor a number of rows. */

const NUMBERS =
  '(?:\\d[\\d.,]*\\s?(?:%|\\p{L}{1,2}\\b)?|(?:once|twice|one|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|a hundred|a thousand|half|average|avg|normal|usual|an?(?= (?:minute|hour|day|week|month)))\\b)';
const THAN =
  '(?:more|fewer|less|greater|higher|lower|larger|bigger|smaller|longer|slower|faster|older|newer|younger) than';
const THRESHOLD = new RegExp(
  `(?:\\b(?:${THAN}|at least|at most|above|below|over|under|within|exceed(?:s|ed|ing)?)\\s|[<>]=?\\s?)${NUMBERS}`,
  'iu',
);

/** The bound as written, outside of what is read as time; undefined where there is none. */
export function findBound(text: string, spans: readonly { start: number; end: number }[]): string | undefined {
  const open = spans.reduce(
    (rest, { start, end }) => `${rest.slice(0, start)}${'\u00b7'.repeat(end - start)}${rest.slice(end)}`,
    text,
  );
  const bound = THRESHOLD.exec(open);
  return bound === null ? undefined : text.slice(bound.index, bound.index + bound[0].length).trim();
}

/** Whether a number right after these words is a bound. */
export const endsInBound = (before: string): boolean => BOUND.test(before);

const BOUND =
  /(?:\b(?:more|fewer|less|greater|higher|lower|larger|smaller|longer|slower|faster) than|\bat least|\bat most|\babove|\bbelow|\bover|\bunder|\bexceed(?:s|ed|ing)?|[<>]=?)\s*$/iu;
