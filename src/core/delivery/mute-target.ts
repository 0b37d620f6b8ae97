/** What a typed word says is to be quiet: pages by a pattern, or an error by its signature. */
import { isIncidentName } from '../incident/incident-ref.ts';
import type { Mute } from './mute.ts';

export type MuteTarget = Pick<Mute, 'target' | 'pattern'>;

const LONGEST = 500;

/** A page begins with a slash or a star, an error is written in capitals; undefined for any other word. */
export function looksLikeTarget(word: string): boolean {
  if (isIncidentName(word)) return false;
  return /^[/*]/.test(word) || /^(?=[^a-z]*[A-Z])[A-Z0-9_.:*-]{3,}$/.test(word);
}

/** The target, or what is wrong with it, as a sentence. */
export function readMuteTarget(word: string): MuteTarget | { fault: string } {
  if (word.length > LONGEST) return { fault: `A pattern has at most ${LONGEST} characters.` };
  if (/^\/?\*+$/.test(word))
    return { fault: 'That would be quiet about everything. To get no alerts in a channel, use unsubscribe.' };
  if (looksLikeTarget(word)) return { target: /^[/*]/.test(word) ? 'surface' : 'error_signature', pattern: word };
  const cut = word.length > 40 ? `${word.slice(0, 39)}…` : word;
  return { fault: `"${cut}" is no page and no error that I know how to read.` };
}
