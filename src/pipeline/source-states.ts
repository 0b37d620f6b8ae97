import { judgeSources, type SourceState } from '../core/delivery/freshness.ts';
import { CADENCE_DAYS } from '../core/delivery/source-cadence.ts';
import type { Stores } from './ports.ts';

/** A source that was silent for longer is silent by any measure; its weeks before that still tell what was usual. */
const LONGEST_SILENCE_DAYS = 35;
const DAY = 86_400_000;

/**
 * How every source was doing at a moment, by what had happened until then.
 * @param zone IANA zone of the workspace.
 */
export async function readSourceStates(
  { freshness }: Pick<Stores, 'freshness'>,
  asOf: number,
  zone: string,
): Promise<SourceState[]> {
  const sources = (await freshness.list()).filter(({ first_event_at }) => first_event_at <= asOf);
  const start = asOf - (CADENCE_DAYS + LONGEST_SILENCE_DAYS) * DAY;
  return judgeSources(sources, await freshness.readHours({ start, end: asOf }), asOf, zone);
}
