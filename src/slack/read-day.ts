import { addDays, isDate } from '../core/window.ts';
import { SeepassError } from '../errors.ts';

/** Whether a word of a command means a day, even one that cannot be read. */
export function looksLikeDay(word: string): boolean {
  return /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$/.test(word) || /^(yesterday|today|tomorrow)$/i.test(word);
}

/**
 * The judged day a word means, YYYY-MM-DD.
 * @param today in the workspace's zone.
 * @param command the command it was typed after, for the example in what is said back.
 * @throws SeepassError `bad_arguments` that says how to write it.
 */
export function readDay(word: string, today: string, command: string): string {
  const name = word.toLowerCase();
  if (name === 'yesterday') return addDays(today, -1);
  if (name === 'today' || name === 'tomorrow') {
    throw new SeepassError('bad_arguments', `Only complete days are judged, so there is nothing for ${name} yet.`, {
      fix: `Try \`/seepass ${command} yesterday\`.`,
    });
  }
  if (!isDate(word)) {
    throw new SeepassError('bad_arguments', `${word.slice(0, 40)} is not a date I can read.`, {
      fix: `Write it as YYYY-MM-DD, for example \`/seepass ${command} ${addDays(today, -1)}\`, or "yesterday".`,
    });
  }
  return word;
}
