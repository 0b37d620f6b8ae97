import { randomInt } from 'node:crypto';

// Without letters and digits that are mistaken for one another when read aloud.
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A short reference that a person can read out and that the log line carries too, such as "8F2K". */
export function newRef(): string {
  return Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
