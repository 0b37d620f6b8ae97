/** How people ask what tickets are about in bulk. */
import { phrases } from './phrases.ts';

const PEOPLE =
  '(?:people|ppl|users?|customers?|clients?|folks|they|everyone|visitors?|companies|accounts?|buyers?|support|enterprise|starter|growth|free)';
export const TICKETS = phrases`
  (?:what|which) (?:ticket )?(?:topics?|subjects?) (?:do|does|did|are|come|came|keep|kept|dominate\w*|pop up|show up)(?! (?:\w+ )*(?:most|have))
  (?<!(?:by|per|of the|each) )themes
  what (?:do|does|did|are|is|were|have|has) (?:\w+ ){0,4}?${PEOPLE} (?:\w+ ){0,5}?(?:complain\w*|moan\w*|unhappy|(?:saying|say|write|wrote|writing)(?! (?:\w+ )*about \w)|tell|told|telling|asking|ask|upset|report\w*|contact\w*|struggl\w*|want\w*|annoyed|frustrat\w*|hearing|hear|raise|raising|angry|grumbl\w*|mention\w*|talk\w*|having trouble|dislike|hate|need help|request\w*)
  what (?:\w+ ){0,3}(?:problems|issues|things|stuff|topics|questions|trouble|kinds? of \w+) (?:\w+ ){0,3}?(?:do|does|did|are|is|have) (?:\w+ ){0,4}(?:write|contact|report|raise|complain|ask|writing|contacting|reporting|raising|complaining|asking|have|having|bring|mention\w*|come)
  (?:support |ticket |complaint |main |common |top |recurring |biggest |key |the |new |emerging )*(?:ticket|complaint|support|customer feedback|feedback) ?(?:themes?|topics?|trends|summary|digest|roundup|recap|categories)
  themes? (?:in|of|from|for|across|among)
  (?:main|common|recurring|biggest|key|top|new|emerging|most frequent|frequent) (?:\w+ )?(?:themes?|complaints?|topics?|pain points?|grievances|gripes|frustrations|requests from)
  pain points?
  (?:summari[sz]e|summary of|sum up|recap|overview of|digest of|roundup of|tl ?dr|gist of|cluster|group) (?:\w+ ){0,5}?(?:tickets?|complaints?|support|feedback|conversations?)
  voice of (?:the )?customer
  what (?:is|are|was|were) (?:\w+ ){0,2}(?:tickets?|complaints?|support (?:requests?|cases|tickets)) (?:\w+ ){0,3}?about
  what (?:is|was|has|are|were) (?:the |our )?(?:support|help ?desk|service desk) (?:team |desk |people )?(?:been )?(?:hearing|seeing|dealing|busy|getting|answering|handling|told|asked|facing|fielding)
  what (?:\w+ ){0,8}?(?:tickets?|complaints?|support requests?|support cases|feedback) (?:\w+ ){0,5}?(?:is|are|was|were|has been|have been) (?:\w+ ){0,2}?about
  what (?:are|were) (?:\w+ ){0,4}(?:tickets?|complaints?) (?:\w+ ){0,3}?about
  tickets? themes?
  complaints? about what
  why (?:do|are|did) (?:\w+ ){0,3}(?:contact|contacting|writing to|write to) (?:us|support)
  customer feedback
  unhappy about
`;
