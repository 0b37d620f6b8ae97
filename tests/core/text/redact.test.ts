import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/core/simulate/rng.ts';
import { redact } from '../../../src/core/text/redact.ts';
import { codePoint } from '../../support/code-point.ts';

// Written in two parts, so that no scanner takes an example for a leaked credential.
const joined = (...parts: string[]): string => parts.join('');

const someUuid = '0190c0de-0000-7000-8000-000000000010';
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 128 bits as 26 characters of Crockford's alphabet. */
function ulidOf(hex: string): string {
  let bits = BigInt(`0x${hex}`);
  let ulid = '';
  for (let n = 0; n < 26; n++, bits >>= 5n) ulid = `${CROCKFORD[Number(bits & 31n)]}${ulid}`;
  return ulid;
}

describe('redacting', () => {
  it.each([
    ['mail jane.doe+x@example.co.uk now', 'mail [email] now'],
    ['/checkout/1?utm_source=mail&email=jane%40example.com', '/checkout/1?utm_source=mail&email=[email]'],
    ['ann@münchen.de wrote <bob@x.io>', '[email] wrote <[email]>'],
    ['call +49 30 901820 or (555) 123-4567, 555-123-4567', 'call [phone] or [phone], [phone]'],
    ['0151 23456789 and tel: 5551234567', '[phone] and tel: [phone]'],
    ['card 4111 1111 1111 1111 or 4242424242424242', 'card [card] or [card]'],
    ['IBAN DE89 3704 0044 0532 0130 00 and GB82WEST12345698765432 ok', 'IBAN [iban] and [iban] ok'],
    ['(4242424242424242),de89370400440532013000;', '([card]),[iban];'],
    ['ab12-DE89 3704 0044 0532 0130 00', 'ab12-[iban]'],
    ['from 10.0.0.1:8080, 2001:db8::1, ::ffff:192.168.0.1', 'from [ip]:8080, [ip], [ip]'],
    ['Authorization: Bearer secret-token-1', 'Authorization: Bearer [token]'],
    ['authorization: Basic dXNlcjpwYXNz', 'authorization: Basic [token]'],
    [joined('sk', '-ant-api03-abcdefgh and xo', 'xb-123-456-abcdef'), '[token] and [token]'],
    [joined('gh', 'p_16C7e42F292c6912E7710c838347Ae178B4a AK', 'IAIOSFODNN7EXAMPLE'), '[token] [token]'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_123', 'jwt [token]'],
    ['Cookie: sid=abc; theme=dark\nnext', 'Cookie: [cookie]\nnext'],
    ['postgres://user:p@ss@host/db', 'postgres://[credentials]@host/db'],
    ['https://a.com/x?token=abc123&page=2&api_key=zzz', 'https://a.com/x?token=[secret]&page=2&api_key=[secret]'],
    ['psql --password hunter2 -h db', 'psql --password [secret] -h db'],
    ['got session_id=a1b2c3, pin=4711 and otp=123456', 'got session_id=[secret], pin=[secret] and otp=[secret]'],
    ['AccountName=shop;AccountKey=bm90LWEta2V5==;', 'AccountName=shop;AccountKey=[secret];'],
    ['POST https://hooks.slack.com/services/T0/B0/a1B2 failed', 'POST https://hooks.slack.com/services/[token] failed'],
    ['https://discord.com/api/webhooks/12/a-B_c', 'https://discord.com/api/webhooks/[token]'],
    ['{"password":"hunter2","name":"x"}', '{"password":"[secret]","name":"x"}'],
    [
      joined('dckr', '_pat_0123456789abcdefghijABCDEFG and lin', '_api_0123456789abcdefghijABCD'),
      '[token] and [token]',
    ],
    [joined('pplx', '-0123456789abcdefghij, sntr', 'ys_eyJpYXQiOjE2ODc0MjE_abcdefghijk'), '[token], [token]'],
    [joined('bot 123456789:', 'AAExampleTelegramBotToken_abcdefghij12'), 'bot [token]'],
    ['JSESSIONID=1A2B3C4D5E6F7890; PHPSESSID: r2t5uvjq435r4q7i', 'JSESSIONID=[secret]; PHPSESSID: [secret]'],
    ['PHPSESSID: r2t5uvjq435r4q7i', 'PHPSESSID: [secret]'],
    ['/invite?invite_code=QWE-RTY-123&country_code=de', '/invite?invite_code=[secret]&country_code=de'],
    ['my password is hunter2, really', 'my password is [secret], really'],
    ['DB_PASSWORD: "p@ss w0rd" and more', 'DB_PASSWORD: "[secret]" and more'],
  ])('%j gives %j', (sent, clean) => {
    expect(redact(sent)).toBe(clean);
  });

  it.each([
    '2026-11-21 10:00:00 took 12345 ms, version 1.42.0, Chrome/120.0.6099.109',
    'order 123456789012 shipped 2026-11-20T09:00:00.000Z',
    "TypeError: Cannot read properties of undefined (reading 'price') at server.cjs:20:152",
    'std::string a::b at 12:30:45',
    'token expired, key: value, error code: 42',
    'my password is wrong, and the reset page is broken',
    '/checkout?error_code=42&zip_code=10115',
    'session ended, jsessionid missing',
    'spin=3 and side=left of --password-file path, session expired, pin code',
    'uuid 0190c0de-0000-7000-8000-000000000010 trace a706b55413e06363aad1bc3c1a1ff146',
    '1234567812345678 is no card',
    'xDE89370400440532013000 and x4242424242424242 begin within a word',
  ])('leaves %j alone', (text) => {
    expect(redact(text)).toBe(text);
  });

  it.each([
    ['an id, in groups by hyphens', 'order de89-3704-0044-0532-0130-00 x', 'order [iban] x'],
    ['in prose, in groups', 'to FR14 2004 1010 0505 0001 3M02 606, please', 'to [iban], please'],
    ['glued to a sign', 'iban=NL91ABNA0417164300&x', 'iban=[iban]&x'],
    ['of a country with digits only', 'BE68 5390 0754 7034 and ee382200221020145685', '[iban] and [iban]'],
    ['of hex digits alone', 'AD1200012030200359100100', '[iban]'],
    ['before a UUID', 'DE89370400440532013000 0190c0de-0000-7000-8000-000000000010', `[iban] ${someUuid}`],
  ])('takes an IBAN that is not %s', (_what, sent, clean) => {
    expect(redact(sent)).toBe(clean);
  });

  it.each([
    // The first two begin with what passes as an IBAN by length and checksum, the third with a phone.
    'ad8912345678901234abcdef01234567',
    'ad891234-5678-9012-34ab-cdef01234567',
    '00123456-7890-4abc-8def-0123456789ab',
  ])('leaves the id %s alone', (id) => {
    expect(redact(id)).toBe(id);
    expect(redact(`event ${id.toUpperCase()} was late`)).toBe(`event ${id.toUpperCase()} was late`);
  });

  it.each([
    ['UUIDs', (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')],
    ['UUIDs without hyphens, and hashes of 32 hex digits', (hex: string) => hex],
    ['ids of spans', (hex: string) => hex.slice(16)],
    ['ULIDs', (hex: string) => ulidOf(hex)],
  ])('changes none of 100,000 %s', (_what, idOf) => {
    const random = createRng(2026, 'ids');
    const word = () =>
      Math.floor(random.next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    const changed: string[] = [];
    for (let n = 0; n < 100_000; n++) {
      const id = idOf(`${word()}${word()}${word()}${word()}`);
      if (redact(id) !== id) changed.push(id);
    }
    expect(changed).toEqual([]);
  });

  it('catches every planted token and address of real request logs', () => {
    const log = readFileSync(new URL('../../fixtures/payloads/logs/pino_http.ndjson', import.meta.url), 'utf8');
    expect(log).toMatch(/secret-token-\d/);
    const clean = log.split('\n').map(redact).join('\n');
    expect(clean).not.toMatch(/secret-token-\d|jane(@|%40)example\.com/);
  });

  const secrets = fc.oneof(
    fc.emailAddress().filter((address) => /^[\w.+-]+@/.test(address)),
    fc.ipV4().filter((ip) => !/^0/.test(ip)),
    fc.stringMatching(/^sk-[A-Za-z0-9]{20,40}$/),
    fc.stringMatching(/^ghp_[A-Za-z0-9]{36}$/),
    fc.stringMatching(/^\+49 1[567]\d \d{7}$/),
    fc.stringMatching(/^eyJ[A-Za-z0-9_-]{10,20}\.[A-Za-z0-9_-]{10,20}\.[A-Za-z0-9_-]{10,20}$/),
  );

  it('never lets a planted secret through, and changes nothing the second time', () => {
    const around = fc.stringMatching(/^[ ,;a-z"'<>()\n]{0,30}$/);
    fc.assert(
      fc.property(around, secrets, around, (before, secret, after) => {
        const clean = redact(`${before} ${secret} ${after}`);
        expect(clean).not.toContain(secret);
        expect(redact(clean)).toBe(clean);
      }),
      { numRuns: 500 },
    );
  });

  it('reads an id like any other text', () => {
    const part = fc.oneof(
      fc.stringMatching(/^[\w-]{1,12}$/),
      fc.constantFrom(
        joined('sk', '_live_'),
        joined('xox', 'b-'),
        'key-',
        'DE89370400440532013000',
        '4242424242424242',
      ),
      fc.constantFrom('0151', '555-123-4567', '0030', 'token', 'call', 'basic', 'cookie', 'AKIA', 'EAA', 'ey'),
      fc.stringMatching(/^\d{4,16}$/),
    );
    const id = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      // A sign that no id holds makes every rule run.
      fc.property(id, (sent) => {
        expect(redact(`${sent} @`)).toBe(`${redact(sent)} @`);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is idempotent and never throws on any text', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.string({ unit: codePoint, maxLength: 8 }),
          fc.constantFrom(
            '@x.io',
            'cookie: ',
            'Bearer ',
            '://',
            '=',
            '12 34 ',
            '+49',
            'DE89',
            '[email]',
            'password=',
            '--token ',
            'pin=',
            'hooks.slack.com/services/',
            'token ',
            '%40',
            '::',
            '1.2.3.4',
            '?key=',
          ),
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (sent) => {
        const clean = redact(sent);
        expect(redact(clean)).toBe(clean);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    'a'.repeat(50_000).concat('@'),
    'a.'.repeat(30_000).concat('@'),
    '1 '.repeat(30_000),
    '::'.repeat(30_000),
    'a://'.repeat(20_000).concat('@'),
    'DE12 '.repeat(10_000),
    '--'.repeat(30_000).concat('token'),
    '--token '.repeat(8_000),
    'pin='.repeat(15_000),
    'hooks.slack.com/services/'.repeat(3_000),
  ])('takes time in proportion to the text', (hostile) => {
    const started = performance.now();
    redact(hostile);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
