import { expect, it } from 'vitest';
import { quoteOf } from '../../../src/core/text/quote.ts';

it.each([
  ['Hi,\n\nthe export is empty.\n\nMany thanks\nMuhammad', 'the export is empty.'],
  [
    'Blank invoice: Good morning,\n\nI get a blank tab.\n\nKind regards,\nAda Lovelace',
    'Blank invoice: I get a blank tab.',
  ],
  ['Checkout hangs: it spins for a minute. Thanks!', 'Checkout hangs: it spins for a minute.'],
  ['Card declined', 'Card declined'],
  ['Thanks to your update nothing works', 'Thanks to your update nothing works'],
  ['Thanks', 'Thanks'],
  ['  two\n\nlines  ', 'two lines'],
])('quotes %j as %j', (text, quote) => expect(quoteOf(text)).toBe(quote));

it('cuts what is too long for a phone, between characters', () => {
  const quote = quoteOf('😀'.repeat(500));
  expect([...quote]).toHaveLength(240);
  expect(quote.endsWith('😀…')).toBe(true);
});
