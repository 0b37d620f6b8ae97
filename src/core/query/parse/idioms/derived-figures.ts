/** Turns of phrase for rates, times and what is worked out of counts: "how many companies did we lose". */
import { ACCOUNTS, type Idiom, idiom, PART, TICKETS, TROUBLE, USERS } from './idiom.ts';

export const DERIVED_FIGURES: readonly Idiom[] = [
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
    '(?:ticket )?backlog',
    `${TICKETS} .{0,30}(?:havent|hasnt|have not|has not|didnt|did not|never|nobody|no one)(?: yet| been| ever| has| have)* (?:repl\\w+|answer\\w*|respond\\w*)`,
  ),
  ...idiom(
    'first_response_minutes',
    'how (?:long|fast|quickly|quick|soon|many minutes) .{0,50}(?:reply|replies|respond\\w*|responses?|answer\\w*|get back)',
    '(?:time|minutes|wait) (?:to|until|till|before|for) (?:the |a |an )?(?:first )?(?:reply|response|answer)',
    'time from (?:\\w+ ){1,3}to (?:the |a )?(?:first )?(?:reply|response|answer)',
    'first (?:reply|response|answer) (?:time|minutes)',
    '(?:support response|reply) times?',
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
    '(?:average|avg|mean) (?:order|basket|cart|purchase)(?: value| size)?',
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
    `${TICKETS} (?:\\w+ ){0,2}per (?:(?:\\d+|hundred|thousand|a hundred|a thousand) )?(?:page ?)?(?:view|visit)s?`,
  ),
  ...idiom(
    'revenue_at_risk',
    '(?:revenue|money|mrr|income) (?:that is |is |was |were )?(?:at risk|exposed|at stake|in danger)',
    '(?:exposed|at risk) (?:\\w+ )?(?:revenue|money|mrr)',
  ),
];
