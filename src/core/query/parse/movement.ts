/** Whether a question asks how a figure moved, or for a series of it. */
import type { Mention } from './lexicon.ts';
import type { Sentence } from './sentence.ts';

/** "better", "dropped", "has it gone up": compared with the period before. */
const MOVEMENT =
  /\b(?:better|worse|improv\w+|worsen\w*|deteriorat\w+|increas\w+|decreas\w+|gr[eo]w(?:n|ing|th|s)?|ris(?:e|en|es|ing)|rose|fall(?:en|ing|s)?|fell|drop(?:ped|ping)?|declin\w+|(?:go|goes|going|gone|went|moved?|moving|shoot|shot|trend(?:ed|ing)|pick\w*|climb\w*|get|getting|got|are|is|was|were) (?:up|down|higher|lower|worse|better|slower|faster)|up or down|down or up|chang(?:e|ed|es|ing)|slower|faster|jump(?:ed|ing)?|recover\w*|spik(?:e|ed|ing)|dip(?:ped|ping)?|more or (?:less|fewer)|did (?:more|fewer|less)|(?:fewer|more|less) [\w ]{0,30}than (?:before|usual|normal))\b/;

/** "compared to the two before", "than earlier": with the period before, where no time names another. */
const EARLIER =
  /\b(?:compared?|comparison|vs|versus|against|than|relative) (?:to |with )?(?:the |it was |what it was )?(?:\w+ )?(?:before|earlier|previously|prior|preceding|previous)\b/;

/** Whether the words ask how a figure moved. "drop-offs" and "top risers" are no movement. */
export function asksForMovement({ tokens }: Sentence, values: readonly Mention[]): boolean {
  const isValue = (at: number): boolean => values.some(({ first, end }) => first <= at && at < end);
  const plain = tokens.flatMap(({ taken, word }, at) => (taken || isValue(at) ? [] : [word])).join(' ');
  return EARLIER.test(plain) || MOVEMENT.test(plain.replace(/\bdrop(?:ped|ping)? ?(?:offs?|outs?)\b/g, ' '));
}

/** The grain that words other than time give: DAU, a trend, a chart. */
export function readGrain({ plain: typed, whole }: Sentence): 'hour' | 'day' | 'week' | 'month' | 'series' | null {
  const plain = typed.replace(/\b(?:no|not|dont|without|never)(?: \w+){0,2} (?:chart|graph|plot|trend)s?\b/gu, ' ');
  if (/\b(?:dau|daus)\b/.test(plain)) return 'day';
  if (/\b(?:wau|waus)\b/.test(plain)) return 'week';
  if (/\b(?:mau|maus)\b/.test(plain)) return 'month';
  const extreme =
    /\b(?:busiest|quietest|worst|best|peak|slowest|highest|lowest|which|what) (hour|day|week|month)\b(?! (?:was|is) it)/.exec(
      whole,
    )?.[1];
  if (extreme === 'hour' || extreme === 'day' || extreme === 'week' || extreme === 'month') return extreme;
  const cut = /\b(?:by|per|and|split by) \w+(?: \w+)? and (hour|day|week|month)s?\b/.exec(typed)?.[1];
  if (cut === 'hour' || cut === 'day' || cut === 'week' || cut === 'month') return cut;
  return /\b(?:trends?|trend ?line|over time|time ?series|chart(?:ed)?|graph|plot(?:ted)?|timeline|curve|evolution|evolve\w*|histor(?:y|ical|ically)|day by day|sparkline)\b/.test(
    plain,
  )
    ? 'series'
    : null;
}
