/**
 * Turns of phrase, one a line, as one pattern over plain words. A line is a regular expression; longer lines need not
 * come first, as only whether any fits is asked.
 */
export function phrases(strings: TemplateStringsArray, ...values: readonly string[]): RegExp {
  const lines = String.raw(strings, ...values)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return new RegExp(`\\b(?:${lines.join('|')})\\b`, 'u');
}
