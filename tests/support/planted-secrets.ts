/** Secrets that a test plants in what tools send, and every form in which a dump could hold one. */

// Written in parts, so that no scanner takes an example for a leaked credential.
const joined = (...parts: string[]): string => parts.join('');

/** What stands in a text, and the part of it that nobody may keep. */
export const PLANTED: readonly (readonly [text: string, leak: string])[] = [
  ['planted.person@example.com', 'planted.person'],
  ['Authorization: Bearer planted-bearer-0123456789', 'planted-bearer'],
  [joined('sk', '_live_plantedKey0123456789ab'), 'plantedKey'],
  [joined('gh', 'p_plantedToken0123456789abcdefABCDEF01'), 'plantedToken'],
  [joined('ey', 'JwbGFudGVkand0.eyJwbGFudGVkIjoxfQ.c2lnbmF0dXJlcGxhbnRlZA'), 'JwbGFudGVkand0'],
  ['4242 4242 4242 4242', '4242 4242'],
  ['DE89 3704 0044 0532 0130 00', '0532 0130'],
  ['203.0.113.77', '203.0.113.77'],
  ['+49 151 23456789', '23456789'],
  ['https://admin:planted-password@db.example.com/x', 'planted-password'],
  ['https://x.example.com/cb?page=2&token=planted-query-2', 'planted-query'],
  ['Cookie: sid=planted-cookie-1; theme=dark', 'planted-cookie'],
];

/** All of them in one text, a line each. */
export const PLANTED_TEXT = PLANTED.map(([text]) => text).join('\n');

/** A leak as it is, URL-encoded, as hex digits (how a dump shows bytes), and base64 at each of its three alignments. */
function formsOf(leak: string): string[] {
  const bytes = Buffer.from(leak);
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // Its first and last characters hold bits of what stands beside it.
    return encoded.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
  });
  return [...new Set([leak, encodeURIComponent(leak), leak.replaceAll(' ', '+'), bytes.toString('hex'), ...base64])];
}

/** The rows of a dump that hold one of the leaks in any form; none, one hopes. */
export function leaksIn(dump: string, leaks: readonly string[]): string[] {
  const forms = leaks.flatMap((leak) => formsOf(leak).map((form) => [leak, form] as const));
  return dump
    .split('\n')
    .flatMap((row) =>
      forms.filter(([, form]) => row.includes(form)).map(([leak, form]) => `${leak} as ${form}: ${row.slice(0, 300)}`),
    );
}

/** The value with the text after every text in it that reads like one: with a blank, an address or a link. */
export function plantEverywhere(value: unknown, text: string): unknown {
  if (typeof value === 'string') return /[ @]|:\/\//.test(value) ? `${value} ${text}` : value;
  if (Array.isArray(value)) return value.map((part) => plantEverywhere(part, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plantEverywhere(part, text)]));
}
