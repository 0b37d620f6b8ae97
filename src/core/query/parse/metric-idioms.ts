/** Ways to ask for a metric that are more than its name: "how many companies did we lose". */

const ACCOUNTS = '(?:accounts?|compan(?:y|ies)|customers?|orgs?|organi[sz]ations?|clients?|tenants?|logos?)';
const USERS = '(?:users?|people|ppl|members?|visitors?|persons?)';
const TROUBLE = '(?:errors?|problems?|issues?|failures?|bugs?|crash(?:es)?|outages?|exceptions?|trouble)';
const HIT =
  '(?:affected|impacted|hit|hurt|touched|bitten|plagued|struck|bothered|troubled|harmed|encounter\\w*|faced|facing|met|suffer\\w*|experienc\\w*|ran into|run into|running into)';
const PART = '(?:share|percentage|percent|fraction|proportion|part|pct|ratio|rate|how much)';
const TICKETS = '(?:tickets?|complaints?|support requests?|cases|conversations? with support)';
const COUNT = '(?:how many|number of|count of|count|total)';

interface Idiom {
  metric: string;
  pattern: RegExp;
}

const idiom = (metric: string, ...patterns: string[]): Idiom[] =>
  patterns.map((pattern) => ({ metric, pattern: new RegExp(`\\b(?:${pattern})\\b`, 'u') }));

