/** Typing errors: the known word that was most likely meant. */
import { distance } from 'fastest-levenshtein';

/** Shorter words have too many neighbours to guess. */
const SHORTEST = 4;
const LONG = 10;

/** Slips between two words: Levenshtein's edits, two letters that changed places being one (Damerau 1964). */
function slips(a: string, b: string): number {
  const edits = distance(a, b);
  return edits === 2 && isSwap(a, b) ? 1 : edits;
}

function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/**
 * The one known word that `word` was meant to be: one slip in a short word, two in a long one. The first letter is
 * taken to be right. Undefined where no word, or more than one equally near, fits.
 */
export function nearestWord(word: string, known: Iterable<string>): string | undefined {
  if (word.length < SHORTEST || /\d/.test(word)) return undefined;
  const most = word.length >= LONG ? 2 : 1;
  let nearest: string | undefined;
  let fewest = most + 1;
  let tied = false;
  for (const candidate of known) {
    if (candidate[0] !== word[0] || candidate.length < SHORTEST || Math.abs(candidate.length - word.length) > most)
      continue;
    const between = slips(word, candidate);
    if (between > most || between > fewest) continue;
    tied = between === fewest && nearest !== candidate;
    fewest = between;
    nearest = candidate;
  }
  return tied ? undefined : nearest;
}
