/** What a dictated question spells in words: "the fifteenth of january", "slash checkout", "p ninety five". */

const ONES = 'one two three four five six seven eight nine'.split(' ');
const FIRSTS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
const DAYS: ReadonlyMap<string, number> = new Map([
  ...FIRSTS.map((word, index) => [word, index + 1] as const),
  ...FIRSTS.slice(0, 9).map((word, index) => [`twenty ${word}`, index + 21] as const),
  ['thirtieth', 30],
  ['thirty first', 31],
]);
const DAY = `(?:(?:twenty|thirty)[ -])?(?:${FIRSTS.join('|')}|thirtieth)`;
const MONTH =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec';
const FIRST_OF_TWO = new RegExp(
  `\\b(?:the )?(${DAY}) (to|and|until|till|through) (?=(?:the )?${DAY} (?:of )?(?:${MONTH})\\b)`,
  'giu',
);
const OF_MONTH = new RegExp(`\\b(?:the )?(${DAY}) (?:of (${MONTH})|(${MONTH.replace('may|', '')}))\\b`, 'giu');
/** "January first", but not "January first week". */
const AFTER_MONTH = new RegExp(
  `\\b(${MONTH}) (?:the )?(${DAY})\\b(?! (?:week|half|quarter|days?|two|three|few|month|time|thing|response|reply|answer)\\b)`,
  'giu',
);
const TEENS: Readonly<Record<string, number>> = { eighteen: 18, nineteen: 19, twenty: 20 };
const YEAR = new RegExp(
  `\\b(?:twenty|two thousand(?: and)?) (eighteen|nineteen|twenty)(?:[ -](${ONES.join('|')}))?\\b(?! (?:days|hours|minutes|percent))`,
  'giu',
);
const PERCENTILES: Readonly<Record<string, string>> = {
  'ninety five': '95',
  'ninety nine': '99',
  ninety: '90',
  fifty: '50',
};
const PERCENTILE = /\bp[ -](ninety[ -]five|ninety[ -]nine|ninety|fifty)\b/giu;
const ROUTE = /\bslash [a-z0-9]+(?: slash [a-z0-9]+)*/giu;

const dayOf = (word: string): string => String(DAYS.get(word.toLowerCase().replace('-', ' ')) ?? word);

/** The text with dates, years, percentiles and routes as they are typed. */
export function asTypedByHand(text: string): string {
  return text
    .replace(FIRST_OF_TWO, (_, day: string, joint: string) => `${dayOf(day)} ${joint} `)
    .replace(OF_MONTH, (_, day: string, of?: string, beside?: string) => `${dayOf(day)} ${of ?? beside ?? ''}`)
    .replace(AFTER_MONTH, (_, month: string, day: string) => `${month} ${dayOf(day)}`)
    .replace(YEAR, (_, tens: string, one?: string) => {
      const ones = one === undefined ? 0 : ONES.indexOf(one.toLowerCase()) + 1;
      return String(2000 + (TEENS[tens.toLowerCase()] ?? 0) + ones);
    })
    .replace(PERCENTILE, (_, words: string) => `p${PERCENTILES[words.toLowerCase().replace('-', ' ')] ?? words}`)
    .replace(ROUTE, (said) => said.replace(/ ?slash /giu, '/').toLowerCase());
}
