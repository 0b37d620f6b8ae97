import { describe, expect, it } from 'vitest';
import { type Cleaning, createMetaPreparer } from '../../src/core/prepare-meta.ts';
import { redact } from '../../src/core/text/redact.ts';

const anyone: Cleaning = { text: redact, id: redact, user: null };
const about = (user: string): Cleaning => {
  const clean = (text: string): string => redact(text.replaceAll(user, '[user]'));
  return { text: clean, id: clean, user };
};

describe('preparing meta', () => {
  it('takes the id of a person out of a key, and leaves the same key of others alone', () => {
    const prepare = createMetaPreparer(redact);
    const meta = { seen_customer7: true };
    expect(prepare(meta, anyone)).toEqual({ seen_customer7: true });
    expect(prepare(meta, about('customer7'))).toEqual({ 'seen_[user]': true });
    expect(prepare(meta, about('customer8'))).toEqual({ seen_customer7: true });
  });

  it('takes an address out of a key each time it comes', () => {
    const prepare = createMetaPreparer(redact);
    for (let time = 0; time < 2; time++)
      expect(prepare({ 'to:bob@x.io': 1 }, anyone)).toEqual({ [redact('to:bob@x.io')]: 1 });
  });

  it.each(['constructor', 'toString', 'valueOf'])('keeps what a sender calls %s', (key) => {
    expect(createMetaPreparer(redact)({ [key]: 'blue' }, anyone)).toEqual({ [key]: 'blue' });
  });

  it.each([
    ['a number that may be a card', { order: 4242424242424242 }, { order: '[card]' }],
    ['a number that names no one', { took: 1_234_567_890_123 }, { took: 1_234_567_890_123 }],
    ['a number under a secret name', { token: 42 }, { token: 42 }],
    ['texts under a secret name', { token: ['a', { b: 'c' }] }, { token: '[secret]' }],
    [
      'what has a column of its own, at any depth',
      { env: 'prod', part: { env: 'prod', kept: 1 } },
      { part: { kept: 1 } },
    ],
  ])('treats %s as its key says', (_, meta, kept) => {
    expect(createMetaPreparer(redact)(meta, anyone)).toEqual(kept);
  });
});
