/** How people ask about the bot's own state, its data and open incidents. */
import { phrases } from './phrases.ts';

export const STATUS = phrases`
  open incidents?
  incidents? (?:\w+ ){0,3}(?:open|active|ongoing|running|unresolved|going on|right now)
  (?:any|active|ongoing|current|unresolved|how many|which|are there|list|live) (?:\w+ ){0,2}incidents?
  incidents? (?:status|today|now)
  (?:is|are|how|was) (?:the |our |your )?(?:\w+ )?data (?:still )?(?:fresh|stale|up to date|current|complete|late|delayed|recent|old|coming in|flowing)
  how (?:fresh|recent|current|stale|up to date) (?:is|are)
  how old (?:is|are) (?:the |our |your |this |that |these )?(?:\w+ )?(?:data|numbers|figures|events|information|it|this|that)
  data freshness
  (?:have|has|did|do|does|are|is) (?:you|seepass|we|the bot) (?:\w+ ){0,2}?(?:receiv\w*|get|getting|gotten|got|see|seeing|ingest\w*) (?:\w+ ){0,3}?(?:data|events?|anything|something) (?:\w+ ){0,2}?(?:from|of|through)
  (?:has|did|does|is) (?:sentry|posthog|intercom|help ?scout|the api log|api log) (?:\w+ ){0,3}?(?:sen[dt]|sending|deliver\w*|report\w*|arriv\w*|stopped|gone quiet|quiet|gone silent)
  is everything (?:fresh|up to date|connected|current|coming in|arriving)
  everything (?:still )?(?:fresh|connected) (?:on your|at your|over)
  freshness
  (?:are|is) (?:you|seepass|the bot|bot) (?:up|running|alive|ok|okay|working|down|online|healthy|awake|there|connected)
  (?:last|latest|next|when (?:was|is|did|does|will)) (?:\w+ ){0,5}(?:run|digest|import|sync|ingest\w*|update|refresh|judged|tick|check|event|data|cycle)
  (?:which|what|are all|are the|any|all) (?:\w+ )?(?:data )?sources? (?:\w+ ){0,4}(?:connected|silent|fresh|stale|sending|missing|working|live|up|down|delayed|broken|healthy|late)
  bot status
  seepass status
  your status
  system status
  status of (?:the bot|seepass|the data|the sources|data|sources|the pipeline|ingestion|imports?)
  when did (?:you|we) last
  up to date
  are you (?:there|alive)
  whats (?:open|on fire|ongoing)
  anything on fire
  anything open
  alerts? (?:open|active|firing)
  (?:open|active|firing|any) alerts?
  who (?:is on|acknowledged|owns)
  (?:pipeline|ingestion) (?:status|running|healthy|ok)
  is (?:sentry|posthog|intercom|help ?scout|the api log|api log) (?:\w+ ){0,2}(?:connected|silent|fresh|working|down|sending|up|delayed|stale|live)
`;
