import { RUNG_VERBS, RUNGS, type Rung } from './ladder.ts';

/** What no text may say, whoever wrote it, and the reason a log line gives. */
const NEVER: readonly (readonly [reason: string, pattern: RegExp])[] = [
  [
    'a causal claim',
    /\b(?:caus(?:es|ed|ing)|the cause|because|due to|led to|leads to|root[ -]cause|result(?:s|ed)? (?:in|from)|responsible for|triggered|blam\w*|fault of)\b/i,
  ],
  ['alarm', /!|\b(?:critical issue|anomal(?:y|ies)|disaster|catastroph\w*|urgent(?:ly)?)\b/i],
  ['a link or a mention', /https?:|www\.|<[@!#]|@(?:here|channel|everyone)\b|\]\(/i],
  ['markup', /[<>`\n\r]/],
];

/** How each rung above the record's own would be worded; a text must not climb the ladder. */
const CLIMBS: Readonly<Record<Rung, RegExp>> = {
  'co-occurs': /\b(?:rose|risen|went up|fell) (?:along )?with\b/i,
  precedes: /\b(?:began|started|rose|came|begun) (?:before|earlier)\b|\bpreced\w*|\bfollowed by\b/i,
  concentrated: /\bconcentrated\b|\bdominat\w*/i,
  'release-aligned':
    /\b(?:began|started|rose|came|since|after|with) (?:with |in )?(?:the |this )?(?:new )?(?:release|deploy\w*|rollout)\b/i,
};

/** Why a text breaks the house voice or says more than its evidence; null when it does neither. */
export function voiceFault(text: string, rung: Rung | null): string | null {
  const broken = NEVER.find(([, pattern]) => pattern.test(text));
  if (broken) return broken[0];
  const height = rung === null ? -1 : RUNGS.indexOf(rung);
  const climbed = RUNGS.slice(height + 1).find((above) => above !== 'co-occurs' && CLIMBS[above].test(text));
  return climbed === undefined ? null : `"${RUNG_VERBS[climbed]}" without that evidence`;
}
