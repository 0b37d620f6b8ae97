import { describe, expect, it } from 'vitest';
import { memoise } from '../../src/core/bounded-cache.ts';

describe('remembering results', () => {
  it('computes once what was seen lately, null too', () => {
    const computed: string[] = [];
    const nothing = memoise((text) => {
      computed.push(text);
      return null;
    });
    for (const text of ['a', 'b', 'a']) expect(nothing(text)).toBeNull();
    expect(computed).toEqual(['a', 'b']);
  });

  it('keeps what is asked for again, and forgets the rest', () => {
    const computed: string[] = [];
    const echo = memoise((text) => {
      computed.push(text);
      return text;
    }, 2);
    for (const text of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) expect(echo(text)).toBe(text);
    expect(computed).toEqual(['a', 'b', 'c', 'd', 'b']);
  });

  it('does not remember long texts', () => {
    let computed = 0;
    const count = memoise(
      (text) => {
        computed += 1;
        return text;
      },
      10,
      3,
    );
    for (const text of ['long', 'long']) count(text);
    expect(computed).toBe(2);
  });
});
