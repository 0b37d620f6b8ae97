import type { Rng } from '../core/simulate/rng.ts';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

const byteText = (word: number, shift: number): string => HEX[(word >>> shift) & 255] ?? '';
const wordText = (word: number): string =>
  byteText(word, 24) + byteText(word, 16) + byteText(word, 8) + byteText(word, 0);

/** Lower-case hexadecimal digits. */
export function hexText(rng: Rng, length: number): string {
  let text = '';
  while (text.length < length) text += wordText(rng.uint32());
  return text.length === length ? text : text.slice(0, length);
}

/** A version 4 UUID. */
export function uuidText(rng: Rng): string {
  const time = wordText(rng.uint32());
  const middle = wordText((rng.uint32() & 0xffff0fff) | 0x4000);
  const node = wordText((rng.uint32() & 0x3fffffff) | 0x80000000);
  return `${time}-${middle.slice(0, 4)}-${middle.slice(4)}-${node.slice(0, 4)}-${node.slice(4)}${wordText(rng.uint32())}`;
}

/** A version 7 UUID, as PostHog gives its events: milliseconds first. */
export function timedUuidText(rng: Rng, ts: number): string {
  const high = wordText(Math.floor(ts / 65536));
  const word = rng.uint32();
  const node = wordText((rng.uint32() & 0x3fffffff) | 0x80000000);
  return `${high}-${byteText(ts % 65536, 8)}${byteText(ts % 65536, 0)}-7${wordText(word).slice(0, 3)}-${node.slice(0, 4)}-${node.slice(4)}${wordText(rng.uint32())}`;
}
