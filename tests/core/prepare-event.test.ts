import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createPreparer } from '../../src/core/prepare-event.ts';
import type { Event, JsonObject } from '../../src/core/records.ts';

const prepareFor = (currency: string) =>
  createPreparer({
    currency,
    keyId: 'k1',
    pseudonym: (user) => `p:${createHash('sha256').update(user).digest('hex').slice(0, 8)}`,
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
  });
const prepare = prepareFor('USD');
const event: Event = {
  ts: 1,
  source: 'app',
  type: 'pageview',
  account: null,
  user: null,
  surface: null,
  severity: null,
  value: null,
  id: null,
  meta: {},
};

describe('preparing an event', () => {
  it('normalises the surface, hides the user and says under which key and version', () => {
    const ready = prepare({
      ...event,
      user: 'jane@example.com',
      surface: 'https://x.io/en/orders/7?e=jane@example.com',
    });
    expect(ready).toMatchObject({ surface: '/orders/:id', key_id: 'k1', normaliser_version: 1, keyed_by: 'content' });
    expect(JSON.stringify(ready)).not.toContain('jane');
  });

  it('moves what has a column of its own out of meta, and redacts the rest', () => {
    const meta = {
      release: 'web@1',
      env: 'prod',
      status: '503',
      endpoint: 'get /users/5',
      order_id: 77,
      ticket_topic: 'card',
      message: 'mail bob@x.io',
      password: 'hunter2',
      nested: { list: ['10.0.0.1'] },
      url: 'https://t.io/issues/9?token=abc',
      request_id: '4111111111111111',
    };
    expect(prepare({ ...event, type: 'request', meta })).toMatchObject({
      release: 'web@1',
      env: 'prod',
      status: 503,
      endpoint: 'GET /users/:id',
      order_id: '77',
      ticket_topic: 'card',
      error_signature: 'HTTP_503 GET /users/:id',
      meta: {
        message: 'mail [email]',
        password: '[secret]',
        nested: { list: ['[ip]'] },
        url: 'https://t.io/issues/9?token=[secret]',
        request_id: '4111111111111111',
      },
    });
  });

  it.each([
    ['USD', 19.99, 1999],
    ['USD', 1.005, 101],
    ['USD', -5.5, -550],
    ['JPY', 1200, 1200],
    ['BHD', 1.2345, 1235],
  ])('counts %s %d as %d minor units', (currency, value, minor) => {
    expect(prepareFor(currency)({ ...event, type: 'revenue', value })).toMatchObject({
      amount_minor: minor,
      value: null,
    });
  });

  it('groups a failed request by the fault its stack shows, else by status and endpoint', () => {
    const stack = 'PaymentError: no answer\n    at confirmPayment (/srv/app/pay.js:26:63)';
    const signatureOf = (meta: JsonObject) =>
      prepare({ ...event, type: 'request', meta: { endpoint: 'GET /pay/7', ...meta } }).error_signature;
    expect(signatureOf({ status: 500, stack })).toBe('PaymentError in confirmPayment (pay.js)');
    expect(signatureOf({ status: 500 })).toBe('HTTP_500 GET /pay/:id');
    expect(signatureOf({ status: 500, stack, error_code: 'NO_ANSWER' })).toBe('NO_ANSWER');
    expect(signatureOf({ status: 200, stack })).toBeNull();
  });

  it('keys by source and id, or by content whatever the order of the keys', () => {
    const first = prepare({ ...event, id: 'a', ts: 1 });
    expect(prepare({ ...event, id: 'a', ts: 2 }).event_key).toBe(first.event_key);
    expect(prepare({ ...event, id: 'a', source: 'sentry' }).event_key).not.toBe(first.event_key);
    expect(prepare({ ...event, meta: { a: 1, b: 2 } }).event_key).toBe(
      prepare({ ...event, meta: { b: 2, a: 1 } }).event_key,
    );
    expect(prepare({ ...event, meta: { a: 1 } }).event_key).not.toBe(prepare(event).event_key);
  });

  it('cuts long texts without leaving half a secret', () => {
    const ready = prepare({ ...event, type: 'error', meta: { message: `${'x'.repeat(1_990)} jane.doe@example.com` } });
    expect(String(ready.meta.message)).not.toContain('jane');
  });

  it.each([
    ['an encoded phone in a link', { url: 'https://t.io/issues/9?q=%2B49%20151%2023456789' }, '23456789'],
    ['an e-mail as a key', { 'jane@example.com': 'opened' }, 'jane@example.com'],
    ['a token as an order', { order_id: 'sk_live_4eC39HqLyjWDarjtT1zdp7dc' }, '4eC39HqLyjWDarjtT1zdp7dc'],
    ['an address as a request', { request_id: '203.0.113.77' }, '203.0.113.77'],
    ["the person's own id in properties and texts", { distinct_id: 'user-90817', text: 'user-90817 wrote' }, '90817'],
  ])('keeps %s out of what is stored', (_what, meta, leak) => {
    const ready = prepare({ ...event, user: 'user-90817', meta });
    expect(JSON.stringify(ready)).not.toContain(leak);
  });

  it('keeps the name of an account, unless it is an address or the person', () => {
    const accountOf = (account: string) => prepare({ ...event, account, user: 'user-90817' }).account;
    expect(accountOf('Müller & Söhne 24')).toBe('Müller & Söhne 24');
    expect(accountOf('4155550123')).toBe('4155550123');
    expect(accountOf('jane@example.com')).toMatch(/^account p:/);
    expect(accountOf('user-90817')).toMatch(/^account p:/);
    expect(accountOf('jane@example.com')).toBe(accountOf('jane@example.com'));
    expect(accountOf('jane@example.com')).not.toBe(accountOf('john@example.com'));
  });
});
