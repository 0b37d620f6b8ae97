import type { Source } from '../records.ts';
import type { SilentSource } from './digest-model.ts';

/** A source that has said nothing for this long is named. */
const SILENT_AFTER_MS = 24 * 3_600_000;

/** Which sources were fresh when the day was judged, and which had fallen silent for how long, longest first. */
export function findSilentSources(
  sources: readonly { source: Source; last_event_at: number }[],
  asOf: number,
  gaps: readonly Source[],
): { fresh: number; silent: SilentSource[]; gaps: Source[] } {
  const silent = sources
    .filter(({ last_event_at }) => asOf - last_event_at > SILENT_AFTER_MS)
    .map(({ source, last_event_at }) => ({ source, hours: Math.floor((asOf - last_event_at) / 3_600_000) }))
    .sort((a, b) => b.hours - a.hours || a.source.localeCompare(b.source));
  return { fresh: sources.length - silent.length, silent, gaps: [...gaps] };
}
