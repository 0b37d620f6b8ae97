/** Orders to change something, here or anywhere. Nothing is ever changed by asking. */

import type { Vocabulary } from '../vocabulary.ts';
import { clausesOf } from './clauses.ts';
import { phrases } from './phrases/phrases.ts';
import type { Sentence } from './sentence.ts';
import { tokenise } from './tokens.ts';

const VERBS =
  '(?:delete|remove|drop|truncate|update|insert|create|alter|roll ?back|rollback|revert|restart|reboot|redeploy|deploy|disable|enable|close|resolve|merge|assign|reassign|refund|cancel|ban|block|unblock|notify|post|escalate|purge|wipe|erase|reset|set|edit|modify|rename|archive|kill|stop|shut|scale|add|grant|revoke|promote|demote|fix|patch|upgrade|downgrade|mark|tag|label|move|change|clear|overwrite|write|hide|undo|approve|reject|dismiss|publish|release|ship|toggle|turn|switch|flush|email|e mail|message|dm|ping|page|call|invite|unsubscribe|reopen|reply|respond|answer|open|file|raise|execute|invoke|trigger|charge|credit|schedule|increase|decrease|lower|raise|make|pause|resume|mute|silence|flag|transfer|pay|give (?:them|him|her|it|everyone)|truncate)';
const OBJECTS =
  '(?:all|every|everything|the|this|that|these|those|it|them|him|her|my|our|your|their|a|an|any|old|some|down|off|on|up|out|back|his|its|to|in|into|prod|production|staging|tickets?|errors?|events?|data|users?|accounts?|release|web|api|plan|role|permissions?|settings?|email|e|reply|[\\w]+s)';
const LEAD =
  '(?:please|pls|plz|can you|could you|would you|will you|go ahead and|now|then|ok|okay|and|hey|hi|hello|seepass|i want you to|i need you to|id like you to|you should|you must|lets|just|also|immediately|quickly|kindly|try to|help me(?: to)?|i want to|i need to|we should|we need to|go|and then|do)';
/** Verbs that no figure is asked for with. */
const PLAIN_ORDERS =
  '(?:delete|remove|wipe|purge|erase|truncate|create|insert|append|invent|fake|refund|ban|restart|reboot|redeploy|rollback|revert|disable|uninstall|overwrite|reassign|unsubscribe|reopen|grant|revoke|promote|demote|snooze|unsnooze|acknowledge|ack|rename|subscribe|resubscribe|unmute|silence)';
const IMPERATIVE = new RegExp(`^(?:${LEAD} )*(?:${VERBS} ${OBJECTS}|${PLAIN_ORDERS} \\w+)\\b`, 'u');
const LATER_IMPERATIVE =
  /\b(?:and then|then|and|also|please|pls|now|to) (?:please )?(?:delete|drop|wipe|erase|purge|truncate|remove|roll ?back|rollback|revert|restart|refund|close|resolve|cancel|disable|deploy|redeploy|ban|reset) (?:all|every|everything|the|this|that|these|those|it|them|my|our|your|any|old)\b/u;
const WRITE_WORDS = phrases`
  remind (?:me|us|them|everyone) (?:to|tomorrow|tonight|on|at|in|every|next|later|again|when|about)
  (?:stop|quit|start) (?:sending|posting|pinging|alerting|messaging|notifying|mailing|emailing|tagging)
  import (?:this|the|a|my|these) (?:\w+ )?(?:file|csv|data|list|sheet|spreadsheet)
  (?:give|offer|grant) (?:\w+ ){1,3}(?:a |an |some |free |more )+(?:discount|refund|credits?|month|coupon|upgrade|access)
  (?:ignore|hide|silence|mute|treat|always|never) (?:\w+ ){1,6}(?:from now on|going forward|permanently|forever|in future)
  run (?:update|delete|insert|drop|truncate|alter)
  (?:grant|give|make) (?:me|him|her|us|myself) (?:\w+ ){0,2}(?:admin\w*|root|superuser|access|rights|permissions?|role|analyst|approver)
  make me (?!(?:an? |the )?(?:list|chart|graph|table|plot|summary|report|overview|breakdown|ranking)\b)(?:an? )?\w+
  add me as
`;

/** Something is to be fetched from, or sent to, an address. */
const TRAFFIC =
  /\b(?:send|post|append|fetch|open|include|upload|forward|export|curl|wget|follow|visit|load|call|ping|get)\b[^?]*\bhttps?:\/\//iu;
