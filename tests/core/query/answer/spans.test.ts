import { describe, expect, it } from 'vitest';
import { noteSentence } from '../../../../src/core/query/answer/spans.ts';

describe('a note of the reader', () => {
  it.each([
    ['"chekout" read as "checkout"', 'I read "chekout" as "checkout".'],
    ['"ayer" was not understood', '"ayer" was not understood.'],
    ['by day: Active users has no finer grain', 'By day: Active users has no finer grain.'],
  ])('is a sentence: %s', (note, sentence) => expect(noteSentence(note)).toBe(sentence));
});
