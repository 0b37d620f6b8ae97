import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindFacts } from '../../../src/core/facts/ledger.ts';
import type { Fact } from '../../../src/core/records.ts';
import { codePoint } from '../../support/code-point.ts';

const facts: Fact[] = [
  { id: 'error_rate.current', label: 'Errors per view', value: 0.083, unit: 'share', text: '8.3%' },
  { id: 'release', label: 'Release', value: 'web@1.42.0', unit: 'name', text: 'web@1.42.0' },
  { id: 'entity', label: 'Page', value: '/v2/checkout', unit: 'name', text: '/v2/checkout' },
  { id: 'topic.1', label: 'Theme', value: '2', unit: 'name', text: '2' },
];

describe('binding figures into a text', () => {
  it.each([
    ['{{fact:error_rate.current}} of views failed.', '8.3% of views failed.'],
    ['{{ fact: error_rate.current }} of views failed.', '8.3% of views failed.'],
    ['It began with web@1.42.0 on /v2/checkout.', 'It began with web@1.42.0 on /v2/checkout.'],
    ['p95 and p50 rose, mostly 5xx.', 'p95 and p50 rose, mostly 5xx.'],
    [
      'No one wrote in; the first sign is this one, one of the calls.',
      'No one wrote in; the first sign is this one, one of the calls.',
    ],
    ['Nothing to see.', 'Nothing to see.'],
  ])('accepts %j', (text, bound) => expect(bindFacts(text, facts)).toEqual({ ok: true, text: bound }));

  it.each([
    ['8.3% of views failed.'],
    ['{{fact:error_rate.current}} of 1,780 views failed.'],
    ['About twelve accounts are hit.'],
    ['Errors doubled.'],
    ['Errors are twice normal.'],
    ['A third of the views failed.'],
    ['Hundreds of tickets.'],
    ['Errors rose tenfold.'],
    ['½ of the views.'],
    ['٣ views.'],
    ['１２ views.'],
    ['One account is hit.'],
    ['{{fact:error_rate.current}}0 views.'],
    ['1{{fact:error_rate.current}}.'],
    ['{{fact:made.up}} of views.'],
    ['{{error_rate}} of views.'],
    ['{{fact:error_rate.current} of views.'],
    ['It began with web@1.42.01.'],
    ['It began with xweb@1.42.0.'],
    ['2 views failed.'],
  ])('refuses %j', (text) => {
    const bound = bindFacts(text, facts);
    expect(bound.ok).toBe(false);
    expect(bound.ok ? [] : bound.unbound).not.toEqual([]);
  });

  it('never lets a digit through that no fact holds', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: codePoint }), (noise) => {
        const bound = bindFacts(`${noise} {{fact:error_rate.current}} ${noise}`, [facts[0] as Fact]);
        if (bound.ok)
          expect(bound.text.replace('8.3%', '').replace(/p(50|75|90|95|99)\b|\b[45]xx\b/gi, '')).not.toMatch(/\p{N}/u);
      }),
      { numRuns: 100 },
    );
  });

  it('puts in what a fact says as it is, without reading it again', () => {
    const nested: Fact[] = [{ id: 'entity', label: '', value: '', unit: 'name', text: '{{fact:entity}} $& $1' }];
    expect(bindFacts('On {{fact:entity}}.', nested)).toEqual({ ok: true, text: 'On {{fact:entity}} $& $1.' });
  });
});