const SENDING =
  /^(?:please |pls |can you |could you |now )*(?:send|dm|message|email|forward|notify|ping|page|tag|mention|post|announce|broadcast) (?!me\b|us\b|it\b)(?:a |an |the |this |that |all |every|everyone|him|her|them|\w+ (?:that|saying|to)|to )/u;

/** Regular messages are set up with `/seepass subscribe`. */
const SUBSCRIBING =
  /\b(?:e ?mail|mail|dm|ping|message|remind|alert|notify|send) (?:me|us) (?:this|that|it|the (?:report|chart|summary|answer|numbers)|when|whenever|if|every|each|daily|weekly)\b/u;

/** Whether the question wants something changed, sent or run. "Change plan tickets" and "drop offs" are things. */
export function isWriteRequest(whole: Sentence, vocabulary: Vocabulary): boolean {
  const sentence = withoutEndpoints(whole, vocabulary);
  const { raw, text } = sentence;
  if (WRITE_WORDS.test(raw) || TRAFFIC.test(text) || /\broll (?:\S+ ){1,5}back\b/iu.test(text)) return true;
  return clausesOf(sentence).some((clause) => isOrder(clause, sentence));
}

/** "And POST /api/v1/orders?" names an endpoint that the data knows, and sends nothing. */
function withoutEndpoints(sentence: Sentence, { values }: Vocabulary): Sentence {
  const known = sentence.written.filter(
    ({ slot, value }) => slot === 'endpoint' && values.endpoint?.includes(value) === true,
  );
  if (known.length === 0) return sentence;
  const text = known.reduceRight((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, sentence.text);
  const raw = tokenise(text)
    .map(({ word }) => word)
    .join(' ');
  return { ...sentence, text, raw };
}

function isOrder(clause: string, { tokens, mentions }: Sentence): boolean {
  const plain = clause.replace(/\bdrop(?:ped|ping)? ?(?:offs?|outs?)\b/g, 'dropoffs');
  if (SENDING.test(plain) || SUBSCRIBING.test(plain)) return true;
  if (READS.test(plain)) return false;
  const first = tokens.findIndex(({ word }) => VERB.test(word));
  const isName = mentions.some(({ first: start, end }) => end - start > 1 && start <= first && first < end);
  if (IMPERATIVE.test(plain) && !isName) return true;
  const told = /\b(?:why|when|since|after|before|did|was|were|who)\b/;
  if (/\b(?:delete|drop|wipe|erase|purge|truncate) (?:all|every|everything)\b/u.test(plain) && !told.test(plain))
    return true;
  return LATER_IMPERATIVE.test(plain) && !told.test(plain.split(LATER_IMPERATIVE)[0] ?? '');
}

const VERB = new RegExp(`^${VERBS}$`, 'u');
/** Requests for figures that begin like an order. */
const READS =
  /^(?:(?:please|pls|can you|could you|hey|hi|hello|seepass|ok|and|now|just|then|also) )*(?:update me|\w+ (?:times?|rates?|counts?|volumes?|numbers?|totals?|stats)|fill me|call me|give (?:me|us)|open (?:tickets?|incidents?|issues?|questions?)|opened|closed|answer (?:me|this)|page ?views?|page (?:view|with|that)|pages?\b|calls?\b(?! (?:the|me|them))|message(?:s| count)|release(?:s| \w+@)|releases?|label|tag|move on|moving on|set of|change (?:in|of|from|since|vs|over)|changes? (?:in|of)|credits?|make (?:a|me a|it a|that a|this a) (?:chart|graph|table|plot|list)|turn (?:it|that|this) into a (?:chart|graph|table)|plot|switch to|add (?:a )?(?:chart|graph|breakdown|split)|(?:increase|decrease|drop|lower|raise)s? (?:in|of)|resolve[sd]|reply (?:time|rate|count)|replies|respon[sd]e|raised?|(?:remove|drop|clear|lose) (?:the |that |all )?(?:\w+ ){0,2}(?:filters?|split|limit|breakdown|comparison|grouping|restriction)|(?:remove|drop|lose) the (?:plan|platform|page|release|category|topic|signature|severity|status|source|stage|endpoint|tool|environment)s?$|clear (?:the )?filter|make (?:that|it) (?:by|per|for|the|only|last|weekly|daily|hourly|monthly|top)|change (?:it|that) to|drop the (?:filter|split|comparison)|set (?:it|that) to|also|label(?:led|ed))/;
