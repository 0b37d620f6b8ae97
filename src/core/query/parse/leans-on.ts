/** Whether a question in a thread leans on what was asked before. */
import { phrases } from './phrases/phrases.ts';
import type { Sentence } from './sentence.ts';
import type { Slots } from './slots.ts';

/** Said before a reply, about nothing. */
const NODS = 'ok|okay|hm+|thanks|thank you|great|cool|nice|right|sure|yes|no|so|well|good|alright|perfect|please|pls';
/** How replies begin. */
const OPENERS = phrases`
  and|what about|how about|same|also|only|just|now|then|but|or|instead|rather|again|too
  vs|versus|compared?|against|than
  by|per|for|on|in|at|with|without|within|excluding|except|from
  split|break|broken|drill|narrow|limit|filter|group|sort|rank|order|zoom
  show (?:it|that|them|this)|do (?:it|that|the same)|make (?:it|that)|switch|change (?:it|that)|drop the
  exclude|remove|add|include|go|back to|chart|plot|graph|as a|trend|over|during|since|between|until
  the same|in total|overall|only for|all|everything|every|both
  top|bottom|first|last|worst|best|highest|lowest|most|least
  week|month|day|yesterday|today|week before|previous|prior|next|hourly|daily|weekly|monthly
  this|that|those|these|it|them|they|whats that
  (?:is|was) (?:that|it)|(?:are|were) they|did (?:it|that)|(?:has|does) (?:it|that)
  which one|which ones|who|whom|whos|why|when|where|how so|how come|but why
  the (?:first|second|third|last|other|one|worst|best|top|week|month|day|previous|prior)
`;
const LEADING = new RegExp(`^(?:(?:${NODS}) )*${OPENERS.source}`, 'u');
const POINTING = phrases`
  it|that|this one|those|them|these|there|instead|as well|too|then
  the same|same page|same (?:period|window|time|thing|question|metric|for)
  that page|this page|that one|which ones?|of them|of those|of these|the ones
`;
const FRESH = phrases`
  new (?:topic|question|subject)
  different (?:topic|question|subject|thing)
  another (?:topic|question|thing)
  change of (?:topic|subject)
  switching (?:topics?|gears)
  forget (?:that|it|about that|this)
  start over|something else|unrelated|on another note|moving on|separately|by the way|btw|never ?mind
`;
const SENTENCE = phrases`
  how many|how much|how long|which|what(?:s| is| was| are| were| did)?
  show me|give me|tell me|compare|list
  did|is|are|was|were|do we|does|has|have
`;

/** Whether the words say that something else begins: "new topic", "never mind". */
export const startsAfresh = ({ whole }: Sentence): boolean => FRESH.test(whole);

/** Whether a question leans on the thread; one that says everything itself does not. */
export function leansOn(sentence: Sentence, slots: Slots, phrased: boolean): boolean {
  const { plain, whole } = sentence;
  const own = [
    slots.metric,
    slots.surface,
    slots.window,
    Object.keys(slots.filters).length > 0 || null,
    slots.groupBy.length > 0 || null,
  ].filter((slot) => slot !== null).length;
  if (slots.metric === null && !phrased) return true;
  if (POINTING.test(whole) && !(own >= 3)) return true;
  if (LEADING.test(plain) || LEADING.test(whole)) return !(slots.metric !== null && slots.window !== null && own >= 3);
  if (slots.metric === null) return own <= 1;
  const terse = whole.split(' ').length <= 6 && !SENTENCE.test(plain);
  return terse
    ? own <= 2 && !(slots.window !== null && own >= 2 && slots.metric !== null)
    : slots.window === null && own === 1 && whole.split(' ').length <= 8;
}
