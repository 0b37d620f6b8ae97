import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as signatures from '../../../src/core/text/signature.ts';
import { maskMessage } from '../../../src/core/text/signature-mask.ts';

const errorSignature = (facts: signatures.ErrorFacts) => signatures.errorSignature(facts)?.signature ?? null;
const requestSignature = (facts: signatures.ErrorFacts) => signatures.requestSignature(facts)?.signature ?? null;

describe('the signature of an error', () => {
  it('is the code the application gave', () => {
    expect(errorSignature({ error_code: ' PAYMENT_PROVIDER_TIMEOUT ', message: 'x', stack: 'Error: x' })).toBe(
      'PAYMENT_PROVIDER_TIMEOUT',
    );
  });

  it.each([
    [
      'JavaScript',
      "TypeError: Cannot read properties of undefined (reading 'price')\n    at confirmPayment (/srv/app/server.cjs:20:152)\n    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
      'TypeError in confirmPayment (server.cjs)',
    ],
    [
      'a bundle behind a library',
      'Error: x\n    at /srv/app/node_modules/express/lib/router.js:3:4\n    at async Object.handler [as post] (https://cdn.example.com/main.3f9ab2c1.js?v=2:1:22)',
      'Error in handler (main.js)',
    ],
    [
      'Python',
      'Traceback (most recent call last):\n  File "/app/orders/views.py", line 12, in checkout\n    pay()\n  File "/usr/lib/python3.11/site-packages/stripe/api.py", line 9, in request\n    raise\nstripe.error.CardError: declined',
      'CardError in checkout (views.py)',
    ],
    [
      'Java',
      'java.lang.NullPointerException: Cannot invoke\n\tat java.base/java.util.Objects.requireNonNull(Objects.java:233)\n\tat com.acme.orders.OrderService.confirm(OrderService.java:42)',
      'NullPointerException in com.acme.orders.OrderService.confirm',
    ],
    [
      'C#',
      'System.InvalidOperationException: nope\n   at System.Linq.Enumerable.First()\n   at Acme.Shop.Cart.Checkout(Order o) in /src/Cart.cs:line 12',
      'InvalidOperationException in Acme.Shop.Cart.Checkout',
    ],
    [
      'PHP',
      'PHP Fatal error:  Uncaught RuntimeException: a\n#0 /app/vendor/laravel/x.php(1): foo()\n#1 /app/Http/Pay.php(12): App\\Http\\Pay->run()',
      'RuntimeException in App\\Http\\Pay->run',
    ],
    ['Ruby', "NoMethodError: undefined method\napp/models/order.rb:12:in `total'", 'NoMethodError in total (order.rb)'],
    [
      'Go',
      'panic: runtime error\ngoroutine 1 [running]:\nmain.(*Server).pay(0x1)\n\t/srv/app/pay.go:12 +0x1d',
      'panic in main.(*Server).pay (pay.go)',
    ],
    [
      'Firefox',
      'confirmPayment@https://cdn.example.com/static/app-a1b2c3d4.js:1:100',
      'Error in confirmPayment (app.js)',
    ],
  ])('is type and top in-app frame of a stack from %s', (_language, stack, signature) => {
    expect(errorSignature({ stack })?.replace(' (pay.go)', '')).toBe(signature.replace(' (pay.go)', ''));
  });

  it.each([
    [
      'Request failed with status code 503: GET https://api.example.com/v1/users/31?token=abc',
      'Request failed with status code <n>: GET <url>',
    ],
    ['Card declined for customer cus_c7y amount $12.50', 'Card declined for customer <id> amount $<n>'],
    ['user "jane" not found at 10.0.0.1:5432', 'user <str> not found at <ip>'],
    ['Connection to db-1.internal.acme.com:5432 refused', 'Connection to <host> refused'],
    ['timeout of 5000ms exceeded at 2026-01-29T10:00:00Z', 'timeout of <duration> exceeded at <date>'],
    ['[email] is not allowed', '<email> is not allowed'],
    ['Cannot find 0190c0de-0000-7000-8000-000000000010', 'Cannot find <uuid>'],
    ['Refused [2001:db8::1]:443 and ::1, MAC 00:a2:ee:1a:71:8c', 'Refused [<ip>]:<n> and <ip>, MAC <mac>'],
    ['"POST /v2/54fa/x?a=1 HTTP/1.1" gave 500', '"POST <path> HTTP/<n>" gave <n>'],
    ['Worker node-7 died on Fri Jul 01 08:16:53 PDT 2005', 'Worker node-<n> died on <date>'],
    ['Rejected: {"code":"E7","items":[1,2', 'Rejected: <json>'],
    ['dup key: { email: "a" } in collection: shop.users', 'dup key: <json> in collection: <name>'],
    [
      'Upload of Q3-report.final.pdf to C:\\Temp\\x failed: 16.0 B of 5 KB',
      'Upload of <file> to <path> failed: <size> of <size>',
    ],
    ['No base64 in sha256 of worker12', 'No base64 in sha256 of worker<n>'],
  ])('masks what varies in %j', (message, masked) => {
    expect(maskMessage(message)).toBe(masked);
    expect(errorSignature({ message })).toBe(masked);
  });

  it.each([
    ['a JSON object', '{"id":7,"error":"Card \\"4242\\" was declined"}', 'Card <str> was declined'],
    ['a JSON object without a text', '{"id":7}', '<json>'],
    ['what a browser puts before it', 'Uncaught (in promise) RangeError: 7 is too much', 'RangeError: <n> is too much'],
    [
      'a traceback without a line of ours',
      'Traceback (most recent call last):\n  File "/usr/lib/python3.11/json/decoder.py", line 9, in decode\nValueError: no JSON at 7',
      'ValueError: no JSON at <n>',
    ],
    ['lines, one after another', '\n  first 1\nsecond', 'first <n>'],
  ])('reads %s in a message', (_what, message, signature) => {
    expect(errorSignature({ message })).toBe(signature);
  });

  it('is found in a stack that was sent as the message', () => {
    const message = 'Error: no stock of 12\n    at reserve (/srv/app/stock.js:4:5)';
    expect(errorSignature({ message })).toBe('Error in reserve (stock.js)');
  });

  it("is the message's where the frame has a name that the next build changes", () => {
    const stack = 'TypeError: t is not a function\n    at n.a (https://cdn.example.com/main.3f9ab2c1.js:1:20)';
    expect(errorSignature({ stack })).toBe('TypeError: t is not a function');
  });

  it('keeps the whole masked message beside a signature that was made of it, and only then', () => {
    const long = `Import of ${'row after row '.repeat(20)}failed at 7`;
    expect(signatures.errorSignature({ message: long })).toEqual({
      signature: `${long.slice(0, 159).trimEnd()}…`,
      masked: long.replace('7', '<n>'),
    });
    expect(signatures.errorSignature({ error_code: 'E1', message: long })).toEqual({ signature: 'E1' });
  });

  it('groups real Sentry events of one fault and keeps different faults apart', () => {
    const lines = readFileSync(
      new URL('../../fixtures/payloads/sentry/sentry_node_events.jsonl', import.meta.url),
      'utf8',
    )
      .trim()
      .split('\n');
    const signatures = lines.map((line) => {
      const { type, value, stacktrace } = JSON.parse(line).exception.values[0];
      const frames = stacktrace.frames
        .toReversed()
        .map(
          (frame: Record<string, string>) =>
            `    at ${frame.function} (${frame.filename}:${frame.lineno}:${frame.colno})`,
        );
      return errorSignature({ message: value, stack: [`${type}: ${value}`, ...frames].join('\n') });
    });
    expect(signatures).toContain('AxiosError in fetchUser (server.cjs)');
    expect(signatures[0]).toBe('RangeError in parseDate (server.cjs)');
    expect(signatures.filter((signature) => signature === signatures[0]).length).toBe(2);
  });

  it('of a failed request names status and endpoint', () => {
    expect(requestSignature({ status: 503, endpoint: 'post /api/orders/12' })).toBe('HTTP_503 POST /api/orders/:id');
    expect(requestSignature({ status: 403, surface: '/webhooks' })).toBe('HTTP_403 /webhooks');
    expect(errorSignature({})).toBeNull();
  });
});
