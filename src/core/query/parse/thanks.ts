/** Messages that ask nothing: "ok thanks". */
import type { Sentence } from './sentence.ts';

const NODS = [
  'ok|okay|yes|no|yep|nope|sure|alright|done|noted|got it|will do|good|hm+',
  'thanks|thank you|thx|great|cool|nice|perfect|awesome|interesting|wow|lol|haha',
].join('|');
/** Said after one: "so much", "everyone". Alone these may limit an answer. */
const TO_WHOM = 'so much|a lot|very much|seepass|all|everyone|team|guys';
const THANKS = new RegExp(`^(?:${NODS})(?: (?:${NODS}|${TO_WHOM}))*$`, 'u');

/** Said to people as much as to us. */
export const isOnlyThanks = ({ whole }: Sentence): boolean => THANKS.test(whole);
