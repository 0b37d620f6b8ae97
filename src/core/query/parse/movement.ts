/** Whether a question asks how a figure moved, or for a series of it. */

import { CLEARING } from './cleared.ts';
import type { Mention } from './lexicon.ts';
import { phrases } from './phrases/phrases.ts';
import type { Sentence } from './sentence.ts';

/** What a figure does, or is, in a direction. */
const MOVES =
  'go|goes|going|gone|went|moved?|moving|shoot|shot|trend(?:ed|ing)|pick\\w*|climb\\w*|get|getting|got|are|is|was|were';

/** "better", "dropped", "has it gone up": compared with the period before. */
const MOVEMENT = phrases`
  better|worse|improv\w+|worsen\w*|deteriorat\w+|recover\w*
  increas\w+|gr[eo]w(?:n|ing|th|s)?|ris(?:e|en|es|ing)|rose|jump(?:ed|ing)?|spik(?:e|ed|ing)
  decreas\w+|fall(?:en|ing|s)?|fell|drop(?:ped|ping)?|declin(?!ed (?:cards?|payments?))\w+|dip(?:ped|ping)?
  chang(?:e|ed|es|ing)|(?:slower|faster)(?! than \d)
  (?:${MOVES}) (?:up|down|higher|lower|worse|better|slower|faster)
  up or down|down or up
  more or (?:less|fewer)|did (?:more|fewer|less)
  (?:fewer|more|less) [\w ]{0,30}than (?:before|usual|normal)
`;

/** "compared to the two before", "than earlier": with the period before, where no time names another. */
const EARLIER =
  /\b(?:compared?|comparison|vs|versus|against|than|relative) (?:to |with )?(?:the |it was |what it was )?(?:\w+ )?(?:before|earlier|previously|prior|preceding|previous)\b/;

/** "Drop the platform" is an order. */
const DROPPING = /^(?:(?:and|ok|now|please|just|then) )*drop (?:the|that|this|all)\b/u;

/** Whether the words ask how a figure moved. "drop-offs" and "top risers" are no movement. */
export function asksForMovement({ tokens }: Sentence, values: readonly Mention[]): boolean {
  const isValue = (at: number): boolean => values.some(({ first, end }) => first <= at && at < end);
  const plain = tokens.flatMap(({ taken, word }, at) => (taken || isValue(at) ? [] : [word])).join(' ');
  return (
    EARLIER.test(plain) ||
    MOVEMENT.test(
      plain
        .replace(CLEARING, ' ')
        .replace(DROPPING, ' ')
        .replace(/\bdrop(?:ped|ping)? ?(?:offs?|outs?)\b/g, ' '),
    )
  );
}

/** "The busiest day" is found among the days. */
const RANKED_UNIT =
  /\b(?:busiest|quietest|worst|best|peak|slowest|highest|lowest|biggest) (?:(?!last|this|past|previous|per|each|every|the|a|in|of|for|on|by|next|one|same|over|since|during|and)\p{L}+ ){1,2}(hour|day|week|month)\b/u;
const EXTREME_UNIT =
  /\b(?:busiest|quietest|worst|best|peak|slowest|highest|lowest|which|what) (hour|day|week|month)\b(?! (?:was|is) it)/u;
const SERIES = phrases`
  trends?|trend ?line|over time|time ?series|timeline|day by day
  chart(?:ed)?|graph|plot(?:ted)?|curve|sparkline
  evolution|evolve\w*|histor(?:y|ical|ically)
`;

const isGrain = (unit: string | undefined): unit is 'hour' | 'day' | 'week' | 'month' =>
  unit === 'hour' || unit === 'day' || unit === 'week' || unit === 'month';

/** The grain that words other than time give: DAU, a trend, a chart. */
export function readGrain({ plain: typed, whole }: Sentence): 'hour' | 'day' | 'week' | 'month' | 'series' | null {
  const plain = typed.replace(/\b(?:no|not|dont|without|never)(?: \w+){0,2} (?:chart|graph|plot|trend)s?\b/gu, ' ');
  if (/\b(?:dau|daus)\b/.test(plain)) return 'day';
  if (/\b(?:wau|waus)\b/.test(plain)) return 'week';
  if (/\b(?:mau|maus)\b/.test(plain)) return 'month';
  const extreme = (EXTREME_UNIT.exec(whole) ?? RANKED_UNIT.exec(whole))?.[1];
  if (isGrain(extreme)) return extreme;
  const cut = /\b(?:by|per|and|split by) \w+(?: \w+)? and (hour|day|week|month)s?\b/.exec(typed)?.[1];
  if (isGrain(cut)) return cut;
  return SERIES.test(plain) ? 'series' : null;
}
