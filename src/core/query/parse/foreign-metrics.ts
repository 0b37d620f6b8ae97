/** Metrics that other tools have and we do not. */

/** Metrics of other tools, with the nearest of ours. */
export const FOREIGN_METRICS: readonly { pattern: RegExp; about: string; nearest: readonly string[] }[] = (
  [
    ['nps|net promoter(?: score)?', 'NPS', ['ticket_rate', 'retention_rate']],
    [
      '(?:average|avg|mean|median) (?:\\w+ ){1,4}per (?:user|person|visitor|account|customer|session|conversation|chat)|(?:messages?|credits?|pageviews|actions|errors?) per (?:conversation|session|chat)',
      'that average',
      ['session_minutes', 'aov'],
    ],
    [
      'csat|customer satisfaction|satisfaction(?: score| rate| rating)?|happiness|happy customers?|(?:people|users|customers|clients|they|everyone) (?:\\w+ )?(?:happy|satisfied|delighted|pleased)',
      'CSAT',
      ['ticket_rate', 'first_response_minutes'],
    ],
    ['ces|customer effort(?: score)?', 'customer effort', ['ticket_rate', 'first_response_minutes']],
    [
      'cac|(?:customer )?acquisition costs?|cost per (?:acquisition|lead|click|signup|install|order|customer)|cpa|cpc|cpm|cpl',
      'acquisition cost',
      ['new_users', 'revenue'],
    ],
    ['ltv|clv|cltv|(?:customer )?lifetime value', 'lifetime value', ['aov', 'retention_rate']],
    ['arpu|arppu|arpa|revenue per (?:user|account|customer|visitor)', 'revenue per user', ['revenue', 'aov']],
    [
      '(?:churned|lost|expansion|contraction|upsell|upgrade|downgrade) (?:revenue|mrr)|revenue churn|nrr|grr|net (?:revenue|dollar) retention|gross (?:revenue|dollar) retention|ndr',
      'revenue retention',
      ['retention_rate', 'churn_rate'],
    ],
    [
      'mrr|arr|(?:monthly|annual|annually) recurring revenue|run rate|acv|tcv',
      'recurring revenue',
      ['revenue', 'revenue_at_risk'],
    ],
    [
      '(?:gross |net |profit |contribution )?margins?|profits?|profitability|ebitda|burn(?: rate)?|runway|cash ?flow|costs?|expenses?|spend on|budget|cogs',
      'costs and profit',
      ['revenue', 'aov'],
    ],
    [
      'roi|roas|return on (?:ad|investment|ad spend)|ad spend|ads?|campaign performance|marketing spend',
      'marketing return',
      ['revenue', 'new_users'],
    ],
    [
      'uptime|downtime|availability|sla|slas|slo|slos|error budget|mttr|mttd|mtbf|time to (?:recover|recovery|resolve|resolution)|resolution time|mean time (?:between|to|before|until) \\w+|first contact resolution|fcr|(?:average |avg )?handl(?:e|ing) times?',
      'uptime',
      ['failure_rate', 'error_rate'],
    ],
    [
      'apdex|core web vitals?|web vitals?|lcp|cls|fid|inp|ttfb|fcp|first contentful paint|largest contentful paint|page weight|lighthouse',
      'web vitals',
      ['latency_p50', 'latency_p95'],
    ],
    [
      'cpu|memory(?: usage| use| consumption)?|ram|disk(?: space| usage)?|load average|bandwidth|network traffic|queue (?:length|depth)|cache hit(?: rate)?|database (?:size|load|connections)|server load|instances?|pods?',
      'server resources',
      ['latency_p95', 'failure_rate'],
    ],
    [
      'p(?!50\\b|95\\b)\\d{2,3}|99th|90th|75th|(?!50|95)\\d\\d(?:st|nd|rd|th)? percentile|max latency|average latency|mean latency',
      'that percentile',
      ['latency_p95', 'latency_p50'],
    ],
    [
      'deploy(?:ment)? frequency|lead time|velocity|story points?|cycle time|change failure rate|commits?|pull requests?|prs|code coverage|test coverage|tech(?:nical)? debt|build time',
      'engineering delivery',
      ['errors', 'failure_rate'],
    ],
    ['sentiment|mood|tone|vibes?', 'sentiment', ['tickets', 'ticket_rate']],
    ['refunds?|refund rate|chargebacks?|returns rate|disputes?', 'refunds', ['orders', 'revenue']],
    [
      '(?:e ?mail|newsletter) (?:open|click|delivery|bounce|unsubscribe)(?: rate|s)?|open rate|unsubscribes?|deliverability|emails? sent',
      'e-mail figures',
      ['active_users', 'actions'],
    ],
    [
      'leads?|mqls?|sqls|demos? (?:booked|requested)|win rate|quota|deals?|sales pipeline|trials?|trial conversion|bookings',
      'sales pipeline',
      ['new_users', 'activation_rate'],
    ],
    ['app ?store rating|ratings?|stars?|reviews?|review score|app rating', 'ratings', ['tickets', 'ticket_rate']],
    [
      'followers?|likes|social media|shares|mentions|impressions on|seo|search ranking|backlinks?|keyword|google ranking|domain authority',
      'social and search reach',
      ['pageviews', 'new_users'],
    ],
    [
      'scroll depth|heat ?maps?|rage clicks?|dead clicks?|eye tracking|session recordings?|session replays?|hover',
      'behaviour recordings',
      ['actions', 'dropoffs'],
    ],
    [
      'headcount|hires?|attrition of staff|employee (?:turnover|satisfaction)|enps|payroll|working hours|agent (?:utili[sz]ation|productivity|performance|occupancy)',
      'staff figures',
      ['replies', 'first_response_minutes'],
    ],
    [
      'inventory (?:level|turnover|value)s?|stock levels?|shipping times?|delivery times?|fulfil?ment|warehouse|units sold|items per order|discounts? used|coupon\\w*|promo codes?',
      'stock and delivery',
      ['orders', 'revenue'],
    ],
    ['k factor|viral\\w*|referrals?|invites? sent|referral rate', 'referrals', ['new_users', 'activation_rate']],
    [
      'standard deviation|std ?dev|std deviation|variance of|(?:moving|rolling|weighted) (?:average|mean|sum|median)|cumulative \\w+|running (?:total|sum)|correlation(?: coefficient)?|compound (?:\\w+ )?growth|(?:percentile|quartile|histogram|distribution|outliers|mode|variance) (?:of|in)|\\w+ (?:percentile|quartile) of',
      'that statistic',
      ['active_users', 'revenue'],
    ],
    [
      '(?:repeat|second|returning) (?:purchases?|orders?|customers?|buyers?|buying)(?: rates?)?|repurchas\\w*(?: rate)?|reorder rate',
      'repeat purchases',
      ['orders', 'retention_rate'],
    ],
    [
      '(?:vs|versus|against|compared to|compared with|below|above|over|under|on|of|hit|reach\\w*) (?:our |the |my |this )?(?:\\w+ )?(?:targets?|goals?|budgets?|quotas?|okrs?)',
      'targets',
      ['revenue', 'orders'],
    ],
    ['carbon|co2|energy|electricity', 'energy use', ['requests', 'pageviews']],
    [
      'feature adoption|adoption rate|adoption|stickiness ratio|dau mau|dau over mau|engagement score|health score|quick ratio',
      'that score',
      ['active_users', 'actions'],
    ],
    [
      'token usage|tokens?|llm cost|ai cost|hallucinations?|accuracy|model quality|prompt tokens',
      'model figures',
      ['credits_used', 'completion_rate'],
    ],
    [
      'abandoned cart value|lost revenue|revenue lost|lost sales|money lost|cart value',
      'lost revenue',
      ['revenue_at_risk', 'revenue'],
    ],
  ] satisfies [string, string, string[]][]
).map(([pattern, about, nearest]) => ({ pattern: new RegExp(`\\b(?:${pattern})\\b`, 'u'), about, nearest }));

/** Whether one word names a metric of other tools, and so is no typing error of ours. */
export const isForeignMetric = (word: string): boolean =>
  FOREIGN_METRICS.some(({ pattern }) => pattern.exec(word)?.[0] === word);
