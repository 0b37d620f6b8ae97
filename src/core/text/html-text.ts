/** What people read of a message that a tool keeps as HTML. Every repetition is bounded: time grows with the length. */

/** More than any ticket says; a pasted page is cut. */
const LONGEST = 100_000;

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  rsquo: '’',
  lsquo: '‘',
  rdquo: '”',
  ldquo: '“',
  euro: '€',
};

const invisible = /<(script|style|head)\b[^<>]{0,2000}>[\s\S]{0,50000}?<\/\1\s{0,5}>|<!--[\s\S]{0,50000}?-->/gi;
const lineEnd = /<(?:br|hr)\b[^<>]{0,500}>|<\/(?:p|div|li|tr|h[1-6]|blockquote|ul|ol|table|pre)\s{0,5}>/gi;
const tag = /<\/?[a-z][^<>]{0,5000}>|<![a-z][^<>]{0,500}>/gi;
const entity = /&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi;

/** Tags and comments gone, entities decoded, one line break where a paragraph ends; plain text stays as it is. */
export function htmlText(html: string): string {
  return decodeEntities(html.slice(0, LONGEST).replace(invisible, ' ').replace(lineEnd, '\n').replace(tag, ' '))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/** The addresses that a message links to or spells out, in the order they stand. */
export function linksIn(html: string): string[] {
  return Array.from(html.slice(0, LONGEST).matchAll(link), ([address]) =>
    decodeEntities(address).replace(/[.,;:!?)\]}'"]+$/, ''),
  );
}

const link = /\bhttps?:\/\/[^\s<>"'\\^`{|}]{1,2000}/gi;

function decodeEntities(text: string): string {
  return text.replace(entity, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return valid ? String.fromCodePoint(code) : '\uFFFD';
  });
}
