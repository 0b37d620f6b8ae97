/** Undoes the disguises that hide words from a reader and from nobody else. */

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};
/** Words of ours in which digits are meant. */
const MEANT = /^(?:p\d+|d\d+|q[1-4]|h[12]|v\d.*|s\d|w\d+|\d+(?:st|nd|rd|th|d|h|w|m|xx|s|am|pm|k|min|days?)|[1-5]xx)$/i;
const TWINS: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ԁ: 'd',
  ո: 'n',
  ɡ: 'g',
  ѵ: 'v',
};

/** The text without comments within words, entities, look-alike letters and digits for letters. */
export function undisguised(text: string): string {
  return text
    .replace(/\/\*.*?\*\//g, '')
    .replace(/&#x([0-9a-f]{2,5});/gi, (_, code: string) => letterOf(Number.parseInt(code, 16)))
    .replace(/&#(\d{2,6});/g, (_, code: string) => letterOf(Number(code)))
    .replace(/[\u0400-\u052f\u0250-\u02af\u0561-\u0587]/gu, (letter) => TWINS[letter] ?? letter)
    .replace(/(?<![\w/.@-])(?=[\w$@]*\p{L})(?=[\w$@]*[\d$@])[\w$@]{3,}(?![\w/@-]|\.\w)/gu, (word) =>
      MEANT.test(word) || word.includes('_') ? word : word.replace(/[0134579@$]/g, (sign) => LEET[sign] ?? sign),
    );
}

const letterOf = (code: number): string => (code > 31 && code < 0x10ffff ? String.fromCodePoint(code) : ' ');
