/** How people ask to read single tickets or errors. */
import { phrases } from './phrases.ts';

const TEXTS =
  '(?:tickets?|complaints?|errors?|exceptions?|crash(?:es)?|stack ?traces?|support requests?|conversations?|messages?|quotes?|reports? from (?:users|customers)|feedback|bug reports?|cases|failures?|logs?|texts?)';
const PEOPLE =
  '(?:people|ppl|users?|customers?|clients?|folks|they|everyone|visitors?|companies|accounts?|buyers?|support|enterprise|starter|growth|free)';
export const EXAMPLES = phrases`
  (?:show|give|list|read|see|pull up)(?: me| us)? (?:the |all |any |all the )?(?:\w+ )?(?:tickets|complaints|conversations) (?:about|regarding|mentioning|that mention|saying)
  examples?
  (?:single |individual )?(?:ticket|error|complaint|message) texts?
  sample
  samples
  verbatims?
  (?:any|some|a few) quotes (?:about|on|from)
  ^(?:the |a |any )?(?:latest|newest|most recent|last) (?:\w+ )?(?:ticket|error|complaint|exception|crash|stack ?trace)\b(?! (?:rate|count|signature|topic|type))
  (?:show|read|see|give|get|find|view|pull up|pull|list|quote|display|open|fetch|bring up|look at|paste|print|share)(?: me| us)? (?:\w+ ){0,4}?(?:some|a few|one|two|three|four|five|\d|a couple|couple|the latest|latest|newest|recent|last|the most recent|actual|individual|real|raw|typical|representative|the last|random|single|the newest|most recent|a|an) (?:\w+ ){0,5}?${TEXTS}
  what (?:do|does|did) (?:the |these |those )?(?:\w+ )?(?:tickets?|complaints?|errors?|messages?|customers write) (?:\w+ )?(?:say|look like|read)
  (?:error|exception) messages?
  stack ?traces?
  (?:read|quote)(?: me| us| out)? (?:some|a few|the|them|those|these|it|one|two|three|four|five|\d|out)
  show(?: me)? (?:some|a few|them|one)$
  let me (?:read|see)
  word for word
  in their own words
  exact words
  what (?:\w+ ){0,2}(?:${PEOPLE}) (?:actually )?(?:wrote|write|said|say)
  what (?:did|do|does|are|have) (?:\w+ ){0,3}(?:actually )?(?:wrote|write|writing|written|said|say|saying|tell us|telling us) (?:\w+ )*about \w
`;
