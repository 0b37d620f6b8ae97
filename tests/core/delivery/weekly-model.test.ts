import { describe, expect, it } from 'vitest';
import { countIncidents, summariseWeek } from '../../../src/core/delivery/weekly-model.ts';
import type { Priority } from '../../../src/core/records.ts';
import { priority } from '../../support/priority.ts';

const on = (entity_key: string, score: number): Priority => ({ ...priority({ entity_key }), score });

describe('the causes of a week', () => {
  it('are told by their worst day, the worst first, with the days they lasted', () => {
    const week = summariseWeek(
      new Map([
        ['2026-01-27', [on('/cart', 40), on('/pay', 50)]],
        ['2026-01-26', [on('/cart', 60)]],
        ['2026-01-28', [on('/cart', 20), on('/search', 55)]],
      ]),
    );
    expect(week.map(({ worst, days, goesOn }) => [worst.rank, worst.entity_key, worst.score, days, goesOn])).toEqual([
      [1, '/cart', 60, 3, true],
      [2, '/search', 55, 1, true],
      [3, '/pay', 50, 1, false],
    ]);
  });

  it('are none in a week without judged days', () => {
    expect(summariseWeek(new Map())).toEqual([]);
  });
});

describe('the incidents of a week', () => {
  const range = { start: 100, end: 200 };
  it.each([
    ['none', [], { opened: 0, ended: 0, medianLength: null }],
    ['one that goes on has no length', [{ openedAt: 150, endedAt: null }], { opened: 1, ended: 0, medianLength: null }],
    [
      'what ended in it, whenever it began',
      [
        { openedAt: 50, endedAt: 110 },
        { openedAt: 120, endedAt: 140 },
        { openedAt: 190, endedAt: 250 },
      ],
      { opened: 2, ended: 2, medianLength: 20 },
    ],
  ])('%s', (_, incidents, counted) => expect(countIncidents(incidents, range)).toEqual(counted));
});
