/** "How do I restart the workers": how something is done is written down in runbooks, and measured nowhere. */
import type { Sentence } from './sentence.ts';

const GREETING = '(?:(?:hey|hi|hello|so|ok|okay|and|please|pls|seepass|quick question|question) )*';
const ASKED = [
  'how (?:do|can|should|would|could|must|might) (?:i|we|one|somebody|someone|anybody|anyone)',
  'how to',
  '(?:what (?:are|is|were) )?(?:the )?(?:steps?|procedure|process|right way|safe way|best way|way) (?:to|for)',
].join('|');
const HOW_TO = new RegExp(`^${GREETING}(?:${ASKED}) (?:(?:\\w+ly|best|then|also|even|just) )?(?<verb>\\p{L}+)`, 'u');

/** What people do with figures, with us, and what they are told reasons for. */
const OF_FIGURES = new Set(
  `see know tell find read view look show chart plot graph draw display list export download fetch pull query
  ask use talk word phrase type subscribe unsubscribe mute snooze dismiss approve sign
  measure count calculate compute estimate define track monitor learn understand interpret explain analyse analyze
  compare rank split break filter slice segment sort trend differ
  do doing perform fare stand stack feel think say believe expect need want have mean
  convert lose retain earn win sell spend improve optimise optimize increase grow boost reduce lower decrease raise focus
  prioritise prioritize work`.split(/\s+/),
);

/** What people on call do: asked for whatever figure is named beside it. */
const DEEDS = new Set(
  `restart reboot redeploy deploy rollback roll revert rotate renew revoke regenerate unlock lock reset restore recover
  replay resend requeue reprocess rebuild reindex resync fail failover drain cordon scale kill terminate purge flush
  empty provision migrate switch disable enable unblock escalate silence quarantine invalidate rerun patch`.split(
    /\s+/,
  ),
);

/** Whether the question asks how something is done, and not for a figure: "how do we see errors by release". */
export function asksHowTo({ whole, mentions }: Sentence): boolean {
  const verb = HOW_TO.exec(whole)?.groups?.verb;
  if (verb === undefined || OF_FIGURES.has(verb)) return false;
  return DEEDS.has(verb) || !mentions.some(({ meanings }) => meanings.some(({ kind }) => kind === 'metric'));
}

/** To give a secret a new value asks for nobody's. */
const NEW_SECRET =
  /\b(?:rotat|renew|revok|regenerat|replac)\w* (?:\w+ ){0,5}?(?:secrets?|keys?|tokens?|passwords?|credentials|certificates?)\b/u;

export const asksToRenewSecret = (sentence: Sentence): boolean =>
  asksHowTo(sentence) &&
  NEW_SECRET.test(sentence.whole) &&
  !/\b(?:users?|customers?|accounts?|people|of|for)\b/u.test(sentence.whole);
