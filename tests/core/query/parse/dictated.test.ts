import { describe, expect, it } from 'vitest';
import { asTypedByHand } from '../../../../src/core/query/parse/dictated.ts';

describe('a dictated question', () => {
  it.each([
    ['errors on the fifteenth of january', 'errors on 15 january'],
    ['revenue on the twenty first of january', 'revenue on 21 january'],
    ['between the third and the tenth of february', 'between 3 and 10 february'],
    ['from january first to january fifteenth', 'from january 1 to january 15'],
    ['errors in twenty twenty five', 'errors in 2025'],
    ['p ninety five on slash checkout', 'p95 on /checkout'],
    ['slash api slash v1 slash orders', '/api/v1/orders'],
  ])('reads "%s" as it is typed', (said, typed) => {
    expect(asTypedByHand(said)).toBe(typed);
  });

  it.each(['the first week of january', 'january first week', 'first response time', 'the second quarter'])(
    'leaves "%s" alone',
    (said) => {
      expect(asTypedByHand(said)).toBe(said);
    },
  );
});
