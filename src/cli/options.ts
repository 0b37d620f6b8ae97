import { type Command, InvalidArgumentError, Option } from 'commander';
import { SENSITIVITIES } from '../core/detect/sensitivity.ts';
import { isDate } from '../core/window.ts';
import { SeepassError } from '../errors.ts';

export interface CommonOptions {
  database?: string;
  json?: boolean;
}

/** `--database` and `--json`, worded once. */
export function addCommonOptions(command: Command, database = 'DATABASE_URL, else .seepass/db'): Command {
  return command
    .option(
      '--database <url|folder|memory>',
      `postgres://… , a folder for the embedded database, or memory (default: ${database})`,
    )
    .option('--json', 'one JSON value on stdout and nothing else');
}

/** `--sensitivity`, worded once. */
export function sensitivityOption(): Option {
  return new Option(
    '--sensitivity <level>',
    'how readily people are told (default: SEEPASS_SENSITIVITY, normal)',
  ).choices(SENSITIVITIES);
}

/** A calendar day, for commander's argument parser. */
export function calendarDay(value: string): string {
  if (!isDate(value)) throw new InvalidArgumentError('It must be a date such as 2026-01-29.');
  return value;
}

/** A whole number of at least `minimum`, for commander's argument parser. */
export function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= minimum && number <= maximum))
      throw new InvalidArgumentError(
        `It must be a whole number of at least ${minimum}${maximum < Number.MAX_SAFE_INTEGER ? ` and at most ${maximum}` : ''}.`,
      );
    return number;
  };
}

/** `--date D` or `--from D --to D` (both ends included); undefined when neither is given. */
export function chosenDays(options: {
  date?: string;
  from?: string;
  to?: string;
}): { first: string; last: string } | undefined {
  const { date, from, to } = options;
  if (date !== undefined) {
    if (from !== undefined || to !== undefined)
      throw new SeepassError('bad_arguments', '--date stands alone.', {
        fix: 'Use either --date, or --from with --to.',
      });
    return { first: date, last: date };
  }
  if (from === undefined && to === undefined) return undefined;
  const first = from ?? to ?? '';
  const last = to ?? from ?? '';
  if (from === undefined || to === undefined)
    throw new SeepassError('bad_arguments', '--from and --to go together.', {
      fix: `Add ${from === undefined ? '--from' : '--to'}.`,
    });
  if (first > last)
    throw new SeepassError('bad_arguments', `--from ${first} is after --to ${last}.`, { fix: 'Swap them.' });
  return { first, last };
}
