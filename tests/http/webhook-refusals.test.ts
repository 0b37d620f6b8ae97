import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SECRET, sign, startWebhookServer } from '../support/webhook-server.ts';

describe("the webhooks' door", () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
  it.each<[string, string, Record<string, string>, string | Buffer, number, RegExp]>([
    ['an unknown source', 'fax', SECRET, '{}', 404, /There are: posthog, sentry/],
    ['a path below', 'posthog/more', SECRET, '{}', 404, /nothing here/],
    ['no signature', 'sentry', {}, '{}', 401, /signature \(x-sig\) is missing/],
    ['no secret', 'posthog', {}, '{}', 401, /secret \(x-secret\) is missing/],
    ['a wrong secret', 'posthog', { 'x-secret': 'nope' }, '{}', 401, /secret is wrong/],
    ['a signature of another body', 'sentry', sign('{"a":1}'), '{"a":2}', 401, /signature is wrong/],
    ['a signature of a secret long gone', 'sentry', sign('{}', 'a secret before the old one'), '{}', 401, /wrong/],
    ["another source's proof", 'sentry', SECRET, '{}', 401, /missing/],
    ['XML', 'posthog', { ...SECRET, 'content-type': 'text/xml' }, '<a/>', 415, /application\/json/],
    [
      'a type that only begins alike',
      'posthog',
      { ...SECRET, 'content-type': 'application/jsonsomething' },
      '{}',
      415,
      /Send/,
    ],
    [
      'another charset',
      'posthog',
      { ...SECRET, 'content-type': 'application/json; charset=utf-16' },
      '{}',
      415,
      /UTF-8/,
    ],
    ['another packing', 'posthog', { ...SECRET, 'content-encoding': 'br' }, '{}', 415, /gzip/],
    ['what is no gzip', 'posthog', { ...SECRET, 'content-encoding': 'gzip' }, '{}', 422, /not gzip/],
    ['gzip that is cut', 'posthog', { ...SECRET, 'content-encoding': 'gzip' }, bomb.subarray(0, 100), 422, /not gzip/],
    ['a zip bomb', 'posthog', { ...SECRET, 'content-encoding': 'gzip' }, bomb, 413, /unpacks to more than 5 MB/],
    ['more than the source sends', 'sentry', sign('x'.repeat(1_001)), 'x'.repeat(1_001), 413, /larger than/],
    ['nothing', 'posthog', SECRET, '', 422, /empty/],
    ['no JSON', 'posthog', SECRET, 'hello', 422, /not valid JSON/],
    ['UTF-16', 'posthog', SECRET, Buffer.from('{"a":1}', 'utf16le'), 422, /NUL/],
    ['UTF-16 with its mark', 'posthog', SECRET, Buffer.from('\uFEFF{"a":1}', 'utf16le'), 422, /UTF-8/],
    ['bytes that are no text', 'posthog', SECRET, Buffer.from([0x22, 0xff, 0x22]), 422, /UTF-8/],
    ['what nests without end', 'posthog', SECRET, '['.repeat(200_000) + ']'.repeat(200_000), 422, /100 levels/],
  ])('refuses %s, and stores nothing', async (_what, path, headers, body, status, reason) => {
    const { send, received, counts } = await startWebhookServer();
    const answer = await send(path, headers, body);
    expect([answer.status, answer.json?.reason]).toEqual([status, expect.stringMatching(reason)]);
    expect(received).toEqual([]);
    expect(counts).toHaveLength(status === 404 ? 0 : 1);
    expect(answer.text).not.toMatch(/\n\s+at |secret of the tool/);
  });
});