/** The first that fits wins; read on the words of a question, lower case, without marks. */
const IDIOMS: readonly Idiom[] = [
  ...idiom(
    'credit_exhaustion_rate',
    `${PART} of (?:the |our )?(?:assistant )?${USERS}.{0,30}(?:out of credits?|blocked|exhausted|hit the (?:credit )?(?:limit|cap))`,
    'credits? exhaustion',
  ),
  ...idiom(
    'credit_exhausted_users',
    `(?:${USERS}|who|many).{0,25}(?:out of credits?|(?:dry|short) (?:of|on) credits?|no credits? left|blocked by (?:lack of |the )?credits?|exhaust\\w* (?:their |the |all )?credits?|used up (?:their |all )?.{0,10}credits?|hit (?:the|their) credit (?:limit|cap))`,
    `(?:credit exhausted|credit blocked|out of credits?) ${USERS}`,
  ),
  ...idiom(
    'tool_failure_rate',
    `${PART} of (?:the )?(?:assistant )?tool calls? .{0,20}fail\\w*`,
    'tool(?: call)?s? (?:fail\\w*|error\\w*|break\\w*|broke|crash\\w*)(?: rate)?',
    'how often (?:do|does|did|the)?.{0,25}tools? .{0,20}fail\\w*',
  ),
  ...idiom(
    'failure_rate',
    `${PART} of (?:all |the |our )?(?:api )?(?:requests?|calls?)(?: to .{1,40}?| on .{1,40}?| to| on| that| which)? ?(?:are |were |that |which )?(?:fail\\w*|5xx|error\\w*|broke\\w*)`,
    `${PART} of (?:all |the |our )?(?:api )?(?:requests?|calls?) (?:\\w+ ){0,4}(?:fall over|fell over|fall down|blow up|blew up|time out|timed out|crash\\w*|unsuccessful|bad)`,
    'how often (?:do|does|did) .{0,40}(?:requests?|calls?|api|endpoint) .{0,20}fail\\w*',
  ),
  ...idiom(
    'completion_rate',
    `${PART} of (?:assistant )?(?:tasks?|conversations?|chats?|completions?).{0,25}(?:complet\\w*|finish\\w*|succe\\w*)`,
  ),
  ...idiom(
    'retention_rate',
    `${PART} of (?:the )?new ${USERS}.{0,40}(?:come|came|coming|are|were)? ?(?:back|return\\w*|still active|active again)`,
    `(?:${USERS}|them|those|these|they|new ones)\\b.{0,30}\\b(?:(?:came|come|coming|comes) (?:back|again)|return(?:s|ed|ing)?)`,
    '(?:came|come) back after',
    `retention (?:rate )?(?:of|for|among) (?:the |our )?new ${USERS}`,
    `(?:${USERS}|they|those|who) (?:\\w+ ){0,4}(?:still (?:around|here|there|active|using)|stick around|stuck around|stay\\w* around)`,
  ),
  ...idiom(
    'activation_rate',
    `${PART} of (?:the )?(?:new |signed up )?${USERS}.{0,30}activat\\w*`,
    'how many .{0,20}activated',
  ),
  ...idiom(
    'churn_rate',
    '(?:logo|customer|account|company|client) churn(?! (?:count|number))(?!ed)',
    `${PART} of (?:our |the )?${ACCOUNTS}.{0,20}(?:churn\\w*|left|leave|lost|lose|stopped)`,
  ),
  ...idiom(
    'churned_accounts',
    `${ACCOUNTS}(?: \\w+){0,4} (?:churn\\w*|lose|lost|left|leave|leaving|quit|went away|stopped (?:using|coming)|go away)`,
    'who(?: all)?(?: has| have)? (?:churned|left us|quit)',
    `(?:lose|lost|losing|churned|churning|departed) (?:\\w+ ){0,3}${ACCOUNTS}`,
  ),
  ...idiom(
    'unanswered_tickets',
    `${TICKETS} .{0,30}(?:no (?:reply|answer|response)|without (?:a |an |any )?(?:reply|answer|response)|not (?:been |yet been |yet )?(?:answered|replied)|nobody (?:has )?(?:answered|replied)|still (?:waiting|open|unanswered)|waiting for|havent been|never (?:been )?(?:answered|replied))`,
    `(?:unanswered|unreplied|open|waiting|pending) (?:\\w+ ){0,2}${TICKETS}`,
    'ticket backlog',
  ),
  ...idiom(
    'first_response_minutes',
    'how (?:long|fast|quickly|quick|soon|many minutes) .{0,50}(?:reply|replies|respond\\w*|responses?|answer\\w*|get back)',
    '(?:time|minutes|wait) (?:to|until|till|before|for) (?:the |a |an )?(?:first )?(?:reply|response|answer)',
    'first (?:reply|response|answer) (?:time|minutes)',
    'support (?:response|reply) times?',
    'support (?:\\w+ ){0,2}?(?:answer|repl|respond)\\w* (?:\\w+ ){0,2}?(?:fast|quick|slow|soon)\\w*',
  ),
  ...idiom(
    'session_minutes',
    'how (?:long|many minutes|much time) .{0,30}(?:sessions?|stay\\w*|spend\\w*|spent|visits?)',
    '(?:session|visit) (?:length|duration|time|minutes)',
    '(?:average|mean|typical|avg) (?:session|visit)',
  ),
  ...idiom(
    'checkout_success_rate',
    `${PART} of (?:the )?(?:checkouts?|payments?).{0,20}(?:succe\\w*|work\\w*|go through|went through)`,
    'checkout success',
  ),
  ...idiom(
    'aov',
    'average (?:order|basket|cart|purchase)(?: value| size)?',
    'aov',
    '(?:value|size) (?:of|per) (?:an |the |each |average )?(?:order|basket)',
    '(?:revenue|money|earn\\w*|make|made|income|sales|take|worth|spend\\w*|paid|pay) (?:\\w+ ){0,3}(?:per|on an?|in an?|for each|for an?) (?:average )?(?:order|purchase|basket)',
  ),
  ...idiom(
    'error_rate',
    'rate of errors?',
    'errors? (?:rate|ratio|percentage|pct)',
    'errors? per (?:(?:\\d+|hundred|thousand|a hundred|a thousand) )?(?:page ?)?(?:view|visit|hit)s?',
    `${PART} of (?:page ?)?(?:views|visits) .{0,20}${TROUBLE}`,
    `${PART} of (?:page ?)?(?:views|visits) .{0,15}fail\\w*`,
  ),
  ...idiom(
    'dropoff_rate',
    'rate of (?:drop ?offs?|abandon\\w*)',
    `${PART} of (?:${USERS}|visitors?|views|visits|traffic) .{0,30}(?:drop ?(?:off|out)?s?|abandon\\w*|bounc\\w*|leav\\w*|give up)`,
    '(?:bounce|abandon\\w*|drop ?off|dropout|exit) (?:rate|ratio|percentage)',
  ),
  ...idiom(
    'ticket_rate',
    `rate of ${TICKETS}`,
    `${PART} of (?:page ?)?(?:views|visits) .{0,30}(?:tickets?|complain\\w*|contact\\w*|support)`,
    `${TICKETS} (?:rate|ratio)`,
    `${TICKETS} (?:\\w+ ){0,2}per (?:page ?)?(?:view|visit)`,
  ),
  ...idiom(
    'revenue_at_risk',
    '(?:revenue|money|mrr|income) (?:that is |is |was |were )?(?:at risk|exposed|at stake|in danger)',
    '(?:exposed|at risk) (?:\\w+ )?(?:revenue|money|mrr)',
  ),
  ...idiom(
    'affected_accounts',
    `who(?: all)? (?:is|are|was|were|s|gets?|got|has been|have been)? ?(?:being |getting )?${HIT}`,
    `whos (?:being |getting )?${HIT}`,
    `${ACCOUNTS}(?: (?!most|page|per|by)\\w+){0,4} ${HIT}`,
    `${HIT} (?:\\w+ )?${ACCOUNTS}`,
    `${COUNT} (?:\\w+ ){0,2}${ACCOUNTS} (?:had|have|saw|see|got|get|with|who had|that had|are having|were having) (?:\\w+ ){0,3}${TROUBLE}`,
  ),
  ...idiom(
    'affected_users',
    `${USERS}(?: (?!most|page|per|by)\\w+){0,4} ${HIT}`,
    `${HIT} (?:\\w+ )?${USERS}`,
    `${COUNT} (?:\\w+ ){0,2}${USERS} (?:had|have|saw|see|got|get|with|who had|that had|are having|were having) (?:\\w+ ){0,3}${TROUBLE}`,
  ),
  ...idiom(
    'new_users',
    `${COUNT} .{0,30}(?:signed up|sign up|registered|joined)`,
    `new ${USERS}`,
    `${USERS} (?:who |that )?(?:signed up|joined|registered)`,
    '(?:new )?registrations?',
    'newcomers?',
    'new ones',
  ),
  ...idiom(
    'active_accounts',
    `active (?:\\w+ ){0,2}${ACCOUNTS}`,
    `${ACCOUNTS} (?:\\w+ ){0,3}active`,
    `${COUNT} (?:\\w+ )?${ACCOUNTS} (?:\\w+ ){0,2}(?:use|used|using|visited|logged in)`,
    `(?:unique|distinct|different) (?:\\w+ )?${ACCOUNTS}`,
    `${COUNT} (?:\\w+ ){0,2}${ACCOUNTS} (?:\\w+ ){0,3}(?:use|used|using|visit|visited|log|logged|came|seen|see|come|have|had)`,
    `${ACCOUNTS} (?:that|who|which) (?:use|used|visited|logged|came)`,
  ),
  ...idiom(
    'active_users',
    `active (?:\\w+ ){0,2}${USERS}`,
    '(?:daily |weekly |monthly )?actives',
    `${USERS} (?:\\w+ ){0,3}active`,
    `${COUNT} (?:\\w+ ){0,2}${USERS} (?:use|used|are using|were using|visited|visit|came|come|logged in|did we have|do we have)`,
    `(?:unique|distinct|different) (?:\\w+ )?${USERS}`,
    `${USERS} (?:that|who|which) (?:use|used|visited|logged|came)`,
  ),
  ...idiom(
    'revenue',
    'how much (?:money )?(?:did|do|does|have|has) .{0,30}(?:pay|paid|spend|spent|bring|brought)',
    'how much (?:money )?(?:did|do|have|are|were) we (?:make|made|making|earn\\w*|sell|sold|bring in|take in|taken in)',
    'money (?:we )?(?:make|made|earned|came in)',
  ),
  ...idiom(
    'credits_used',
    'credits? (?:\\w+ ){0,4}(?:us\\w+|spen\\w+|consum\\w+|burn\\w*|cost)',
    '(?:us\\w+|spen\\w+|consum\\w+|burn\\w*) (?:\\w+ ){0,3}credits?',
  ),
  ...idiom('orders', '(?:purchases?|bought|orders? (?:placed|made|came in|did we))'),
  ...idiom(
    'request_failures',
    `(?:failed|failing|broken|unsuccessful) (?:api )?(?:requests?|calls?)`,
    '(?:requests?|calls?) (?:that )?(?:fail\\w*|error\\w* out)',
    'server errors?',
    '5xx',
    'api (?:errors?|failures?)',
    '(?:endpoint|webhooks?) (?:errors?|failures?)',
  ),
  ...idiom(
    'latency_p95',
    'slow(?:er|est|ness|ly)?',
    'how slow',
    '(?:p|percentile )95',
    '95th',
    'tail latency',
    'lag\\w*',
    'sluggish',
  ),
  ...idiom(
    'latency_p50',
    'how long (?:does|do|did|is|are) .{0,60}(?:take|takes|load|loading)',
    '(?:page )?load(?:ing)? times?',
    'how fast',
    'median (?:latency|response)',
    'p50',
    'fast(?:er|est)',
    '(?:quick|quicker|quickest) (?:page|endpoint|route)s?',
  ),
  ...idiom('dropoffs', `(?:los(?:e|es|ing)|lost) (?:\\w+ ){0,3}${USERS}`),
  ...idiom('conversion_rate', '(?:actions?|clicks?) per (?:page ?)?(?:view|visit)', 'convert(?:s|ed|ing)?'),
  ...idiom(
    'tickets',
    'complain(?:s|ed|ing)?',
    '(?:contact|contacts|contacted|wrote to|write to|writing to|reach out to|reached out to) (?:us|support)',
    '(?:asked|ask|asking) (?:for help|support)',
  ),
  ...idiom(
    'dropoffs',
    '(?:abandon\\w*|bail(?:ed|ing)?|g[ai]ve up|giving up|bounc\\w+|drop(?:ped|ping)? (?:off|out)|quit(?:ting)?)',
  ),
  ...idiom(
    'pageviews',
    '(?:most|least|more|less) (?:visited|viewed|popular|trafficked)',
    '(?:busiest|quietest|peak)',
    '(?:most|least) used (?:pages?|screens?|surfaces?|routes?)',
    `${COUNT} times .{0,30}(?:viewed|visited|opened|loaded)`,
    'visited',
  ),
  ...idiom(
    'errors',
    'how (?:often|many times|frequently) .{0,60}(?:happen\\w*|occur\\w*|throw\\w*|thrown|crash\\w*|error\\w*|fire\\w*|appear\\w*|show\\w* up)',
    'crash\\w*',
    'error\\w*',
    'broken',
    'break(?:s|ing)?',
    'broke',
    'blow\\w* up',
  ),
  ...idiom(
    'request_failures',
    '(?:requests?|calls?) (?:\\w+ ){0,3}(?:blew up|blow up|fell over|fall over|timed out|time out|bombed|went wrong)',
    'fail\\w*',
  ),
  ...idiom('active_accounts', `${ACCOUNTS} per`, `${COUNT} (?:\\w+ )?${ACCOUNTS}$`),
  ...idiom('funnel_conversion', 'funnels?'),
];

/** The metric an idiom of the question asks for; undefined where none does. */
export function metricOfIdiom(plain: string): string | undefined {
  return IDIOMS.find(({ pattern }) => pattern.test(plain))?.metric;
}
