import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { WebhookProof } from '../../src/core/sources.ts';
import { proves, sentProof } from '../../src/http/signature.ts';

const SECRETS = ['the old secret of a tool', 'the new secret of a tool'];
const BODY = Buffer.from('{"id":123}');
const sentry: WebhookProof = { kind: 'hmac', header: 'x-sig', algorithm: 'sha256', encoding: 'hex' };
const intercom: WebhookProof = { kind: 'hmac', header: 'x-sig', algorithm: 'sha1', encoding: 'hex', prefix: 'sha1=' };
const helpscout: WebhookProof = { kind: 'hmac', header: 'x-sig', algorithm: 'sha1', encoding: 'base64' };
const shared: WebhookProof = { kind: 'shared_secret', headers: ['x-secret', 'authorization'] };
const sign = (algorithm: string, secret: string, encoding: 'hex' | 'base64', body = BODY) =>
  createHmac(algorithm, secret).update(body).digest(encoding);
const good = sign('sha256', SECRETS[0] ?? '', 'hex');

describe('a signature', () => {
  it('that Help Scout published holds', () => {
    expect(proves(helpscout, '7S2+kN8bZsrdAEADJ+yYfWWsf/4=', ['asdfasdf'], BODY)).toBe(true);
  });

  it.each([
    ['sha256 in hex, of the old secret', sentry, good, true],
    ['sha256 in hex, of the new secret', sentry, sign('sha256', SECRETS[1] ?? '', 'hex'), true],
    ['in capitals', sentry, good.toUpperCase(), true],
    ['sha1 with its prefix', intercom, `sha1=${sign('sha1', SECRETS[1] ?? '', 'hex')}`, true],
    ['sha1 without its prefix', intercom, sign('sha1', SECRETS[1] ?? '', 'hex'), false],
    ['sha1 in base64', helpscout, sign('sha1', SECRETS[0] ?? '', 'base64'), true],
    ['of a secret that was changed twice since', sentry, sign('sha256', 'an older secret', 'hex'), false],
    ['of another body', sentry, sign('sha256', SECRETS[0] ?? '', 'hex', Buffer.from('{"id":124}')), false],
    ['of another source', sentry, sign('sha1', SECRETS[0] ?? '', 'hex'), false],
    ['cut by a digit', sentry, good.slice(0, -1), false],
    ['cut to a byte', sentry, good.slice(0, 2), false],
    ['one digit longer', sentry, `${good}0`, false],
    ['that is no hex', sentry, 'x'.repeat(64), false],
    ['that ends in other text', sentry, `${good}, ${good}`, false],
    ['that is empty', sentry, '', false],
    ['that is the secret itself', sentry, SECRETS[0] ?? '', false],
  ])('%s is told', (_what, proof, sent, holds) => {
    expect(proves(proof, sent, SECRETS, BODY)).toBe(holds);
  });

  it.each([
    ['plain', SECRETS[1] ?? '', true],
    ['as a bearer token', `Bearer ${SECRETS[0]}`, true],
    ['cut', SECRETS[0]?.slice(1) ?? '', false],
    ['in capitals', SECRETS[0]?.toUpperCase() ?? '', false],
    ['both, with a comma', SECRETS.join(','), false],
  ])('that is the secret, %s, is told', (_what, sent, holds) => {
    expect(proves(shared, sent, SECRETS, BODY)).toBe(holds);
  });

  it('is looked for in its own headers only', () => {
    expect(sentProof(shared, { authorization: 'a' })).toBe('a');
    expect(sentProof(shared, { 'x-secret': 'b', authorization: 'a' })).toBe('b');
    expect(sentProof(sentry, { authorization: 'a', 'x-sig': '' })).toBeUndefined();
  });
});
