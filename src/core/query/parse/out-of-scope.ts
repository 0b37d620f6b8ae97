/** Questions about anything but what was measured of this product: forecasts, other companies, chat, how we are made. */
import { phrases } from './phrases/phrases.ts';

const CHAT = phrases`
  weather
  joke
  jokes
  poem
  haiku
  song
  sing
  recipe
  lyrics
  limerick
  riddle
  (?:tell|write) (?:me )?(?:a |an |some )?(?:story|essay|blog|tweet|code|script|novel|letter|cover letter|python|javascript|function|linkedin post|press release)
  translate
  capital of
  president
  prime minister
  who won
  world cup
  football
  soccer
  olympics
  election
  stock price
  share price
  bitcoin
  crypto
  exchange rate
  horoscope
  meaning of life
  are you (?:human|alive|sentient|conscious|real|a robot)
  how old are you
  your (?:favou?rite|opinion)
  do you (?:like|love|think|feel|believe)
  marry
  (?<!\b(?:since|before|after|around|over|until|at|during) )lunch(?! ?(?:time|break|hour))
  dinner(?! ?time)
  restaurant
  flight
  hotel
  what time is it
  whats the time
  movie
  movies
  netflix
  news today
  solve
  square root
  calculate \d
  plus \d
  times \d
  homework
  birthday party
  chatgpt
  gpt
  openai
  elon
  trump
  coffee
  pizza
  vacation
  holiday plans
`;
const PROMPTS = phrases`
  (?:system|hidden|initial|original|secret|developer) (?:prompt|instructions?|message|rules)
  your (?:prompt|instructions?|rules|guidelines|configuration|config|source code|api key|training|memory)
  environment variables?
  env vars?
  jailbreak
  dan mode
  developer mode
  pretend (?:to be|you|that)
  act as
  role ?play
  repeat (?:everything|the words|the text|all) (?:above|before)
  (?:print|show|reveal|repeat|output|leak|display) (?:\w+ ){0,3}(?:prompt|instructions?|rules|secrets?|tokens?|keys?|password)
`;
const FORECAST = phrases`
  forecast\w*
  predict\w*
  projection\w*
  projected
  extrapolat\w*
  expected (?:next|to be|by)
  (?:what|how (?:many|much|high|low|long|big|bad)|where|when) (?:\w+ ){0,6}will (?:\w+ )*(?:be|have|get|reach|lose|see|make|grow|drop|hit|come|churn|happen|look|need|do)?
  will (?:we|our|the|it|there|they|this|that|churn|revenue|errors?|traffic|signups?|users?|customers?) (?:\w+ ){0,5}(?:be|have|get|reach|lose|see|make|grow|drop|hit|come|churn|happen|go|exceed|recover|rise|fall|increase|decrease|improve|keep|continue|sign)
  (?:going|gonna) (?:to )?(?:be|have|get|reach|lose|see|make|grow|drop|hit|look|happen|churn)
  in the (?:future|coming|next) (?:week|weeks|month|months|year|years|quarter)?
  what (?:if|happens if|would happen)
  (?:by|until) the end of (?:the |this |next )?(?:week|month|quarter|year) will
  should (?:we )?expect
  likely to (?:be|churn|have|reach|leave|drop|grow)
  at risk of (?:churn\w*|leaving)
  about to (?:churn|leave|break|fail)
`;
const BENCHMARK = phrases`
  industry(?: (?:average|standard|benchmark|norm|median|typical))?
  benchmarks?
  benchmarking
  competitors?
  competition
  other (?:companies|saas|vendors|startups|shops|products|businesses)
  peers?
  market (?:average|standard|share)
  (?:compared? (?:to|with)|versus|vs|against|than) (?:\w+ )?(?:shopify|amazon|google|stripe|salesforce|hubspot|slack|zendesk|netflix|facebook|meta|microsoft|apple|similar companies|others in)
  typical (?:saas|company|for a saas|for saas)
  best in class
  (?:whats|what is|what are|what would be|is there|whats considered|what is considered) (?:considered )?(?:a |an )(?:good|decent|healthy|normal|acceptable|reasonable|typical|great|bad|standard) (?:\w+ ){1,4}
  (?:for|in|at|among) (?:a |an |the )?(?:\w+ )?(?:saas|e ?commerce|b2b|b2c|startups?|our industry|the industry|our sector|our market|similar (?:companies|products|shops))
  world class
`;

const SHELL =
  /(?:^|[\s`(;|])(?:cat|echo|ls|curl|wget|rm|sudo|chmod|grep|printenv|whoami|nc|bash|sh|python|node)\s+[~./$'"-]|\/etc\/|(?:^|\s)\.env\b|id_rsa|\.ssh\b|\$\{?[A-Z_]{4,}|\b(?:secret|private|api|access|encryption) keys?\b|\b(?:database|db|root|admin) password\b|\bDATABASE_URL\b/u;
const INSIDE = phrases`
  the prompt
  prompt you
  prompts? (?:you|the model|behind)
  internal rules
  (?:rules?|instructions?|guidelines) (?:\w+ ){0,4}(?:stop|prevent|forbid|you|given)
  json schema
  (?:your|the) (?:tools?|functions?) (?:definitions?|schemas?)
  (?:above|previous) (?:text|message|instructions) verbatim
`;

/** What the question is about, where that is nothing we answer. */
export function findOutOfScope(raw: string, text: string): string | undefined {
  if (BENCHMARK.test(raw)) return 'comparisons with other companies';
  if (FORECAST.test(raw)) return 'forecasts';
  if (PROMPTS.test(raw) || INSIDE.test(raw) || SHELL.test(text)) return 'how I am made';
  if (CHAT.test(raw)) return 'anything but the health of this product';
  return undefined;
}
