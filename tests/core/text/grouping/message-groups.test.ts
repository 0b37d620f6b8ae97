import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANY, MessageGroups } from '../../../../src/core/text/grouping/message-groups.ts';
import { skeletonOf } from '../../../../src/core/text/grouping/skeleton.ts';
import { redact } from '../../../../src/core/text/redact.ts';
import { errorSignature } from '../../../../src/core/text/signature.ts';
import { faults } from './faults.ts';

const masked = (message: string) => {
  const signed = errorSignature({ message: redact(message) });
  return { masked: signed?.masked ?? '', signature: signed?.signature ?? '' };
};
const groupAll = (groups: MessageGroups, messages: readonly string[]): string[] =>
  groups.group(messages.map(masked)).map(({ signature }) => signature);

/** Grouping accuracy: the share of messages whose group holds all messages of their fault and no others. */
function accuracy(truth: readonly number[], groups: readonly string[]): number {
  const right = truth.filter((fault, index) =>
    truth.every((other, at) => (other === fault) === (groups[at] === groups[index])),
  );
  return right.length / truth.length;
}

const people = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi', 'ivan', 'judy'];
const labelled = faults.flatMap((messages, fault) => messages.map((message) => ({ fault, message })));
const truth = labelled.map(({ fault }) => fault);
const told = labelled.map(({ message }) => message);

describe('grouping messages', () => {
  it('puts messages of one fault together and keeps faults apart, at once or one by one', () => {
    const atOnce = groupAll(new MessageGroups(), told);
    expect(labelled.filter((_, index) => accuracy([truth[index] ?? 0], [atOnce[index] ?? '']) === 0)).toEqual([]);
    expect(accuracy(truth, atOnce)).toBe(1);
    const groups = new MessageGroups();
    expect(
      accuracy(
        truth,
        told.flatMap((message) => groupAll(groups, [message])),
      ),
    ).toBe(1);
  });

  it('keeps faults apart that share most words, as long as few of them were seen', () => {
    const messages = ['profile', 'settings', 'avatar', 'orders', 'invoices', 'teams'].map(
      (what) => `failed to load user ${what}`,
    );
    expect(new Set(groupAll(new MessageGroups(), messages)).size).toBe(messages.length);
  });

  const failures = people.map((name) => `Login failed for member ${name} today`);

  it('takes a place for a parameter once many words were seen there', () => {
    expect(new Set(groupAll(new MessageGroups(), failures))).toEqual(new Set([failures[0]]));
  });

  it('and needs fewer of what looks like a name', () => {
    const messages = ['cart_service', 'auth-service', 'mail.worker', 'stockSync'].map(
      (name) => `Health check of ${name} failed twice`,
    );
    expect(new Set(groupAll(new MessageGroups(), messages)).size).toBe(1);
    expect(new Set(groupAll(new MessageGroups(), messages.slice(1))).size).toBe(3);
  });

  it('and more of what looks like a code', () => {
    const messages = ['ECONNREFUSED', 'ETIMEDOUT', 'NOT_FOUND', 'EPIPE', 'ENOTFOUND'].map(
      (code) => `Sending of the invoice failed, code=${code}`,
    );
    expect(new Set(groupAll(new MessageGroups(), messages)).size).toBe(messages.length);
  });

  it('keeps the signature of every message when a template widens later', () => {
    const groups = new MessageGroups();
    const before = failures.slice(0, 5).flatMap((message) => groupAll(groups, [message]));
    expect(before).toEqual(failures.slice(0, 5));
    const later = groupAll(groups, failures);
    expect(later.slice(0, 5)).toEqual(before);
    expect(new Set(later.slice(7))).toEqual(new Set([failures[0]]));
  });

  it('goes on from stored groups as if it had never stopped', () => {
    const first = new MessageGroups();
    const stored = new Map(first.group(failures.slice(0, 9).map(masked)).map((group) => [group.signature, group]));
    expect([...stored.values()][0]?.template).toContain(ANY);
    const second = new MessageGroups();
    second.add(stored.values());
    expect(groupAll(second, [...failures, 'Login failed for member zoe today'])).toEqual(
      Array.from({ length: 11 }, () => failures[0]),
    );
  });

  it('joins a list to a single item of it, whichever came first', () => {
    const one = 'Missing required input fields: email';
    const many = 'Missing required input fields: email, phone and zip';
    for (const [first = '', second = ''] of [
      [one, many],
      [many, one],
    ]) {
      const groups = new MessageGroups();
      const [signature] = groupAll(groups, [first]);
      expect(groupAll(groups, [second])).toEqual([signature]);
    }
  });

  it('never takes messages without words for the same', () => {
    expect(groupAll(new MessageGroups(), ['0x7f00', '12:30', '-1', '-2'])).toEqual(['<hex>', '<time>', '<n>', '<n>']);
  });

  it('forgets what was used longest ago rather than growing without end', () => {
    const groups = new MessageGroups();
    const letters = (n: number): string => n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '');
    const junk = Array.from(
      { length: 12_000 },
      (_, n) => `${letters(n + 700)} ${letters(n * 7 + 900)} is no ${letters(n * 31 + 999)}`,
    );
    for (let start = 0; start < junk.length; start += 1_000) {
      groupAll(groups, ['the one that stays']);
      groupAll(groups, junk.slice(start, start + 1_000));
    }
    expect(groups.size).toBeLessThanOrEqual(5_000);
    expect(groupAll(groups, ['the one that stays'])).toEqual(['the one that stays']);
  });
});

