/** How wide text comes out: near enough to choose a size, since fonts are known only where the picture is made. */

const NARROW = /[iljtfrI1.,:;'|!()[\]/ -]/;
const WIDE = /[mwMW@%—…]/;

/** A text with such letters is set whole in the font that has them, which is wider. */
const OTHER_FONT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Armenian}\p{Script=Georgian}]/u;
const WIDER = 1.2;

/** In pixels, for Inter's semi-bold; its regular is a little narrower. */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text)
    ems += NARROW.test(character) ? 0.34 : WIDE.test(character) ? 0.9 : /[A-Z0-9]/.test(character) ? 0.67 : 0.59;
  return ems * size * (OTHER_FONT.test(text) ? WIDER : 1);
}

/** The text cut at its end so that it fits. */
export function clipToWidth(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

export interface FittedText {
  size: number;
  lines: string[];
}

/** The text in one line of the largest size it fits in, else in two lines of the smallest, as even as they can be. */
export function fitText(text: string, width: number, sizes: readonly number[]): FittedText {
  const smallest = sizes.at(-1) ?? 16;
  const size = sizes.find((one) => textWidth(text, one) <= width);
  if (size !== undefined) return { size, lines: [text] };
  const words = text.split(' ');
  let taken = 0;
  while (taken < words.length && textWidth(words.slice(0, taken + 1).join(' '), smallest) <= width) taken += 1;
  if (taken === 0) return { size: smallest, lines: [clipToWidth(text, smallest, width)] };
  const split = (at: number): [string, string] => [words.slice(0, at).join(' '), words.slice(at).join(' ')];
  const wider = (lines: readonly string[]): number => Math.max(...lines.map((line) => textWidth(line, smallest)));
  let even = split(taken);
  for (let at = taken - 1; at > 0 && wider(split(at)) < wider(even); at -= 1) even = split(at);
  return { size: smallest, lines: [even[0], clipToWidth(even[1], smallest, width)] };
}
