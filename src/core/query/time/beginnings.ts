/** The words time language can begin with: all other places in a text are passed over without a look. */
import type { Token } from './tokens.ts';
import { monthOf, unitOf, weekdayNamed } from './vocabulary.ts';

const WORDS = new Set(
  [
    'last past previous prior preceding this these those current ongoing next following subsequent same earlier',
    'today yesterday tomorrow tonight overnight now right so currently recently lately all ever weekend',
    'morning afternoon evening night noon midday midnight at around about',
    'first second third fourth fifth final early mid middle late beginning start end half',
    'from between since starting until after before up by previously',
    'a an couple few several dozen hundred fortnight full complete whole entire calendar rolling consecutive',
    'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen',
    'eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety',
    'wtd mtd qtd ytd wow mom dod yoy qoq w m d y q',
    'versus against compared compare compares comparison relative than over period window',
    'hourly daily weekly monthly trend trends trending trended trendline timeline timeseries evolution time',
    'per each every which what busiest worst best peak slowest biggest quietest highest lowest calmest top noisiest',
    '/',
  ]
    .join(' ')
    .split(' '),
);

/** Whether a piece of time language can begin with this token. */
export function canBegin({ kind, word }: Token): boolean {
  if (kind === 'opaque' || kind === 'end') return false;
  if (kind !== 'word' && kind !== 'sign') return true;
  return WORDS.has(word) || (unitOf(word) ?? monthOf(word) ?? weekdayNamed(word)) !== undefined;
}
