/** What people ask for that is not measured here, so that it is refused by its name and not answered by something else. */
import { FOREIGN_METRICS } from './foreign-metrics.ts';
import type { Sentence } from './sentence.ts';

const DIMENSIONS: readonly [words: string, about: string][] = [
  [
    'countr(?:y|ies)|regions?|cit(?:y|ies)|continents?|geo(?:graphy|graphies)?|locations?|states?|markets?|territor(?:y|ies)|where (?:people|users|customers) live|time ?zones?',
    'country',
  ],
  ['browsers?|user agents?', 'browser'],
  ['genders?|sex|ages?|age groups?|demographics?|ethnicit(?:y|ies)', 'demographics'],
  ['languages?|locales?', 'language'],
  [
    'device (?:model|type|brand)s?|models?|screen (?:size|resolution)s?|os versions?|manufacturers?|networks?|carriers?|isps?',
    'device model',
  ],
  [
    'referr?ers?|channels?|traffic sources?|utms?|campaigns?|mediums?|acquisition channels?|keywords?|ad groups?|landing pages?|marketing sources?',
    'acquisition channel',
  ],
  [
    'industr(?:y|ies)|sectors?|verticals?|compan(?:y|ies) sizes?|company size|account size|employee counts?|customer size|team sizes?',
    'industry or company size',
  ],
  ['weekdays?|days? of (?:the )?week|hours? of (?:the )?day|times? of (?:the )?day|seasons?', 'weekday or time of day'],
  [
    'agents?|assignees?|support reps?|reps?|sales reps?|account managers?|csms?|owners?|engineers?|developers?|authors?|managers?|teams?|squads?|departments?|salespersons?|sales ?people',
    'person or team',
  ],
  ['experiments?|variants?|feature flags?|flags?|a b tests?|ab tests?|cohorts?|test groups?', 'experiment'],
  [
    'currenc(?:y|ies)|payment methods?|payment providers?|card types?|banks?|products?|skus?|items?|product categor(?:y|ies)|brands?|suppliers?|coupons?',
    'product or payment method',
  ],
  ['job titles?|roles?|seniority|user roles?|user types?|personas?', 'role'],
  [
    'servers?|hosts?|instances?|pods?|data ?cent(?:er|re)s?|clusters?|nodes?|services?|microservices?|databases?',
    'server',
  ],
  ['tags?|priorit(?:y|ies)|inboxes|mailboxes|inbox', 'tag'],
  ['commits?|branches?|pull requests?|repos?(?:itories)?|files?|functions?|classes|lines?', 'code location'],
];

const BY =
  '(?:by|per|for each|for every|each|every|across(?: all)?|split by|broken down by|grouped by|segmented by|by each|in terms of|which|what|top (?:\\w+ )?)';
const DIMENSION_PATTERNS = DIMENSIONS.map(([words, about]) => ({
  pattern: new RegExp(`\\b${BY} (?:the |our |different |all |top )*(?:${words})\\b`, 'u'),
  about,
}));

const PLACES =
  /\b(?:in|from|within|across|of|for|only|outside) (?:the )?(?:germany|france|spain|italy|uk|u k|united kingdom|england|britain|ireland|scotland|netherlands|belgium|austria|switzerland|poland|sweden|norway|denmark|finland|portugal|greece|europe|eu|emea|apac|latam|dach|usa|u s|united states|america|canada|mexico|brazil|argentina|india|china|japan|korea|australia|new zealand|africa|asia|berlin|london|paris|madrid|munich|new york|california|texas|san francisco|tokyo|singapore|dubai|israel|turkey|russia|ukraine)\b|\b(?:german|french|spanish|italian|british|american|european|canadian|indian|chinese|japanese|dutch|swiss|austrian|polish) (?:users?|customers?|accounts?|visitors?|traffic|people|market|companies|clients)\b/u;
const BROWSERS =
  /\b(?:on|in|from|using|with|for|only) (?:chrome|safari|firefox|edge|opera|internet explorer|brave)\b|\b(?:chrome|safari|firefox|edge|opera) (?:users?|visitors?|browsers?|customers?)\b/u;

export interface UnsupportedMetric {
  about: string;
  nearest: readonly string[];
  /** The words that name it. */
  words: string;
}

/** A metric of other tools that the question is about. */
export function findUnsupportedMetric({ plain }: Sentence): UnsupportedMetric | undefined {
  const found = FOREIGN_METRICS.flatMap(({ pattern, about, nearest }) => {
    const words = pattern.exec(plain)?.[0];
    return words === undefined ? [] : [{ about, nearest, words }];
  });
  // "Error budget" says more than "budget".
  return found.sort((a, b) => b.words.length - a.words.length)[0];
}

const CHANNELS =
  /\b(?:from|via|through|by) (?:google|bing|facebook|instagram|linkedin|twitter|tiktok|youtube|reddit|organic|ads|adwords|seo|newsletter|social(?: media)?|affiliates?|campaigns?)\b|\b(?:the|our|this|that) (?:\w+ )?(?:campaign|newsletter|webinar|promo|promotion|advert)s?\b/u;

/** How somebody wrote to support. */
const CONTACT =
  /\b(?:by|via|through|over) (?:e ?mail|e mail|(?:live )?chat|whatsapp|sms|contact form|web form)\b|\b(?:via|over) (?:the )?(?:phone|telephone)\b|\b(?:e ?mail|phone) (?:vs|versus|or) chat\b/u;
const LANGUAGES =
  /\b(?:in|written in) (?:english|german|french|spanish|italian|dutch|polish|portuguese|japanese|chinese|russian|turkish|arabic|korean|swedish|danish)\b/u;

const PEOPLE_KINDS =
  /\b(?:male|female|men|women|teenagers?|millennials?|seniors|students)\b|\bhow old (?:is|are) (?:the |our |my )?(?:average |typical )?(?:users?|customers?|visitors?|people|members?|buyers?)\b/u;
const LIVING =
  /\bwhere (?:do|are|did|does|in the world do) (?:\w+ ){0,3}?(?:users|customers|visitors|people|traffic|clients|accounts|companies|buyers|they)(?: \w+)? (?:live|located|based|come from|from|sit|connect from)\b/u;

/** A dimension we do not have that the question cuts or limits by. */
export function findUnsupportedDimension({ whole }: Sentence): string | undefined {
  if (PLACES.test(whole) || /\bthe us\b(?! (?:to|know))/u.test(whole)) return 'country';
  if (BROWSERS.test(whole)) return 'browser';
  if (PEOPLE_KINDS.test(whole)) return 'demographics';
  if (LIVING.test(whole)) return 'country';
  if (CHANNELS.test(whole)) return 'acquisition channel';
  if (CONTACT.test(whole)) return 'channel of contact';
  if (LANGUAGES.test(whole)) return 'language';
  return DIMENSION_PATTERNS.find(({ pattern }) => pattern.test(whole))?.about;
}
