import fc from 'fast-check';

/** Half of a pair is no text. */
const SURROGATES = { first: 0xd800, last: 0xdfff };
const isSurrogate = (point: number): boolean => point >= SURROGATES.first && point <= SURROGATES.last;
const COUNT = 0x110000 - (SURROGATES.last + 1 - SURROGATES.first);

/**
 * What fast-check draws for `unit: 'binary'`, draw by draw. Its own first makes a table of all million of them, which
 * takes a worker two seconds and stays in its memory.
 */
export const codePoint: fc.Arbitrary<string> = fc.nat({ max: COUNT - 1 }).map(
  (place) => String.fromCodePoint(place < SURROGATES.first ? place : place + SURROGATES.last + 1 - SURROGATES.first),
  (text) => {
    const point = typeof text === 'string' ? text.codePointAt(0) : undefined;
    if (point === undefined || String.fromCodePoint(point) !== text || isSurrogate(point))
      throw new RangeError('not a code point');
    return point < SURROGATES.first ? point : point - (SURROGATES.last + 1 - SURROGATES.first);
  },
);
