/** Whether a question in a thread leans on what was asked before. */
import type { Sentence } from './sentence.ts';
import type { Slots } from './slots.ts';

const LEADING =
  /^(?:(?:ok|okay|hm+|thanks|thank you|great|cool|nice|right|sure|yes|no|so|well|good|alright|perfect|please|pls) )*(?:and|what about|how about|same|also|only|just|now|then|but|or|instead|vs|versus|compared?|by|per|for|on|in|at|with|without|within|excluding|except|from|split|break|broken|show (?:it|that|them|this)|do (?:it|that|the same)|make (?:it|that)|again|chart|plot|graph|as a|over|during|since|between|until|the same|in total|overall|only for|rather|switch|change (?:it|that)|drop the|narrow|limit|filter|group|sort|rank|order|zoom|drill|go|back to|exclude|remove|add|include|against|than|top|bottom|first|last|week|month|day|yesterday|today|this|that|those|these|whats that|is that|was that|is it|was it|are they|were they|did it|did that|has it|has that|does it|does that|which one|which ones|who|whom|whos|why|when|where|how so|how come|but why|week before|previous|prior|next|trend|hourly|daily|weekly|monthly|worst|best|highest|lowest|most|least|all|everything|every|both|the (?:first|second|third|last|other|one|worst|best|top|week|month|day|previous|prior)|it|them|they)\b/u;
const POINTING =
  /\b(?:it|that|this one|those|them|these|there|the same|that page|this page|that one|same page|same (?:period|window|time|thing|question|metric|for)|instead|as well|too|which ones?|of them|of those|of these|then|that was|was that|the ones)\b/u;
const FRESH =
  /\b(?:new (?:topic|question|subject)|different (?:topic|question|subject|thing)|change of (?:topic|subject)|forget (?:that|it|about that|this)|start over|something else|unrelated|on another note|switching (?:topics?|gears)|another (?:topic|question|thing)|moving on|separately|by the way|btw|never ?mind)\b/u;
const SENTENCE =
  /\b(?:how many|how much|how long|what(?:s| is| was| are| were| did)?|which|show me|give me|tell me|compare|list|did|is|are|was|were|do we|does|has|have)\b/u;

/** Whether a question leans on the thread; one that says everything itself does not. */
export function leansOn(sentence: Sentence, slots: Slots, phrased: boolean): boolean {
  const { plain, whole } = sentence;
  if (FRESH.test(whole)) return false;
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
