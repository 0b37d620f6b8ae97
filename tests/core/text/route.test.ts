import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseEndpoint, normaliseRoute } from '../../../src/core/text/route.ts';
import { codePoint } from '../../support/code-point.ts';

describe('a surface', () => {
  it.each([
    ['/', '/'],
    ['https://app.example.com', '/'],
    ['https://app.example.com/checkout?x=1#y', '/checkout'],
    ['//cdn.example.com/a', '/a'],
    ['app.example.com/orders/5', '/orders/:id'],
    ['myapp://orders/5', '/orders/:id'],
    ['/#/orders/7?x', '/orders/:id'],
    ['/docs#section', '/docs'],
    ['/Checkout//', '/checkout'],
    ['checkout', '/checkout'],
    ['Checkout Screen', '/checkout-screen'],
    ['GET /orders/5', '/orders/:id'],
    ['/en/checkout', '/checkout'],
    ['/de-DE/checkout', '/checkout'],
    ['/pt_BR/x', '/x'],
    ['/us/en/pricing', '/pricing'],
    ['/en', '/'],
    ['/my/account', '/my/account'],
    ['/products/8841', '/products/:id'],
    ['/products/0190c0de-0000-7000-8000-000000000010', '/products/:id'],
    ['/x/507f1f77bcf86cd799439011', '/x/:id'],
    ['/x/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/x/:id'],
    ['/x/blue-shirt-12345', '/x/:id'],
    ['/x/12345-blue-shirt', '/x/:id'],
    ['/x/cus_NffrFeUfNV2Hib', '/x/:id'],
    ['/x/ORD-2024-0012', '/x/:id'],
    ['/watch/dQw4w9WgXcQ', '/watch/:id'],
    ['/a/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc', '/a/:id'],
    ['/user/jane%40example.com', '/user/:id'],
    ['/orders/123.json', '/orders/:id'],
    ['/:orderId/{id}/[slug]/<int:pk>', '/:id/:id/:id/:id'],
    ['/blog/2026/11/21/hello-world', '/blog/:date/hello-world'],
    ['/d/2026-11-21', '/d/:date'],
    ['/caf%C3%A9', '/café'],
    ['/x;jsessionid=ABC/y', '/x/y'],
    ['/index.html', '/'],
    ['/404', '/404'],
    ['/orders/404', '/orders/:id'],
  ])('%s is %s', (sent, route) => {
    expect(normaliseRoute(sent)).toBe(route);
  });

  it.each([
    '/v1/users',
    '/reports/new',
    '/reports/annual-2024',
    '/iphone-15',
    '/step-2',
    '/face2face',
    '/oauth2callback',
    '/decade/facade',
    '/checkout/3ds',
    '/s3/upload',
    '/windows95',
  ])('%s stays as it is', (route) => {
    expect(normaliseRoute(route)).toBe(route);
  });

  it('that is blank is none', () => {
    expect(normaliseRoute('  ')).toBeNull();
  });

  it('is normalised once: a template is its own template, whatever was sent', () => {
    const part = fc.oneof(
      fc.string({ unit: codePoint, maxLength: 12 }),
      fc.constantFrom(
        'en',
        'de-DE',
        '%25',
        '%2F',
        '..',
        ':id',
        '2026',
        '11',
        '{x}',
        '#',
        '?',
        'a-1234',
        'index.html',
        '-',
        '%zz',
        ';',
        'http:',
        '',
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const route = normaliseRoute(parts.join('/'));
        if (route === null) return;
        expect(route.startsWith('/')).toBe(true);
        expect(normaliseRoute(route)).toBe(route);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('an endpoint', () => {
  it('keeps its method in capitals', () => {
    expect(normaliseEndpoint('post /api/orders/12?x=1')).toBe('POST /api/orders/:id');
    expect(normaliseEndpoint('https://api.example.com/v1/users/5')).toBe('/v1/users/:id');
  });
});
