/** Turns of phrase for who was there, is new or was hit: "how many users ran into errors". */
import { ACCOUNTS, COUNT, HIT, type Idiom, idiom, TROUBLE, USERS } from './idiom.ts';

export const PEOPLE_FIGURES: readonly Idiom[] = [
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
    `${USERS} (?:\\w+ ){0,3}(?:gain\\w*|add(?:ed|ing)?|acquir\\w+)`,
    `(?:gain\\w*|acquir\\w+) (?:\\w+ ){0,2}${USERS}`,
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
];
