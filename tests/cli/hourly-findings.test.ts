import { expect, it } from 'vitest';
import { printHourlyFindings } from '../../src/cli/hourly-findings.ts';
import { loadConfig } from '../../src/config.ts';
import type { HourlyFinding } from '../../src/core/detect/hours/hourly-finding.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 2, 10, 12);
const found: HourlyFinding = {
  hour: NOON,
  surface: '/checkout',
  metric: 'error_rate',
  direction: 'up',
  current: 0.2,
  expected: 0.01,
  lower: 0,
  upper: 0.03,
  score: 0.9,
  state: 'onset',
  since: NOON,
  reason: '40 errors in 200 views, expected 0–6 for a Tuesday at 13:00.',
};

/** What is printed, and the range that was asked for, with hours judged until an hour after the finding. */
async function print(options: Parameters<typeof printHourlyFindings>[2], judgedUntil: number | undefined) {
  const printed: unknown[] = [];
  const asked: unknown[] = [];
  const levels: unknown[] = [];
  await printHourlyFindings(
    {
      hourlyFindings: {
        list: async (range, level) => {
          asked.push(range);
          levels.push(level);
          return [found];
        },
        judgedUntil: async () => judgedUntil,
        load: async () => undefined,
        save: async () => false,
      },
    },
    {
      config: loadConfig({ SEEPASS_TIMEZONE: 'Europe/Berlin' }),
      stdout: { write: (text) => printed.push(text) },
      printJson: (value) => printed.push(value),
    },
    options,
  );
  return { printed, asked, levels };
}

it('says of the last seven judged days what was found, on the clock of the workspace', async () => {
  const { printed, asked } = await print({}, NOON + HOUR);
  expect(printed).toEqual([
    '2026-03-10 13:00  /checkout  error_rate up  onset  40 errors in 200 views, expected 0–6 for a Tuesday at 13:00.\n',
    '1 hourly finding from 2026-03-04 to 2026-03-10, sensitivity normal, judged until 2026-03-10 14:00, Europe/Berlin\n',
  ]);
  expect(asked).toEqual([{ start: Date.UTC(2026, 2, 3, 23), end: Date.UTC(2026, 2, 10, 23) }]);
});

it('follows the knob', async () => {
  expect((await print({}, NOON + HOUR)).levels).toEqual(['normal']);
  expect((await print({ sensitivity: 'quiet' }, NOON + HOUR)).levels).toEqual(['quiet']);
});

it('prints chosen days as JSON, with times in UTC', async () => {
  const { printed, asked } = await print({ from: '2026-03-29', to: '2026-03-29', json: true }, NOON + HOUR);
  const at = '2026-03-10T12:00:00.000Z';
  expect(printed).toEqual([[{ ...found, hour: at, since: at }]]);
  expect(asked).toEqual([{ start: Date.UTC(2026, 2, 28, 23), end: Date.UTC(2026, 2, 29, 22) }]);
});

it('says what judges hours while none was, and prints an empty list as JSON', async () => {
  expect((await print({}, undefined)).printed).toEqual([
    'No hour has been judged yet. The hourly job does it: keep seepass start running.\n',
  ]);
  expect((await print({ json: true }, undefined)).printed).toEqual([[]]);
});
