/** How people ask what can be asked. */
import { phrases } from './phrases.ts';

export const HELP = phrases`
  what can (?:you|i|we|seepass) (?:do|ask|answer|measure|tell)
  what (?:do|can) you (?:know|offer|support|answer|do)
  how (?:do|can|should) (?:i|we) (?:use|ask|talk to) (?:you|this|seepass|the bot)
  what (?:kinds? of |sort of |type of |other )?(?:questions|metrics|commands|things) (?:can|do|are|could|should|may|might) (?:i|you|we|one|there|be)
  (?:list|show)(?: me)? (?:the |all |your )*(?:available |supported )?(?:metrics|commands)
  which (?:metrics|commands)
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
