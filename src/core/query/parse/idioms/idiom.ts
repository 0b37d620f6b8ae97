/** What turns of phrase are made of. */

export const ACCOUNTS = '(?:accounts?|compan(?:y|ies)|customers?|orgs?|organi[sz]ations?|clients?|tenants?|logos?)';
export const USERS = '(?:users?|people|ppl|members?|visitors?|persons?)';
export const TROUBLE = '(?:errors?|problems?|issues?|failures?|bugs?|crash(?:es)?|outages?|exceptions?|trouble)';
export const HIT =
  '(?:affected|impacted|hit|hurt|touched|bitten|plagued|struck|bothered|troubled|harmed|encounter\\w*|faced|facing|met|suffer\\w*|experienc\\w*|ran into|run into|running into)';
export const PART = '(?:share|percentage|percent|fraction|proportion|part|pct|ratio|rate|how much)';
export const TICKETS = '(?:tickets?|complaints?|support requests?|cases|conversations? with support)';
export const COUNT = '(?:how many|number of|count of|count|total)';

export interface Idiom {
  metric: string;
  pattern: RegExp;
}

export const idiom = (metric: string, ...patterns: string[]): Idiom[] =>
  patterns.map((pattern) => ({ metric, pattern: new RegExp(`\\b(?:${pattern})\\b`, 'u') }));
