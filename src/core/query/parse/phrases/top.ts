/** How people ask what to fix. */
import { phrases } from './phrases.ts';

export const TOP = phrases`
  anything (?:broken|wrong|burning|urgent|serious)
  (?:what|which|where) (?:\w+ ){0,3}(?:should|shall|must|do|can|to|could|would|ought|needs?) (?:\w+ ){0,5}?(?:fix\w*|work on|tackle|prioriti[sz]e|focus|look at|address|attack|spend|start|do first|do next|care about|worry|attention|be fixed|solve|handle first|improve first|care|deal with|concentrate|invest)
  (?:fix|fixed|tackle|solve|address) (?:first|next|now)
  (?<!\b(?:high|low|medium|normal) )priorit(?:y|ies)(?! (?:tickets?|errors?|ones))(?: list| ranking| queue)?
  (?:top|biggest|worst|main|most important|most urgent|most pressing|most critical|most painful|most serious|key|largest|number one|major|critical|pressing|hottest|burning|ten top|current) (?:\w+ ){0,2}?(?:issues?|problems?|fires?|pain|fix(?:es)?|things? to fix|incidents?|bugs? to fix|offenders?|concerns?|headaches?|topics to fix|regressions?|troubles?)
  (?:issues?|problems?|things|fires|pages|stuff|bugs|what|anything)(?: that)? (?:\w+ ){0,2}(?:needs?|deserves?|requires?|wants?) (?:\w+ )?(?:attention|fixing|a look|looking|work|action)
  what (?:is |are |was |were |s )?(?:most )?(?:broken|on fire|urgent|hurting|burning|the damage|the worst|most urgent)
  whats (?:most )?(?:broken|on fire|urgent|hurting|burning|hot|the worst problem|important)
  (?:problems?|issues?) (?:\w+ ){0,3}(?:hurt\w*|cost\w*|matter|rank|most)
  (?:fix|to do|todo|action|priority) (?:list|next|queue|list for)
  list (?:\w+ ){0,3}(?:issues?|problems?)
  (?:rank|ranked|ranking of|show|give|list|any|what) (?:me )?(?:\w+ ){0,2}(?:issues|problems|priorities)
  what (?:\w+ ){0,2}(?:matters?|hurts?|hurt) (?:\w+ )?most
  where (?:\w+ ){0,5}(?:hurt\w*|pain|fires?|burning|bleeding|losing)
  what to (?:fix|do|work on|tackle)
  digest (?:for|of)
  todays? digest
  yesterdays? digest
  what needs (?:\w+ )?(?:attention|fixing|doing|a look)
  biggest (?:fires?|pains?|wins?)
  any (?:major |big |serious |new )?(?:issues|problems|regressions|fires)
`;
