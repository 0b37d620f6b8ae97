/** Reads what `annotate` marks in time: what happened, on which pages, and when. */
import { type Now, readMomentBehind } from './when/moment.ts';

export interface NewAnnotation {
  /** A release where the words name one ("web@1.42.0"), else a note. */
  kind: 'release' | 'note';
  /** Epoch milliseconds. */
  at: number;
  /** `*` for any characters; null for every page. */
  surface_pattern: string | null;
  text: string;
}

const TEXT = 300;
const PATTERN = 200;
const YEAR_MS = 366 * 86_400_000;

/** "web@1.42.0 deployed on /checkout* at 13:41"; what is left out is every page, and now. */
export function readAnnotationRequest(text: string, at: Now): { annotation: NewAnnotation } | { fault: string } {
  const said = text.replace(/\s+/g, ' ').trim();
  const timed = cutTime(said, at);
  if ('fault' in timed) return timed;
  if (at.now - timed.at > YEAR_MS) return { fault: 'That is more than a year ago, before anything that is compared.' };
  const [, before = timed.rest, pattern = null, after = ''] =
    /^(.*?)(?:^|\s)on\s+([/*]\S*)(.*)$/i.exec(timed.rest) ?? [];
  if (pattern !== null && pattern.length > PATTERN) return { fault: `A pattern has at most ${PATTERN} characters.` };
  const words = `${before}${after}`.replace(/\s+/g, ' ').trim();
  if (words === '') return { fault: 'I need what happened, in a few words.' };
  if (words.length > TEXT) return { fault: `A note has at most ${TEXT} characters.` };
  const kind = /(?:^|\s)[\w./-]+@v?\d[\w.+-]*/.test(words) ? 'release' : 'note';
  const surface_pattern = pattern === null || /^\/?\*+$/.test(pattern) ? null : pattern;
  return { annotation: { kind, at: timed.at, surface_pattern, text: words } };
}

/** Takes the time off that the words end with; a time that cannot be is a fault, words that are none are kept. */
function cutTime(said: string, at: Now): { at: number; rest: string } | { fault: string } {
  const starts = [...said.matchAll(/(?:^|\s)(at|since|yesterday|today|\d+\s?\S+ ago|(?:just )?now$)/gi)].toReversed();
  for (const { index } of starts) {
    const words = said.slice(index).trim().split(' ');
    const moment = readMomentBehind(words, at);
    if (!('fault' in moment)) return { at: moment.at, rest: said.slice(0, index) };
    if (!moment.isUnread) return { fault: moment.fault };
  }
  return { at: at.now, rest: said };
}
