/** "More than 100 errors": a bound, which no query holds; its number is neither a status nor a number of rows. */

const NUMBERS = '(?:\\d+|once|twice|one|two|three|four|five|ten|a hundred)';
export const THRESHOLD = new RegExp(
  `\\b(?:(?:more|fewer|less|greater|higher|lower|larger|smaller|longer|slower|faster) than|at least|at most|above|below|over|under|exceed(?:s|ed|ing)?) ${NUMBERS}\\b`,
  'u',
);

/** Whether a number right after these words is a bound. */
export const endsInBound = (before: string): boolean => BOUND.test(before);

const BOUND =
  /(?:\b(?:more|fewer|less|greater|higher|lower|larger|smaller|longer|slower|faster) than|\bat least|\bat most|\babove|\bbelow|\bover|\bunder|\bexceed(?:s|ed|ing)?|[<>]=?)\s*$/iu;
