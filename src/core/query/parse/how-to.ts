/** "How do I restart the workers": how something is done is written down in runbooks, and measured nowhere. */
import type { Sentence } from './sentence.ts';

const BEFORE =
  '(?:(?:hey|hi|hello|so|ok|okay|and|please|pls|seepass|quick question|question|(?:can|could) you tell me|(?:do you|does anyone|does anybody|does somebody) know|i need to know) )*';
const ASKED = [
  'how (?:do|does|can|should|would|could|must|might) (?:i|we|one|somebody|someone|anybody|anyone)',
  'how to',
  '(?:(?:whats|what is|what are|what were) )?(?:the )?(?:steps?|procedure|process|right way|safe way|best way|way) (?:to|for)',
].join('|');
const HOW_TO = new RegExp(`^${BEFORE}(?:${ASKED}) (?:(?:\\w+ly|best|then|also|even|just) )?(?<verb>\\p{L}+)`, 'u');

/** What people do with figures, with us, and what they are told reasons for. */
const OF_FIGURES = new Set(
  `see know tell find read view look show chart plot graph draw display list export download fetch pull query get check
  detect determine identify inspect investigate dig drill zoom
  ask use talk word phrase type subscribe unsubscribe mute snooze dismiss approve sign
  measure count calculate compute estimate define track monitor learn understand interpret explain analyse analyze
  compare rank split break filter slice segment sort group summarise summarize visualise visualize trend differ score rate
  do doing perform fare stand stack feel think say believe expect need want have mean
  convert lose retain earn win sell spend improve optimise optimize increase grow boost reduce lower decrease raise focus
  prioritise prioritize work`.split(/\s+/),
);

/** What people on call and in support do: asked for whatever is named beside it. */
const DEEDS = new Set(
  `restart reboot redeploy deploy rollback roll revert rotate renew revoke regenerate unlock restore
  replay resend requeue reprocess rebuild reindex resync failover drain cordon terminate purge flush
  empty migrate disable enable unblock escalate silence quarantine invalidate rerun patch
  delete remove create add merge block ban upgrade downgrade cancel close clear refund change rename edit update configure
  connect invite assign grant`.split(/\s+/),
);

/** Whether the question asks how something is done, and not for a figure: "how do we see errors by release". */
export function asksHowTo({ whole, mentions }: Sentence): boolean {
  const verb = HOW_TO.exec(whole)?.groups?.verb;
  if (verb === undefined || OF_FIGURES.has(verb)) return false;
  return DEEDS.has(verb) || !mentions.some(({ meanings }) => meanings.some(({ kind }) => kind === 'metric'));
}

/** To give a secret a new value asks for nobody's: "rotate the webhook secret". */
const NEW_SECRET =
  /\b(?:rotat|renew|revok|regenerat|replac)\w* (?:the |our |an? |all )?(?:[\w-]+ ){0,3}?(?:secrets?|keys?|tokens?|passwords?|credentials|certificates?)\b/iu;

/** The question without the secret that is to be renewed; what else is asked for stays. */
export const withoutNewSecret = (text: string): string => text.replace(NEW_SECRET, 'renew it');
