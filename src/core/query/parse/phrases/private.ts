/** How people ask after people. */
import { phrases } from './phrases.ts';

const PEOPLE =
  '(?:users?|people|persons?|everyone|everybody|visitors?|employees?|members?|contacts?|individuals?|someone|somebody|guys?|buyers?|subscribers?|staff|colleagues?|teammates?|signups?|shoppers?|admins?)';
const HOLDERS = `(?:${PEOPLE.slice(3, -1)}|customers?|accounts?|clients?|compan(?:y|ies)|orgs?)`;
const DETAILS =
  '(?:e ?mails?(?: address(?:es)?)?|mail(?:ing)? address(?:es)?|digits of (?:the |their )?cards?|(?:phone|telephone|tel|mobile|contact) (?:numbers?|nos?|nums?)|phones? (?:of|for)|their phones?|contact (?:details?|info\\w*|data|emails?|persons?)|home address(?:es)?|postal address(?:es)?|ip address(?:es)?|ips|passwords?|passcodes?|credentials|api keys?|access tokens?|auth tokens?|session tokens?|secrets?|credit cards?|card numbers?|cvvs?|ssns?|social security|birthdays?|dates? of birth|dob|surnames?|first names?|last names?|full names?|real names?|usernames?|user names?|user ?ids?|logins? (?:details|data)|personal (?:data|details|info\\w*)|pii|linkedin|salar(?:y|ies)|locations? of)';

