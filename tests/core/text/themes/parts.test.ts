import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupByAverageLink } from '../../../../src/core/text/themes/average-link.ts';
import { groupByDensity } from '../../../../src/core/text/themes/dbscan.ts';
import { countStems, nameTheme } from '../../../../src/core/text/themes/name-theme.ts';
import { chooseRepresentatives } from '../../../../src/core/text/themes/representatives.ts';
import { compareAll, type Similarities } from '../../../../src/core/text/themes/similarity.ts';
import { joinTicketText, ticketWords } from '../../../../src/core/text/themes/ticket-words.ts';
import { createVectorSpace } from '../../../../src/core/text/themes/vectors.ts';
import { codePoint } from '../../../support/code-point.ts';

/** Random similarities on a coarse scale, so that ties are common. */
const similarities = fc.integer({ min: 0, max: 14 }).chain((size) =>
  fc
    .array(fc.integer({ min: 0, max: 10 }), { minLength: size * size, maxLength: size * size })
    .map((drawn): Similarities => {
      const values = new Float32Array(size * size);
      for (let row = 0; row < size; row++)
        for (let column = 0; column <= row; column++) {
          const value = row === column ? 1 : (drawn[row * size + column] ?? 0) / 10;
          values[row * size + column] = value;
          values[column * size + row] = value;
        }
      return { size, values };
    }),
);

const membersOf = (names: Int32Array): number[][] => {
  const groups = new Map<number, number[]>();
  names.forEach((name, index) => {
    groups.set(name, [...(groups.get(name) ?? []), index]);
  });
  return [...groups.values()];
};
const average = ({ size, values }: Similarities, a: number[], b: number[]): number =>
  a.flatMap((row) => b.map((column) => values[row * size + column] ?? 0)).reduce((sum, value) => sum + value, 0) /
  (a.length * b.length);

describe('average link', () => {
  it('leaves no two groups that are as similar as the cut', () => {
    fc.assert(
      fc.property(similarities, fc.constantFrom(0.25, 0.45, 0.65), (given, cut) => {
        const groups = membersOf(groupByAverageLink(given, cut));
        for (const a of groups)
          for (const b of groups) if (a !== b) expect(average(given, a, b)).toBeLessThan(cut + 1e-6);
      }),
    );
  });

  it('joins the two nearest first, as the slow way does', () => {
    const distinct = fc.integer({ min: 1, max: 9 }).chain((size) =>
      fc
        .uniqueArray(fc.integer({ min: 1, max: 9_999 }), { minLength: size * size, maxLength: size * size })
        .map((drawn): Similarities => {
          const values = Float32Array.from(drawn, (_, at) => {
            const [row, column] = [Math.floor(at / size), at % size];
            return row === column ? 1 : (drawn[Math.max(row, column) * size + Math.min(row, column)] ?? 0) / 10_000;
          });
          return { size, values };
        }),
    );
    fc.assert(
      fc.property(distinct, (given) => {
        const groups = Array.from({ length: given.size }, (_, index) => [index]);
        for (;;) {
          const pairs = groups
            .flatMap((one, a) =>
              groups.slice(a + 1).map((other, at) => ({ a, b: a + 1 + at, similarity: average(given, one, other) })),
            )
            .sort((one, other) => other.similarity - one.similarity);
          const [best, next] = pairs;
          // A tie, with the next pair or with the cut, is broken by rounding: either way is right.
          for (const rival of [next?.similarity, 0.5])
            fc.pre(best === undefined || rival === undefined || Math.abs(best.similarity - rival) > 1e-6);
          if (best === undefined || best.similarity < 0.5) break;
          groups[best.a]?.push(...(groups.splice(best.b, 1)[0] ?? []));
        }
        const slow = groups.map((group) => group.sort((a, b) => a - b)).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
        expect(membersOf(groupByAverageLink(given, 0.5))).toEqual(slow);
      }),
    );
  });
});

describe('DBSCAN', () => {
  it('puts every core with all its neighbours into a group, and noise into none', () => {
    fc.assert(
      fc.property(similarities, (given) => {
        const names = groupByDensity(given, 0.6, 3);
        const near = (of: number): number[] =>
          Array.from({ length: given.size }, (_, other) => other).filter(
            (other) => other === of || (given.values[of * given.size + other] ?? 0) >= Math.fround(0.6),
          );
        const isCore = (index: number): boolean => near(index).length >= 3;
        names.forEach((name, index) => {
          expect(name).toBeLessThanOrEqual(index);
          if (isCore(index)) for (const other of near(index)) if (isCore(other)) expect(names[other]).toBe(name);
          if (!near(index).some(isCore))
            expect(membersOf(names).find((group) => group.includes(index))).toEqual([index]);
        });
      }),
    );
  });
});

