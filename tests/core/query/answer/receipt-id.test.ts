import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readReceiptId, receiptIdOf } from '../../../../src/core/query/answer/receipt-id.ts';
import { resultText } from '../../../../src/core/query/answer/result-text.ts';

it('is short, one of its own for the last 40 bits, and read back however it is typed', () =>
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (one, other) => {
      const id = receiptIdOf(one);
      expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
      expect(
        readReceiptId(` ${id.slice(0, 4).toLowerCase()}-${id.slice(4).replaceAll('0', 'o').replaceAll('1', 'l')}`),
      ).toBe(id);
      expect(receiptIdOf(other) === id).toBe(one.slice(-10) === other.slice(-10));
    }),
  ));

it('hashes the same figures the same, in whatever order their keys came', () => {
  expect(resultText([{ value: 1, key: { b: 2, a: [1, null] } }])).toBe(
    resultText([{ key: { a: [1, null], b: 2 }, value: 1 }]),
  );
  expect(resultText([{ value: 1 }])).not.toBe(resultText([{ value: 2 }]));
});
