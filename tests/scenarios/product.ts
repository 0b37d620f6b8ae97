/** A made-up product of fixed days, so that every run of a scenario sees the same events. */
import { join } from 'node:path';
import { writeEventsFile } from '../../src/cli/write-events.ts';
import { generateProduct } from '../../src/demo/generate.ts';

export const TIMEZONE = 'Europe/Berlin';
/** The morning of the day after the last event. */
export const MORNING = Date.parse('2026-01-30T09:00:00+01:00');
export const JUDGED = '2026-01-29';

/** Settings every process of a scenario shares: one key, so that the same person is the same pseudonym. */
export const SETTINGS: Readonly<Record<string, string>> = {
  SEEPASS_TIMEZONE: TIMEZONE,
  SEEPASS_PSEUDONYM_KEY: 'the key of the scenarios',
  SEEPASS_LOG_LEVEL: 'silent',
};

/** Writes `events.jsonl` into the folder; its last day has something to report. */
export async function writeProduct(
  folder: string,
  size: { days: number; surfaces: number; events: number },
): Promise<{ file: string; events: number }> {
  const file = join(folder, 'events.jsonl');
  const product = generateProduct({ ...size, endDate: '2026-01-30', timezone: TIMEZONE });
  return { file, events: await writeEventsFile(product.events, file, () => undefined) };
}
