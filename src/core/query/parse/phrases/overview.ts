/** How people ask how the product is doing. */
import { phrases } from './phrases.ts';

export const OVERVIEW = phrases`
  tell me (?:something |a bit |everything )?about(?: the| our)?(?: \w+)?(?: page)?$
  (?:numbers|stats|statistics|figures) (?:for|on|of)(?: the| our)?(?: \w+)?(?: page)?$
  how (?:was|were|is|are)(?: it| things)? (?:for us|in general|overall|generally)
  how (?:are|is|was|were|did|do|has|have|s|goes) (?:we|things?|it|everything|business|the (?:app|product|site|business|platform|company|shop|store|week|month|day|quarter|service|system|website|numbers|funnel|team)|our (?:app|product|site|business|platform|numbers|shop|store|week|service|users|customers)|us|seepass|life|product|stuff|[\w ]{1,30}?) ?(?:doing|going|go|look\w*|perform\w*|been|holding up|far\w*|do|develop\w*|running|today|this (?:week|month|quarter)|last (?:week|month|quarter)|overall|yesterday|been doing|shaping up|far|trending|feel\w*|behav\w*)
  how (?:are we|is it going|are things|is business|is everything|is the product|did we do|are you doing|was (?:last|this) (?:week|month|quarter)|goes it)
  hows (?:it|everything|business|things|the [\w]+|our [\w]+|[\w]+)(?: (?:going|doing|looking|holding up|performing))?
  overview
  scorecards?
  score card
  (?:product|app|site|business|overall|general|company|platform|system) ?(?:health|summary|status|report|performance|state|wellbeing|pulse)
  health (?:check|report|summary|of|overview|score ?card|dashboard)
  healthy
  big picture
  state of (?:the |our )?(?:product|business|union|things|app|site|play|platform|nation|\w+)
  kpis?
  key (?:metrics|numbers|figures|indicators|stats)
  headline (?:numbers|figures|metrics)
  main (?:metrics|numbers|figures|kpis)
  (?<!web )vitals
  vital signs
  pulse
  (?:quick |short |brief |weekly |monthly |daily |executive |morning )+(?:summary|report|recap|status|update|review|roundup|briefing|numbers|check ?in|snapshot)
  (?:summary|summari[sz]e|recap|report|sum up|snapshot|update|briefing|rundown|run down|review|wrap ?up|status report|stats|numbers) (?:of|for|on|about|from)? ?(?:the |our |this |last |my )*(?:week|month|day|quarter|year|today|yesterday|product|app|business|performance|numbers|site|everything|week\w*)?$
  give me (?:the|a|an) (?:\w+ )?(?:numbers|rundown|lowdown|summary|recap|update|report|snapshot|state)
  (?:anything|something|what) (?:\w+ ){0,2}(?:i|we) (?:\w+ )?(?:should|need to|must) know
  catch me up
  fill me in
  update me
  bring me up to speed
  are we (?:ok|okay|good|fine|doing|healthy|on track)
  is everything (?:ok|okay|fine|good|all right|alright)
  whats new
  what is new
  how goes
`;