/** What is wanted of people, and how that is asked; a count of people is none of those marked so. */
export const PRIVATE: readonly { about: string; pattern: RegExp; unlessCounted?: true }[] = [
  {
    about: "people's details",
    unlessCounted: true,
    pattern: phrases`
      ${DETAILS} (?:\w+ ){0,5}(?:of|for|from|behind|belonging|list|who|that|in)\b.*
      (?:whose|their|his|her|customers?|users?|accounts?|peoples?|everyones?|members?) (?:\w+ )?${DETAILS}
      (?:show|give|list|get|send|print|export|dump|reveal|tell|pull|fetch|share|need|want|extract|what (?:is|are|was)|whats|find|see|provide|output|return|include|including|includes|display|with) (?:\w+ ){0,6}${DETAILS}
      ${DETAILS}
    `,
  },
  {
    about: "people's details",
    pattern: phrases`
      ^${DETAILS}$
      ^(?:the |all |and |all the )*${DETAILS}(?: please| pls)?$
    `,
  },
  {
    about: "people's names",
    unlessCounted: true,
    pattern: phrases`
      names? (?:\w+ ){0,3}(?:of|for|from|behind) (?:\w+ ){0,4}${PEOPLE}
    `,
  },
  {
    about: "people's names",
    pattern: phrases`
      (?:their|his|her|user|peoples?|persons?|users|contact|everyones?) (?:full |first |last )?names?
      ${PEOPLE}.{0,60} by name
      names? (?:and|plus|or|with) (?:\w+ )?(?:address(?:es)?|numbers?|phones?|e ?mails?|surnames?|contacts?|birthdays?)
      (?:address(?:es)?|numbers?|phones?) (?:and|plus) names?
      names? (?:\w+ ){0,3}(?:of|for) (?:those|them|these|all|every|each|the ones)
    `,
  },
  {
    about: 'lists of people',
    unlessCounted: true,
    pattern: phrases`
      (?:which(?! \w+ (?:do|does|did) )|list|name|show(?: me)?|give(?: me)?|export|identify|find|dump|print|name) (?:\w+ ){0,3}(?:the |all |every |each |of )*(?:specific |exact |individual |single |actual )?${PEOPLE} (?:who|that|with|from|have|has|had|are|were|did|do|saw|hit|ran|signed|abandon\w*|churn\w*|visited|clicked|complain\w*|wrote|opened|left|got|on|in|keep|used?)
      (?:list|export|dump|print|enumerate) (?:of )?(?:\w+ ){0,2}(?:all |every |each |the |our )*${PEOPLE}
    `,
  },
  {
    about: 'lists of people',
    pattern: phrases`
      which (?:(?:one )?of (?:(?:the|our|my|these|those|all) )+)?${PEOPLE}
      (?:top|rank|best|worst|biggest|heaviest|power|loudest|most active|most valuable|least active|\w+ (?:people|users|persons) with the (?:most|least|highest|lowest)) (?:\d+ |ten |five |twenty |our |the |of |active )*(?:users?|people|persons?|visitors?|members?|buyers?|complainers?)(?! (?:journeys?|flows?|segments?|stor\w+|per|growth))
      (?:\d+|ten|five|twenty|three|the) (?:people|users|persons|visitors) with the (?:most|least|highest|lowest|fewest)
      (?:user|people|person|contact|mailing|e ?mail|visitor|member) ?lists?
    `,
  },
  {
    about: 'who somebody is',
    pattern: phrases`
      who (?:is it|are they|was it|were they|are these|is that|are those|is this)
      who (?:is|are|was|were) (?:the |our |my )*(?:\w+ ){0,3}(?:agents?|reps?|engineers?|developers?|employees?|colleagues?|csms?|sales ?(?:people|persons?|reps?)|shoppers?|spenders?|buyers?|complainers?)
      who (?:is|are|was|were) (?:the |our |those |these |that |this )*(?:\w+ )?${PEOPLE}
    `,
  },
  {
    about: "single people's activity",
    pattern: phrases`
      (?:by|per|each|every) user ?_?ids?
      user_ids?
      (?<!(?:average|avg|mean|median) (?:\w+ ){1,4})(?:by|per|for each|for every|each|every) (?:single |individual |specific |unique )?(?:user|person|visitor|individual|employee|member|contact)(?! (?:who|that|story|stories|flow))
    `,
  },
  {
    about: "one person's activity",
    pattern: phrases`
      (?:user|person|visitor|member|contact) (?:[b-hj-z] )?(?=\w*\d)\w+
      ${PEOPLE} (?:named|called)
      (?:my|his|her|our) (?:ex|boss|colleague|girlfriend|boyfriend|wife|husband|friend|neighbou?r|manager|intern|coworker)(?: \w+)? (?:used?|did|does|do|visit\w*|click\w*|see|saw)
      (?:user|person|visitor|member|contact|customer) (?:id |number |no |with id |named |called )?\d{2,}
      (?:user|person|visitor|member|contact) (?:named|called|with the name|whose)
      (?:one|a|an|any|some|single|random|1|this|that)(?: \w+){0,2} (?:user|person|visitor|individual|member|shopper|buyer|subscriber|employee|customer)s? (?:history|histories|journeys?|path|sessions?|activit(?:y|ies)|clicks?|actions|timeline|trail|recordings?|messages?|behaviou?r|records?|profiles?|clickstream|log|story)
      (?:random|arbitrary|example|typical individual) (?:user|person|visitor|individual|member|shopper|buyer|subscriber|employee|customer)s?
      (?:chat|conversation|session) (?:transcripts?|recordings?|logs?)
      (?:last|latest|first|exact|actual) (?:message|prompt|chat|question)s? (?:\w+ ){0,3}?(?:typed|sent|written|entered|asked)
      (?:messages?|prompts?|chats?) (?:that )?(?:a|one|some|this|that) (?:user|customer|person|visitor|client) (?:wrote|sent|typed|asked|entered)
      order (?:number |no |id )?\d{3,}
      ^(?:\w+ ){0,3}?contacts? (?:for|at|person|of)\b
      (?:activity|history|behaviou?r|sessions?|journey|actions|clicks|messages|conversations?|logs?) (?:log )?(?:of|for|by|from) (?:a |one |the |this |that )?(?:single |specific |particular |individual |certain )?(?:user|person|individual|visitor|employee|colleague)(?! (?:group|segment|base))
      (?:one|a single|a specific|a particular|a certain|this|that|individual|specific|particular|single) (?:user|person|visitor|individual|employee)s? ?(?:did|do|does|activity|sessions?|history|behaviou?r|clicks?|see|saw|data|records?|profiles?)?
      (?:track|follow|spy on|stalk|monitor|watch) (?:\w+ ){0,2}(?:user|person|employee|individual|colleague|visitor)s?
    `,
  },
  {
    about: 'who did something',
    pattern: phrases`
      (?<!(?:${HOLDERS}|those|ones|anyone|many|new) )who (?:exactly |specifically )?(?:signed|abandon\w*|clicked|complain\w*|visited|opened|bought|wrote|ordered|logged|used|uses|sent|submitted|registered|joined|paid|cancel\w*|ran out|raised|reported|rage|is behind|was behind|placed|triggered|asked|dropped|filed|made|makes|spent|spends|pays|buys|bought|orders|answered|answers|closed|handled|resolved|replied|replies|typed|saw|called|logs|created)
    `,
  },
  {
    about: 'records of people',
    unlessCounted: true,
    pattern: phrases`
      (?:all |every |full |entire |complete )(?:\w+ )?(?:${HOLDERS} )(?:records?|data|profiles?|details?|information|files?)
      (?:user|customer|personal|people|contact|member) (?:records?|profiles?|details|information|files?)
    `,
  },
  {
    about: 'who a pseudonym stands for',
    pattern: phrases`
      (?:deanonymi\w+|de anonymi\w+|unmask|unhash|reverse the (?:hash|pseudonym\w*)|pseudonyms?|real identit\w+|identit(?:y|ies) of)
    `,
  },
];
