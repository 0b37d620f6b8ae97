import { expect, it } from 'vitest';
import { type HourHistory, HourHistoryBuilder } from '../../../src/core/detect/hour-history.ts';
import { createExpectedHours } from '../../../src/pipeline/incidents/expected-hours.ts';
import { SINCE } from '../../slack/incident-models.ts';

const HOUR = 3_600_000;
const LEAD = { surface: '/checkout', metric: 'error_rate', direction: 'up' } as const;
const never = () => Promise.reject(new Error('a chart changes nothing'));

function enter(read: () => Promise<HourHistory>) {
  const asked: number[] = [];
  const summed: number[] = [];
  const expectedOf = createExpectedHours({
    stores: {
      hours: {
        readAllPages: async ({ end }) => {
          summed.push(end);
          return [];
        },
        readPageAmongAll: ({ end }) => {
          asked.push(end);
          return read();
        },
      },
      maintenance: { list: async () => [], add: never, cancel: never },
      settings: { get: async () => undefined, set: never },
    },
    timezone: 'Europe/Berlin',
  });
  const ask = (end: number, surface: string = LEAD.surface) =>
    expectedOf({ ...LEAD, surface }, { start: end - 20 * HOUR, end });
  return { asked, summed, ask };
}

it('is found once of the same hours, however many look at them', async () => {
  const { ask, asked } = enter(async () => new HourHistoryBuilder([]).build());
  await Promise.all([ask(SINCE), ask(SINCE)]);
  await ask(SINCE + HOUR);
  expect(asked).toEqual([SINCE, SINCE + HOUR]);
});

it('of several pages is found by one reading of what all had together', async () => {
  const { ask, asked, summed } = enter(async () => new HourHistoryBuilder([]).build());
  await Promise.all(['/a', '/b', '/c'].map((surface) => ask(SINCE, surface)));
  expect([asked, summed]).toEqual([[SINCE, SINCE, SINCE], [SINCE]]);
});

it('is looked for again where it could not be read, and after so many others that it is forgotten', async () => {
  let isDown = true;
  const { ask, asked } = enter(async () => {
    if (isDown) throw new Error('the database is down');
    return new HourHistoryBuilder([]).build();
  });
  await expect(ask(SINCE)).rejects.toThrow('down');
  isDown = false;
  await ask(SINCE);
  for (let hour = 1; hour <= 100; hour += 1) await ask(SINCE + hour * HOUR);
  await ask(SINCE);
  expect(asked).toHaveLength(103);
});
