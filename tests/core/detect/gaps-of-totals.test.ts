import { expect, it } from 'vitest';
import { gapsOfTotals } from '../../../src/core/detect/gaps-of-totals.ts';
import { addDays } from '../../../src/core/window.ts';

const day = (date: string, tickets: number) => ({
  ...{ date, pageviews: 4_000, actions: 900, dropoffs: 300, errors: 60, requests: 0 },
  tickets,
});

it('finds the day on which a source that sends daily sent nothing, though nobody judged it', () => {
  const days = Array.from({ length: 21 }, (_, index) => day(addDays('2026-01-01', index), index === 18 ? 0 : 50));
  expect(gapsOfTotals(days, ['posthog', 'helpscout'])).toEqual([{ date: '2026-01-19', sources: ['helpscout'] }]);
});

it.each([
  ['few tickets, which may all be missing by chance', [3, 0, 4, 2, 0, 5, 3, 1, 0, 0, 2]],
  ['no days before', [0]],
])('finds none where there are %s', (_name, tickets) =>
  expect(
    gapsOfTotals(
      tickets.map((count, index) => day(addDays('2026-01-01', index), count)),
      ['intercom'],
    ),
  ).toEqual([]),
);
