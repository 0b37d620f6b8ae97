/** How long a zone's clock goes on without being moved. */
import { Temporal } from 'temporal-polyfill';

/** All instants around one for which the local clock is not moved. */
export interface ClockStretch {
  /** Minus infinity where it never was before, infinity where it will not be. */
  readonly from: number;
  readonly until: number;
  /** Milliseconds that the local clock is ahead. */
  readonly ahead: number;
}

/** @param instant epoch milliseconds. @throws RangeError for a zone nobody knows. */
export function clockStretch(instant: number, zone: string): ClockStretch {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  // From a nanosecond later, as "previous" leaves out a change at this very instant.
  const moved = local.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds;
  const moves = local.getTimeZoneTransition('next')?.epochMilliseconds;
  return {
    from: moved ?? Number.NEGATIVE_INFINITY,
    until: moves ?? Number.POSITIVE_INFINITY,
    ahead: local.offsetNanoseconds / 1e6,
  };
}
