/** Names from outside as a picture can show them: letters its fonts have, short, on one line. */

/** Scripts of the fonts that charts are drawn with. */
const DRAWABLE =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}\p{Script=Arabic}\p{Nd}\u0020-\u007e\u00a0-\u00ff\u2010-\u2027\u20ac]/u;
/** Joined emoji and their parts, and what only steers a text's direction. */
const UNDRAWN =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\p{Variation_Selector}|\p{Default_Ignorable_Code_Point}|\p{Me}/u;
const MARK = /\p{M}/u;
const MOST_MARKS = 2;

/**
 * The name with emoji and control characters left out, and "…" for letters that the fonts lack.
 * @param instead what stands for a name of which nothing is left.
 */
export function drawableName(name: string, limit: number, instead: string): string {
  const kept: string[] = [];
  let marks = 0;
  for (const character of name.normalize('NFC').replace(/\s/gu, ' ')) {
    // To Unicode digits and # are parts of emoji: below U+0100 nothing is taken for one.
    if (character > '\u00ff' ? UNDRAWN.test(character) : character < ' ' || character === '\u007f') continue;
    marks = MARK.test(character) ? marks + 1 : 0;
    if (marks > 0) {
      if (kept.length > 0 && kept.at(-1) !== '…' && marks <= MOST_MARKS) kept.push(character);
    } else if (DRAWABLE.test(character)) kept.push(character);
    else if (kept.at(-1) !== '…') kept.push('…');
  }
  const text = kept.join('').replace(/ {2,}/g, ' ').trim();
  return /[\p{L}\p{N}]/u.test(text) ? shortenMiddle(text, limit) : instead;
}

/** A long name with its middle cut, whole characters with their marks. */
function shortenMiddle(text: string, limit: number): string {
  const characters = [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);
  if (characters.length <= limit) return text;
  const head = Math.ceil((limit - 1) * 0.6);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (limit - 1 - head)).join('')}`;
}
