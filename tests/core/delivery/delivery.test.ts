import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summariseColdStart } from '../../../src/core/delivery/cold-start.ts';
import { nextAttemptAt } from '../../../src/core/delivery/retry.ts';
import { createSurfaceMatcher } from '../../../src/core/delivery/surface-pattern.ts';

describe('a surface pattern', () => {
  it.each([
    ['/checkout*', '/checkout/pay', true],
    ['/checkout*', '/checkout', true],
    ['/checkout', '/checkout/pay', false],
    ['*pay*', '/Checkout/PAY/now', true],
    ['/a*b*c', '/aXbYc', true],
    ['/a*b*b', '/ab', false],
    ['*', '', true],
    ['a*a', 'a', false],
    ['/[x].*', '/x', false],
  ])('%s against %s: %s', (pattern, name, expected) => {
    expect(createSurfaceMatcher(pattern)(name)).toBe(expected);
  });

  it('agrees with the same wildcard as a regular expression', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
    const names = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
    fc.assert(
      fc.property(letters, names, (pattern, name) => {
        const regex = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
        expect(createSurfaceMatcher(pattern)(name)).toBe(regex.test(name));
      }),
    );
  });
});

describe('trying again', () => {
  it('waits longer each time, and gives up', () => {
    const waits = Array.from({ length: 11 }, (_, index) => nextAttemptAt(0, index + 1, false));
    expect(waits.at(-1)).toBeNull();
    expect(waits.slice(0, -1)).toEqual(waits.slice(0, -1).toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    expect(nextAttemptAt(1_000, 1, false)).toBe(3_000);
  });

  it('gives what may be under way time to show up', () => {
    expect(nextAttemptAt(1_000, 1, true)).toBe(11_000);
    expect(nextAttemptAt(1_000, 4, true)).toBe(61_000);
  });
});

describe('a cold start', () => {
  const signature = (date: string, name: string, errors: number) => ({
    date,
    surface: '/a',
    signature: name,
    errors,
    example: '',
    url: null,
    release_top: null,
  });

  it('ranks errors by count and calls new only what was not there on the first day', () => {
    const summary = summariseColdStart({
      date: '2026-01-03',
      range: { start: '2026-01-01', end: '2026-01-04' },
      readyOn: '2026-01-15',
      signatures: [
        signature('2026-01-01', 'OLD', 5),
        signature('2026-01-02', 'OLD', 6),
        signature('2026-01-02', 'NEW', 3),
        signature('2026-01-03', 'NEWER', 1),
      ],
      details: [
        {
          date: '2026-01-02',
          surface: '/a',
          env_top: null,
          top_error_signatures: [],
          top_ticket_topics: [{ topic: 'invoice', count: 2, snippets: [] }],
        },
        {
          date: '2026-01-03',
          surface: '/a',
          env_top: null,
          top_error_signatures: [],
          top_ticket_topics: [{ topic: 'invoice', count: 1, snippets: [] }],
        },
      ],
    });
    expect(summary.days).toBe(3);
    expect(summary.topSignatures[0]).toEqual({ signature: 'OLD', surface: '/a', errors: 11 });
    expect(summary.newSignatures.map(({ signature: name }) => name)).toEqual(['NEWER', 'NEW']);
    expect(summary.themes).toEqual([{ topic: 'invoice', surface: '/a', tickets: 3, since: '2026-01-02' }]);
  });
});
