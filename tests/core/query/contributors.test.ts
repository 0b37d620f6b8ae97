import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findContributors, type Segment, splitChange } from '../../../src/core/query/contributors.ts';

const segment = (
  value: string | null,
  [countBefore, exposureBefore]: [number, number],
  [countNow, exposureNow]: [number, number],
): Segment => ({
  value,
  before: { count: countBefore, exposure: exposureBefore },
  now: { count: countNow, exposure: exposureNow },
});

describe('splitting a change', () => {
  const volume = fc.record({ count: fc.nat(5_000), exposure: fc.integer({ min: 1, max: 100_000 }) });
  const anySegments = fc.array(
    fc.record({ value: fc.option(fc.string(), { nil: null }), before: volume, now: volume }),
    { minLength: 1, maxLength: 12 },
  );

  it('adds up to the change exactly, whatever the segments', () => {
    fc.assert(
      fc.property(anySegments, (segments) => {
        const { parts, before, now } = splitChange(segments);
        expect(parts.reduce((sum, { change }) => sum + change, 0)).toBeCloseTo(now - before, 9);
      }),
    );
  });

  it('adds up where a segment is new, gone, or without exposure', () => {
    const segments = [
      segment('old', [10, 1000], [0, 0]),
      segment('new', [0, 0], [90, 800]),
      segment('x', [5, 0], [9, 0]),
    ];
    const { parts, before, now } = splitChange(segments);
    expect(parts.reduce((sum, { change }) => sum + change, 0)).toBeCloseTo(now - before, 12);
  });

  it('tells a changed rate from a changed mix', () => {
    const moved = splitChange([segment('phone', [40, 1000], [160, 4000]), segment('desk', [10, 4000], [2.5, 1000])]);
    for (const { rate } of moved.parts) expect(rate).toBeCloseTo(0, 12);
    expect(moved.parts.reduce((sum, { mix }) => sum + mix, 0)).toBeCloseTo(moved.now - moved.before, 12);
    const worse = splitChange([segment('phone', [10, 1000], [50, 1000]), segment('desk', [10, 1000], [10, 1000])]);
    for (const { mix } of worse.parts) expect(mix).toBeCloseTo(0, 12);
  });
});

describe('finding contributors', () => {
  it('names the release that carries the rise, and what part of it', () => {
    const { explained, outside } = findContributors([
      {
        dimension: 'release',
        segments: [segment('web@1.41', [70, 7000], [12, 900]), segment('web@1.42', [0, 0], [90, 1100])],
      },
      { dimension: 'plan', segments: [segment('free', [40, 4000], [58, 1150]), segment('pro', [30, 3000], [44, 850])] },
    ]);
    expect(outside).toBe(false);
    expect(explained).toHaveLength(1);
    expect(explained[0]).toMatchObject({ dimension: 'release', value: 'web@1.42', count: 90 });
    expect(explained[0]?.share).toBeGreaterThan(0.9);
  });

  it('says that the cause lies outside where every segment rose alike', () => {
    const { explained, outside, searched } = findContributors([
      { dimension: 'plan', segments: [segment('free', [40, 4000], [60, 1000]), segment('pro', [30, 3000], [45, 750])] },
      { dimension: 'source', segments: [segment('web', [70, 7000], [105, 1750])] },
    ]);
    expect({ explained, outside, searched }).toEqual({ explained: [], outside: true, searched: ['plan'] });
  });

  it('splits counts where the exposure knows nothing of the dimension', () => {
    const { explained } = findContributors([
      {
        dimension: 'signature',
        segments: [
          segment('TIMEOUT', [7, 0], [80, 0]),
          segment('OTHER', [63, 0], [10, 0]),
          segment(null, [0, 7000], [0, 1000]),
        ],
      },
    ]);
    expect(explained).toMatchObject([{ value: 'TIMEOUT', mix: 0 }]);
    expect(explained[0]?.rate).toBeCloseTo(80 / 1000 - 7 / 7000, 12);
  });

  it('names the account behind a rise that is one account', () => {
    const others = Array.from({ length: 30 }, (_, index) => segment(`a${index}`, [3, 200], [0, 30]));
    const { explained } = findContributors([
      { dimension: 'account', segments: [...others, segment('big', [3, 200], [60, 40])] },
    ]);
    expect(explained.map(({ value }) => value)).toEqual(['big']);
  });

  it('explains a fall as well as a rise', () => {
    const { explained } = findContributors([
      {
        dimension: 'platform',
        segments: [segment('ios', [2100, 7000], [40, 1000]), segment('web', [2100, 7000], [300, 1000])],
      },
    ]);
    expect(explained).toMatchObject([{ value: 'ios' }]);
    expect(explained[0]?.change).toBeLessThan(0);
  });

  it.each([
    ['no dimension at all', []],
    ['no events', [{ dimension: 'plan', segments: [segment('a', [0, 0], [0, 0]), segment('b', [0, 0], [0, 0])] }]],
    [
      'a handful of events',
      [{ dimension: 'plan', segments: [segment('a', [1, 90], [2, 10]), segment('b', [1, 90], [0, 10])] }],
    ],
    [
      'only events without a value',
      [{ dimension: 'plan', segments: [segment(null, [1, 90], [60, 100]), segment('b', [1, 90], [1, 100])] }],
    ],
  ])('names nobody given %s', (_, dimensions) => {
    expect(findContributors(dimensions).explained).toEqual([]);
  });
});
