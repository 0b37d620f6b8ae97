/** How people ask what can be asked. */
import { phrases } from './phrases.ts';

export const HELP = phrases`
  what can (?:you|i|we|seepass) (?:do|ask|answer|measure|tell)
  what (?:do|can) you (?:know|offer|support|answer|do)
  how (?:do|can|should) (?:i|we) (?:use|ask|talk to) (?:you|this|seepass|the bot)
  what (?:kinds? of |sort of |type of |other )?(?:questions|metrics|commands|things) (?:can|do|are|could|should|may|might) (?:i|you|we|one|there|be)
  (?:list|show)(?: me)? (?:the |all |your )*(?:available |supported )?(?:metrics|commands)
  which (?:metrics|commands)
  (?:explain|show|teach|tell|describe|learn) (?:\w+ ){0,3}?(?:how|what) (?:to|i can|we can|one can|i could|i should) (?:\w+ ){0,2}?(?:ask|use|talk|query|phrase|word|type)
  how (?:to|do i|should i|can i|would i) (?:\w+ ){0,2}?(?:ask|phrase|word|query) (?:\w+ ){0,2}?(?:you|questions?|this bot|seepass)
  (?:examples?|samples?) of (?:questions|what i can ask|things i can ask)
  (?:what does|what do) (?:\w+ ){1,5}means?$
  (?:definition|meaning|formula) (?:of|for|behind) (?:\w+ ){0,5}
  (?:define|explain the definition of) (?:\w+ ?){1,5}$
  how (?:is|are|do you|did you|does seepass) (?:\w+ ){0,5}?(?:comput\w+|calculat\w+|defined?|measured?|worked out|counted)$
  (?:what is|whats|what are) (?:a|an) (?:\w+ ?){1,4}$
  help me (?:use|understand) (?:you|this|seepass)
  who are you
  what are you
  how does this (?:bot )?work
  usage instructions
  getting started
  give me (?:some )?help
  need help
  what do you do
  what is seepass
`;
