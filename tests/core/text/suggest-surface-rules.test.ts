import { describe, expect, it } from 'vitest';
import { suggestSurfaceRules } from '../../../src/core/text/suggest-surface-rules.ts';

const name = (index: number): string => `name-${String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))}`;
const many = (count: number, of: (name: string) => string): string[] =>
  Array.from({ length: count }, (_, index) => of(name(index)));

describe('rules for pages that are too many', () => {
  it('are suggested where a segment has very many values', () => {
    const surfaces = ['/checkout', '/u', ...many(312, (one) => `/u/${one}`)];
    expect(suggestSurfaceRules(surfaces)).toEqual([
      { seen: '/u/<312 different values>', rule: '/u/:name', surfaces: 312 },
    ]);
  });

  it('are one for each kind of page below it, the most pages first', () => {
    const surfaces = [...many(40, (one) => `/u/${one}`), ...many(60, (one) => `/u/${one}/posts`)];
    expect(suggestSurfaceRules(surfaces).map(({ rule }) => rule)).toEqual(['/u/:name/posts', '/u/:name']);
  });

  it('take all that is below where no two are alike', () => {
    const surfaces = many(80, (one) => `/docs/${one}/${one}-more`);
    expect(suggestSurfaceRules(surfaces)).toEqual([
      { seen: '/docs/<80 different values>', rule: '/docs/*', surfaces: 80 },
    ]);
  });

  it('join what lies deeper with what they join', () => {
    const surfaces = [...many(50, (one) => `/u/${one}`), ...many(50, (one) => `/u/jane/${one}`)];
    expect(suggestSurfaceRules(surfaces).map(({ rule }) => rule)).toEqual(['/u/*']);
  });

  it.each([
    ['pages at the top', many(200, (one) => `/${one}`)],
    ['a menu', many(29, (one) => `/docs/${one}`)],
    ['ids that are templates already', many(99, () => '/orders/:id')],
  ])('are none for %s', (_, surfaces) => {
    expect(suggestSurfaceRules(surfaces)).toEqual([]);
  });
});
