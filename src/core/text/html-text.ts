/** What people read of a message that a tool keeps as HTML. The time grows with its length, whatever it holds. */

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

const lineEnd = /<(?:br|hr)\b[^<>]{0,500}>|<\/(?:p|div|li|tr|h[1-6]|blockquote|ul|ol|table|pre)\s{0,5}>/gi;
const tag = /<\/?[a-z][^<>]{0,5000}>|<![a-z][^<>]{0,500}>/gi;
const entity = /&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi;

/** Tags and comments gone, entities decoded, one line break where a paragraph ends; plain text stays as it is. */
export function htmlText(html: string): string {
  const visible = withoutInvisible(html.slice(0, LONGEST));
  return decodeEntities(visible.replace(lineEnd, '\n').replace(tag, ' '))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}

/** The addresses that a message links to or spells out, in the order they stand. */
export function linksIn(html: string): string[] {
  return Array.from(html.slice(0, LONGEST).matchAll(link), ([address]) => withoutPunctuation(decodeEntities(address)));
}

const link = /\bhttps?:\/\/[^\s<>"'\\^`{|}]{1,2000}/gi;

const PUNCTUATION = new Set('.,;:!?)]}\'"');

/** What ends the sentence is no part of an address. */
function withoutPunctuation(address: string): string {
  let end = address.length;
  while (end > 0 && PUNCTUATION.has(address.charAt(end - 1))) end -= 1;
  return address.slice(0, end);
}

const hidden = /<(?:!--|(?:script|style|head)\b[^<>]{0,2000}>)/gi;

/** Comments, scripts and styles go with all they hold; one that never ends is a tag like others. */
function withoutInvisible(html: string): string {
  const endless = new Set<string>();
  let visible = '';
  let done = 0;
  for (const start of html.matchAll(hidden)) {
    if (start.index < done) continue;
    const name = /^<([a-z]+)/i.exec(start[0])?.[1]?.toLowerCase() ?? '';
    const end = endless.has(name) ? null : endOf(html, name, start.index + start[0].length);
    if (end === null) endless.add(name);
    else {
      visible += `${html.slice(done, start.index)} `;
      done = end;
    }
  }
  return visible + html.slice(done);
}

/** Of the element, or of a comment where the name is empty. */
function endOf(html: string, name: string, from: number): number | null {
  const closing = name === '' ? /-->/g : new RegExp(`</${name}[^<>]{0,100}>`, 'gi');
  closing.lastIndex = from;
  return closing.test(html) ? closing.lastIndex : null;
}

function decodeEntities(text: string): string {
  return text.replace(entity, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return valid ? String.fromCodePoint(code) : '\uFFFD';
  });
}