const words = fc.constantFrom(
  ...'failed to load user profile settings order for the cart 12 a9f3 <x> [ { " = : , | e-mail a.b'.split(' '),
);
const names = fc.constantFrom(...people, '7', 'cart_service');
const messages = fc.array(
  fc.oneof(
    names.map((name) => `Login failed for member ${name} today`),
    fc.tuple(names, names).map(([from, to]) => `Moving of ${from} to ${to} failed for good`),
    fc.array(words, { maxLength: 12 }).map((list) => list.join(' ')),
    fc.string({ unit: 'grapheme' }),
  ),
  { minLength: 1, maxLength: 80 },
);

describe('grouping any messages', () => {
  it('never throws, is the same for the same input, and gives one message one signature for good', () => {
    fc.assert(
      fc.property(messages, messages, (first, second) => {
        const [one, two] = [new MessageGroups(), new MessageGroups()];
        const before = groupAll(one, first);
        expect(groupAll(two, first)).toEqual(before);
        expect(groupAll(two, second)).toEqual(groupAll(one, second));
        expect(groupAll(one, first)).toEqual(before);
        first.forEach((message, index) => {
          expect(before[first.indexOf(message)]).toBe(before[index]);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('splits a batch the same way in any order', () => {
    fc.assert(
      fc.property(messages, fc.infiniteStream(fc.nat(1_000)), (list, keys) => {
        const shuffled = list.map((message) => ({ message, key: keys.next().value })).sort((a, b) => a.key - b.key);
        const partition = (order: readonly string[]): string[] => {
          const groups = groupAll(new MessageGroups(), order);
          return list.map((message) => {
            const own = groups[order.indexOf(message)];
            return [...new Set(order.filter((_, index) => groups[index] === own))].sort().join('\n');
          });
        };
        expect(partition(shuffled.map(({ message }) => message))).toEqual(partition(list));
      }),
      { numRuns: 150 },
    );
  });

  it('never shows a secret in a signature or a template', () => {
    const secrets = fc.constantFrom(
      'jane.doe@example.com',
      '4242 4242 4242 4242',
      'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefgh',
      'password=hunter22secret',
      'sk_live_4eC39HqLyjWDarjtT1zdp7dc',
      '10.20.30.40',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(words, secrets, words), { minLength: 1, maxLength: 12 }), (parts) => {
        const groups = new MessageGroups().group(
          parts.map(([before, secret, after]) => masked(`Login of ${before} with ${secret} was ${after}`)),
        );
        for (const { signature, template } of groups)
          expect(`${signature} ${template.join(' ')}`).not.toMatch(/jane|doe|4242|eyJ|hunter|4eC39|10\.20/);
      }),
    );
  });
});

describe('the skeleton of a message', () => {
  it.each([
    ['Order <n> of <email> failed: <json>', 'Order * of * failed *'],
    ['<n> items were lost', '* item was lost'],
    ['code=<n> user=jane state=ok', 'code= * user= jane state= ok'],
    ['Missing fields: a, b and c', 'Missing field …'],
    ['订单<n>不存在', '订单*不存在'],
    ['Unexpected token u in JSON', 'Unexpected token * in JSON'],
    ['<n>, <hex>', '<n>, <hex>'],
  ])('of %j is %j', (text, skeleton) => {
    expect(skeletonOf(text).join(' ')).toBe(skeleton);
  });
});
