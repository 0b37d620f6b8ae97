/** Ids of receipts: eight characters of Crockford's base 32, easy to read out and to type. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The last 40 bits of a UUID, which are random in every version that has randomness. */
export function receiptIdOf(uuid: string): string {
  let bits = BigInt(`0x${uuid.replaceAll('-', '').slice(-10)}`);
  let id = '';
  for (let place = 0; place < 8; place++) {
    id = DIGITS.charAt(Number(bits & 31n)) + id;
    bits >>= 5n;
  }
  return id;
}

/** As it was typed: any case, spaces and dashes, O for 0 and I or L for 1. */
export const readReceiptId = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
