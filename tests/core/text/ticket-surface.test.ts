import { describe, expect, it } from 'vitest';
import { ticketSurface } from '../../../src/core/text/ticket-surface.ts';

const words = { tags: [], texts: [], page: null };
const page = 'https://app.example.com/checkout/17';

describe('where a ticket is about', () => {
  it.each([
    ['a tag', { ...words, tags: ['vip', '/checkout'], texts: [page] }, '/checkout'],
    ['a tag that says what it is', { ...words, tags: ['Page: /orders/:id'] }, '/orders/:id'],
    [
      'the first link to a page',
      { ...words, texts: ['none', `see ${page} and ${page}/2`], page: 'https://x.example.com/' },
      page,
    ],
    ['a link within markup', { ...words, texts: [`<a href="${page}">here</a>`] }, page],
    [
      'a page behind a hash',
      { ...words, texts: ['https://app.example.com/#/orders/7'] },
      'https://app.example.com/#/orders/7',
    ],
    ['the page people wrote from', { ...words, page }, page],
  ])('is said by %s', (_what, ticket, surface) => {
    expect(ticketSurface(ticket)).toBe(surface);
  });

  it.each([
    ['a tag that is a word', { ...words, tags: ['checkout', '//', '/a b'] }],
    ['a bare host, as signatures have it', { ...words, texts: ['Ann, https://www.example.com/'] }],
    ['a picture', { ...words, texts: ['https://cdn.example.com/shots/1.png'] }],
    ["a tool's own page", { ...words, texts: ['https://downloads.intercomcdn.com/i/o/1/x'] }],
    ['a page of others', { ...words, texts: ['https://www.loom.com/share/1', 'https://docs.google.com/d/1'] }],
    ['what is no address', { ...words, texts: ['https://', 'https://%'], page: 'javascript:alert(1)' }],
  ])('is not said by %s', (_what, ticket) => {
    expect(ticketSurface(ticket)).toBeNull();
  });
});
