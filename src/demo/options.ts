import { isDate, startOfDay } from '../core/window.ts';
import { SeepassError } from '../errors.ts';

export interface ProductOptions {
  /** Calendar days, 1-3650. */
  days?: number;
  /** 1-20000; the first 40 are written by hand, the rest are plausible generated routes. */
  surfaces?: number;
  /** Same options and seed give the same bytes. */
  seed?: number;
  /** About how many events in all; 1-100 million. */
  events?: number;
  /** YYYY-MM-DD, exclusive: the last event falls on the day before, in `timezone`. */
  endDate: string;
  timezone?: string;
  /** Customer companies, 5-20000. */
  accounts?: number;
}

export type ResolvedOptions = Required<ProductOptions>;

export const DEFAULTS = {
  days: 90,
  surfaces: 40,
  seed: 7,
  events: 220_000,
  timezone: 'UTC',
  accounts: 300,
} as const;

const RANGES = {
  days: [1, 3650],
  surfaces: [1, 20_000],
  seed: [0, 2 ** 32 - 1],
  events: [1, 100_000_000],
  accounts: [5, 20_000],
} as const;

/**
 * Fills in the defaults.
 * @throws SeepassError `bad_arguments` that names the option and its range.
 */
export function resolveOptions(options: ProductOptions): ResolvedOptions {
  const resolved: ResolvedOptions = { ...DEFAULTS, ...options };
  for (const [name, [low, high]] of Object.entries(RANGES) as [keyof typeof RANGES, readonly [number, number]][]) {
    const value = resolved[name];
    if (!Number.isInteger(value) || value < low || value > high) {
      throw new SeepassError('bad_arguments', `${name} is ${value}.`, {
        fix: `Give a whole number from ${low} to ${high}.`,
      });
    }
  }
  if (!isDate(resolved.endDate)) {
    throw new SeepassError('bad_arguments', `The end date "${resolved.endDate}" is no calendar day.`, {
      fix: 'Give it as YYYY-MM-DD.',
    });
  }
  try {
    startOfDay(resolved.endDate, resolved.timezone);
  } catch (cause) {
    throw new SeepassError('bad_arguments', `The time zone "${resolved.timezone}" is not known.`, {
      fix: 'Give an IANA zone such as Europe/Berlin.',
      cause,
    });
  }
  return resolved;
}
