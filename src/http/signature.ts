/** Whether a delivery comes from who has the secret: over the raw bytes, and in a time that tells nothing. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { WebhookProof } from '../core/sources.ts';

/** The proof that was sent, if any: its header is there, and once. */
export function sentProof(proof: WebhookProof, headers: IncomingHttpHeaders): string | undefined {
  const names = proof.kind === 'hmac' ? [proof.header] : proof.headers;
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** Whether what was sent is the signature of the body under one of the secrets, or one of the secrets itself. */
export function proves(proof: WebhookProof, sent: string, secrets: readonly string[], body: Uint8Array): boolean {
  if (proof.kind === 'shared_secret') return isOneOf(sent.replace(/^Bearer +/i, '').trim(), secrets);
  const { prefix = '', encoding, algorithm } = proof;
  const signature = sent.trim();
  if (!signature.startsWith(prefix)) return false;
  const text = signature.slice(prefix.length);
  // Compared as text: half a byte more, or what is no digit, would be lost in decoding.
  const given = Buffer.from(encoding === 'hex' ? text.toLowerCase() : text);
  let proven = false;
  // None is left out once one fits: how long it takes must not tell which secret it was.
  for (const secret of secrets) {
    const expected = Buffer.from(createHmac(algorithm, secret).update(body).digest(encoding));
    if (given.length === expected.length && timingSafeEqual(given, expected)) proven = true;
  }
  return proven;
}

/** Compares in a time that depends on neither text. */
export function isOneOf(sent: string, secrets: readonly string[]): boolean {
  let known = false;
  for (const secret of secrets) if (timingSafeEqual(digest(sent), digest(secret))) known = true;
  return known;
}

/** Of equal length, whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
