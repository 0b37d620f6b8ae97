import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseRoute } from '../../../src/core/text/route.ts';
import {
  createSurfaceCap,
  createSurfacePlacer,
  OTHER_SURFACE,
  parseSurfaceRule,
} from '../../../src/core/text/surface-rules.ts';

describe('a surface rule', () => {
  it.each([
    ['/products/:id', '/products/:id'],
    ['/Products/:slug/Reviews', '/products/:id/reviews'],
    ['/docs/*', '/docs/*'],
    ['/u/:name/*', '/u/:id/*'],
    ['/', null],
    ['/:id', null],
    ['/*', null],
    ['/docs', null],
    ['/docs/*/x', null],
    ['/docs*', null],
    ['docs/:id', null],
    ['/docs//:id', null],
  ])('%s is kept as %s', (text, rule) => {
    expect(parseSurfaceRule(text)).toBe(rule);
  });

  const place = createSurfacePlacer(['/products/:id', '/docs/*', '/u/:id/posts', '/u/:id']);
  it.each([
    ['/products/blue-shirt', '/products/:id'],
    ['/products', '/products'],
    ['/products/blue-shirt/reviews', '/products/blue-shirt/reviews'],
    ['/docs', '/docs'],
    ['/docs/install', '/docs/*'],
    ['/docs/install/linux', '/docs/*'],
    ['/u/jane', '/u/:id'],
    ['/u/jane/posts', '/u/:id/posts'],
    ['/checkout', '/checkout'],
  ])('puts %s on %s', (route, surface) => {
    expect(place(route)).toBe(surface);
  });

  it('says the same of what it said, also when it comes through the normaliser again', () => {
    const segment = fc.constantFrom('docs', 'products', 'u', 'jane', 'posts', '17', 'a-b', '*', ':id');
    const rules = fc.array(fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`));
    const sent = fc.array(segment, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(rules, sent, (texts, text) => {
        const placed = createSurfacePlacer(texts.flatMap((one) => parseSurfaceRule(one) ?? []));
        const surface = placed(normaliseRoute(text) ?? '/');
        expect(placed(surface)).toBe(surface);
      }),
    );
  });
});

describe('a cap on surfaces', () => {
  it('keeps those that are known, lets new ones in until it is full, and puts the rest together', () => {
    const admit = createSurfaceCap(3, ['/a', '/b']);
    expect(['/c', '/d', '/a', '/c', '/e'].map(admit)).toEqual(['/c', OTHER_SURFACE, '/a', '/c', OTHER_SURFACE]);
  });

  it('takes none away that were there before it', () => {
    const admit = createSurfaceCap(1, ['/a', '/b']);
    expect(['/a', '/b', '/c', OTHER_SURFACE].map(admit)).toEqual(['/a', '/b', OTHER_SURFACE, OTHER_SURFACE]);
  });
});
