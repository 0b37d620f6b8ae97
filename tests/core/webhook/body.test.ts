import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBodyValue } from '../../../src/core/webhook/body.ts';
import { codePoint } from '../../support/code-point.ts';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

describe("a delivery's text", () => {
  it.each([
    ['one value', '{"a":1}', { a: 1 }],
    ['a value after a byte order mark', '\uFEFF{"a":1}', { a: 1 }],
    ['one value over lines', '{\n"a":1\n}', { a: 1 }],
    ['values a line, empty ones left out', '{"a":1}\r\n\n{"b":2}\n', [{ a: 1 }, { b: 2 }]],
    ['lines of which some are text', '{"a":1}\nplain', [{ a: 1 }, 'plain']],
    ['the last of two keys of one name', '{"a":1,"a":2}', { a: 2 }],
    ['no key that reaches a prototype', '{"__proto__":{"x":1},"a":{"\\u005f_proto__":1,"b":2}}', { a: { b: 2 } }],
    ['a lone surrogate as it is', '{"a":"\\ud800"}', { a: '\ud800' }],
    ['brackets in texts, which are no depth', `{"a":"${'['.repeat(500)}"}`, { a: '['.repeat(500) }],
    ['what nests a hundred deep', nested(100), JSON.parse(nested(100))],
  ])('is read as %s', (_what, text, value) => {
    const read = readBodyValue(text, false);
    expect(read.value).toEqual(value);
    expect(Object.getPrototypeOf(read.value ?? {})).not.toHaveProperty('x');
  });

  it.each([
    ['is empty', ' \n', /empty/],
    ['is no JSON', 'hello {', /not valid JSON/],
    ['is cut', '{"a":', /not valid JSON/],
    ['nests deeper', nested(101), /100 levels/],
    ['nests as deep as it is long', nested(1_000_000), /100 levels/],
    ['nests deeper on one of its lines', `{}\n${nested(101)}`, /100 levels/],
    ['holds NULs, as UTF-16 does', Buffer.from('{"a":1}', 'utf16le').toString('utf8'), /NUL/],
  ])('is refused where it %s', (_what, text, reason) => {
    expect(readBodyValue(text, false).reason).toMatch(reason);
  });

  it('may be plain lines where its sender says so', () => {
    expect(readBodyValue('GET / 200\nGET /x 404\n', true).value).toEqual(['GET / 200', 'GET /x 404']);
  });

  it('is read as JSON reads it, and never throws', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 20 }), (json) => {
        if (!json.includes('__proto__')) expect(readBodyValue(json, false).value).toEqual(JSON.parse(json));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: codePoint }), fc.boolean(), (text, plain) => void readBodyValue(text, plain)),
    );
  });
});
