/** Takes account numbers out of text, and leaves ids that look like one alone. */
import { ibanLength, ibanValid } from './checksum.ts';

/** Cheap test that every text with an IBAN passes. */
export const ibanHint = /(?<![a-z\d])[a-z]{2}\d\d[ \da-z-]{11}/i;

const ibanStart = /(?<![A-Za-z0-9])[A-Z]{2}\d\d/gi;
const UUID_LENGTH = 36;
/** Longer than any IBAN: a hash of more digits is seen by its first ones. */
const LONGEST_RUN = 64;

/** The country says how long an IBAN is: what follows it may look alike, so no expression can find the end. */
export function redactIbans(text: string): string {
  let clean = '';
  let done = 0;
  for (const start of text.matchAll(ibanStart)) {
    if (start.index < done) continue;
    const length = ibanLength(start[0].slice(0, 2).toUpperCase());
    const rest = text.slice(start.index, start.index + 2 * length);
    const iban =
      length === 0 ? undefined : new RegExp(`^[A-Z0-9](?:[ -]?[A-Z0-9]){${length - 1}}`, 'i').exec(rest)?.[0];
    if (iban === undefined || !ibanValid(iban.replace(/[ -]/g, '').toUpperCase())) continue;
    if (isWithinId(text, start.index, start.index + iban.length)) continue;
    clean += `${text.slice(done, start.index)}[iban]`;
    done = start.index + iban.length;
  }
  return clean + text.slice(done);
}

/** True for a part of a UUID, or of a longer run of hex digits: of a million such ids the checksum lets ten pass. */
function isWithinId(text: string, start: number, end: number): boolean {
  const run = /^[\da-f]+/i.exec(text.slice(start, start + LONGEST_RUN))?.[0].length ?? 0;
  if (run > end - start) return true;
  const from = Math.max(0, start - UUID_LENGTH);
  const around = text.slice(from, end + UUID_LENGTH);
  for (const { index } of around.matchAll(/(?<![\da-z])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\da-z])/gi))
    if (from + index < end && from + index + UUID_LENGTH > start) return true;
  return false;
}
