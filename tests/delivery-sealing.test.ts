import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealing } from '../src/delivery-sealing.ts';
import { sealingWith } from './support/deliveries.ts';

const place = { id: '019a0000-0000-7000-8000-000000000001', source: 'sentry' } as const;
const body = Buffer.from('Authorization: Bearer a-planted-token');
const [ONE, TWO] = ['the first key of this test', 'the second key of this test'];

describe('a sealed body', () => {
  it('opens to what it was, and shows nothing of it', () => {
    const sealing = sealingWith(ONE);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
        const sealed = sealing.seal(bytes, place);
        expect(Buffer.from(sealing.open(sealed, sealing.keyId, place)).equals(Buffer.from(bytes))).toBe(true);
      }),
    );
    expect(Buffer.from(sealing.seal(body, place)).includes('planted')).toBe(false);
    expect(sealing.seal(body, place)).not.toEqual(sealing.seal(body, place));
  });

  it.each([
    [
      'in the row of another delivery',
      { ...place, id: '019a0000-0000-7000-8000-000000000002' },
      (sealed: Buffer) => sealed,
    ],
    ['as of another source', { ...place, source: 'posthog' as const }, (sealed: Buffer) => sealed],
    ['cut', place, (sealed: Buffer) => sealed.subarray(0, -1)],
    ['cut to nothing', place, (sealed: Buffer) => sealed.subarray(0, 5)],
    ['with a bit changed', place, (sealed: Buffer) => sealed.fill(1, 30, 31)],
  ])('does not open %s', (_what, where, change) => {
    const sealing = sealingWith(ONE);
    const sealed = Buffer.from(sealing.seal(body, place));
    expect(() => sealing.open(change(sealed), sealing.keyId, where)).toThrow(/was changed/);
  });

  it('opens with a key that came second, and says which setting lacks it', () => {
    const old = sealingWith(ONE);
    const sealed = old.seal(body, place);
    expect(Buffer.from(sealingWith(TWO, ONE).open(sealed, old.keyId, place))).toEqual(body);
    expect(() => sealingWith(TWO).open(sealed, old.keyId, place)).toThrow(/key that is not set any more/);
    expect(old.keyId).not.toBe(sealingWith(TWO).keyId);
  });
});

it('is sealed with a key that is made once and kept beside an embedded database', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seepass-key-'));
  try {
    const target = { kind: 'folder', folder: join(folder, 'db') } as const;
    const [first, second] = [createSealing({ deliveryKeys: [] }, target), createSealing({ deliveryKeys: [] }, target)];
    expect(Buffer.from(second.open(first.seal(body, place), first.keyId, place))).toEqual(body);
    expect((await readFile(join(folder, 'delivery-key'), 'utf8')).trim()).toMatch(/^[\da-f]{64}$/);
    expect((await stat(join(folder, 'delivery-key'))).mode & 0o777).toBe(0o600);
  } finally {
    await rm(folder, { recursive: true });
  }
});
