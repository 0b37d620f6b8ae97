import { readdirSync } from 'node:fs';
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/slack/commands/index.ts';
import { findCommand } from '../../src/slack/find-command.ts';
import { dateOfPriority, encodePriority, findByValue } from '../../src/slack/ids.ts';
import { clip, escapeEntities, escapeText, link, quote, shorten, unescapeEntities } from '../../src/slack/mrkdwn.ts';
import { decodeShare, encodeShare } from '../../src/slack/share-value.ts';
import { toDeliveryError } from '../../src/slack/web-call.ts';

const wild = fc.string({ unit: 'grapheme', maxLength: 80 });

describe('text on its way into Slack', () => {
  it.each([
    ['<!channel> & <@U123>', '&lt;!channel&gt; &amp; &lt;@U123&gt;'],
    ['two\nlines\u0000', 'two lines'],
    ['right\u202eleft', 'right left'],
  ])('escapes %j', (text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });

  it('holds nothing that Slack would parse, whatever goes in', () => {
    fc.assert(
      fc.property(wild, fc.integer({ min: 2, max: 60 }), (text, limit) => {
        expect(quote(text, limit)).not.toMatch(/[<>\n]/);
        expect(clip(text, limit).length).toBeLessThanOrEqual(limit);
        expect(clip(text, limit)).not.toMatch(/[\ud800-\udbff]…/);
        expect(shorten(text, limit).length).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('reads what a person typed, which Slack hands on escaped', () => {
    fc.assert(
      fc.property(wild, (text) => {
        expect(unescapeEntities(escapeEntities(text))).toBe(text);
      }),
    );
  });

  it('links only to http addresses', () => {
    expect(link('https://a.example/?x=1&y=2', 'Sentry')).toBe('<https://a.example/?x=1&amp;y=2|Sentry>');
    expect(link('javascript:alert(1)', 'Sentry')).toBe('Sentry');
    expect(link('https://a.example/|<!here>', 'x')).toBe('x');
  });
});

describe('button values', () => {
  it('name a priority by ids only and find it again', () => {
    const priorities = [
      { date: '2026-01-29', entity_type: 'surface' as const, entity_key: '/a' },
      { date: '2026-01-29', entity_type: 'error_signature' as const, entity_key: '/a' },
    ];
    for (const priority of priorities) {
      const value = encodePriority(priority.date, priority);
      expect(value).toMatch(/^2026-01-29\.[0-9a-f]{24}$/);
      expect(dateOfPriority(value)).toBe('2026-01-29');
      expect(findByValue(priorities, value)).toBe(priority);
    }
    expect(dateOfPriority('2026-01-29.x; DROP TABLE')).toBeUndefined();
  });

  it('carry a question to share, and refuse anything else', () => {
    const request = { limit: 7, date: '2026-01-29', pattern: '/a*' };
    expect(decodeShare(encodeShare('id', request))).toEqual({ id: 'id', request });
    for (const bad of ['', '{}', '["id",99,"2026-01-29",null]', '["id",5,"yesterday",null]', '[5]']) {
      expect(decodeShare(bad)).toBeUndefined();
    }
  });
});

describe('a subcommand', () => {
  it.each([
    ['', 'help'],
    ['TOP 5', 'top'],
    ['  help  ', 'help'],
  ])('is found in "%s"', (typed, name) => {
    expect(findCommand(typed, commands).command?.name).toBe(name);
  });

  it.each([
    ['tpo', 'top'],
    ['hlep', 'help'],
    ['to', 'top'],
    ['helpme', 'help'],
    ['xyzzy', null],
  ])('is suggested for "%s": %s', (typed, nearest) => {
    expect(findCommand(typed, commands)).toMatchObject({ command: null, nearest });
  });

  it('has a name of its own and a file of that name, and every file is registered', () => {
    const files = readdirSync('src/slack/commands').filter((file) => file !== 'index.ts');
    expect(commands.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
  });
});

describe('what Slack or the network said', () => {
  const refused = (error: string) => new WebAPIPlatformError({ ok: false, error });
  const network = (code: string) =>
    new WebAPIRequestError(Object.assign(new Error('fetch failed'), { cause: { code } }));

  it.each([
    ['a rate limit', new WebAPIRateLimitedError(7), 'retryable', 7000],
    ['no such channel', refused('channel_not_found'), 'permanent', null],
    ['an unknown refusal', refused('something_new'), 'permanent', null],
    ["Slack's own fault", refused('internal_error'), 'ambiguous', null],
    ['a page instead of JSON', refused('<html>oops</html>'), 'permanent', null],
    ['HTTP 503', new WebAPIHTTPError(503, 'x', {}), 'ambiguous', null],
    ['HTTP 404', new WebAPIHTTPError(404, 'x', {}), 'permanent', null],
    ['nothing listening', network('ECONNREFUSED'), 'retryable', null],
    ['a dropped connection', network('ECONNRESET'), 'ambiguous', null],
    ['a timeout', new WebAPIRequestError(new DOMException('t', 'TimeoutError')), 'ambiguous', null],
  ])('sorts %s', (_name, error, failure, retryAfterMs) => {
    const sorted = toDeliveryError(error, 'chat.postMessage');
    expect(sorted).toMatchObject({ failure, retryAfterMs });
    expect(sorted.line).not.toContain('<html>');
  });
});