describe('vectors', () => {
  it('of identical texts have similarity 1, of texts without a letter in common 0, and all are symmetric', () => {
    const space = createVectorSpace([['invoice', 'blank'], ['invoice', 'blank'], ['zzz'], []]);
    const { values } = compareAll(space.vectors, space.dimension);
    expect(values[1]).toBeCloseTo(1, 5);
    expect([values[2], values[3], values[11]]).toEqual([0, 0, 0]);
    expect(values[4]).toBe(values[1]);
  });

  it('of misspelled words stay near, of other words do not', () => {
    const space = createVectorSpace([['invoice'], ['invoce'], ['password'], ['pasword']]);
    const { values } = compareAll(space.vectors, space.dimension);
    expect(values[1]).toBeGreaterThan(0.3);
    expect(values[11]).toBeGreaterThan(0.3);
    expect(values[2]).toBe(0);
  });
});

describe('representatives', () => {
  const space = createVectorSpace([
    ['invoice', 'blank', 'pdf'],
    ['invoice', 'blank', 'pdf'],
    ['invoice', 'blank', 'file'],
    ['password', 'reset'],
  ]);

  it('begin with the most typical, then differ, and leave out copies', () => {
    expect(chooseRepresentatives(space.vectors, space.dimension, 3)).toEqual([0, 3, 2]);
    expect(chooseRepresentatives(space.vectors.slice(0, 2), space.dimension, 3)).toEqual([0]);
  });

  it('of nothing are none', () => {
    expect(chooseRepresentatives([], 0, 3)).toEqual([]);
  });
});

describe('the words of a ticket', () => {
  it.each([
    [
      'a greeting and a signature',
      'Dear support,\n\nThe export fails.\n\nKind regards\nMarta Silva\nOptics Ltd',
      'the export fails',
    ],
    ['a closing with a name', 'export fails\nThanks,\nMarta', 'export fails'],
    [
      'thanks in a sentence',
      'Thanks for the fast reply, export still fails',
      'thanks for the fast reply export still fails',
    ],
    [
      'a quoted mail',
      'Still broken\n\nOn Mon, 5 Jan 2026 at 10:00, Support wrote:\n> try again\nplease',
      'still broken',
    ],
    ['quoted lines', '> did you try\nyes I did', 'yes i did'],
    ['ids, numbers and what was redacted', 'Order LS-55350 of [email] has 12 lines', 'order of has lines'],
    ['links', 'see https://app.example/x?y=z and www.example.com/a now', 'see and now'],
    ['an apostrophe', 'It’s the user\'s "fault"', "it's the user's fault"],
    ['a greeting in German', 'Guten Tag, die Rechnung fehlt\n\nMit freundlichen Grüßen\nJan', 'die rechnung fehlt'],
    ['a word that begins like a greeting', 'history is lost', 'history is lost'],
  ])('leave out %s', (_name, text, words) => {
    expect(ticketWords(text).join(' ')).toBe(words);
  });

  it('are read from subject and body, once where the body repeats it', () => {
    expect(joinTicketText('No invoice', 'There is No invoice here')).toBe('There is No invoice here');
    expect(joinTicketText('No invoice', 'It is missing')).toBe('No invoice\nIt is missing');
    expect([joinTicketText(null, 'a'), joinTicketText('b', null), joinTicketText(null, null)]).toEqual(['a', 'b', '']);
  });

  it('come from any text in bounded time', () => {
    const text = fc.string({ unit: codePoint, maxLength: 300 });
    fc.assert(fc.property(text, (any) => ticketWords(any).every((word) => word.length > 0)));
    for (const hostile of ['> \n'.repeat(50_000), 'hi '.repeat(40_000), '-'.repeat(100_000), 'a@'.repeat(50_000)]) {
      const from = performance.now();
      ticketWords(hostile);
      expect(performance.now() - from).toBeLessThan(500);
    }
  });
});

describe('the name of a theme', () => {
  const nameOf = (members: string[], others: string[] = []) => {
    const corpus = [...members, ...others].map(ticketWords);
    return nameTheme(corpus.slice(0, members.length), countStems(corpus));
  };

  it('joins inflections under the commonest form, and leaves out what only one ticket says', () => {
    expect(
      nameOf(['downloads of invoices fail', 'invoice download fails for Marta', 'the invoice download failed']).label,
    ).toBe('download invoice fail');
  });

  it('prefers what sets it apart over what everybody writes', () => {
    const others = ['larkspur order lost', 'larkspur order late', 'larkspur order twice', 'larkspur order gone'];
    expect(
      nameOf(['larkspur order coupon', 'coupon for larkspur order', 'larkspur coupon order'], others).terms[0],
    ).toBe('coupon');
  });

  it('of tickets that share no word is empty', () => {
    expect(nameOf(['red apple', 'blue whale', 'green door', 'old shoe', 'tall tree'])).toEqual({
      terms: [],
      label: '',
    });
  });
});
