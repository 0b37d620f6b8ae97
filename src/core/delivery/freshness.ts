import type { Source } from '../records.ts';
import type { SilentSource } from './digest-model.ts';
import { type Cadence, createHourOfWeek, HOUR_MS, learnCadence, type SourceHistory } from './source-cadence.ts';

/** How a source is doing at a moment. */
export interface SourceState {
  source: Source;
  /** Epoch milliseconds. */
  last_event_at: number;
  /** Longer silent than it usually is. */
  silent: boolean;
  /** Whole hours since its last event. */
  hours: number;
  cadence: Cadence | undefined;
}

/** What is known of no hour for so long is silent. */
const UNKNOWN_SILENT_AFTER_HOURS = 7 * 24;

/**
 * @param histories the hours in which sources sent, of some weeks; a source that is not among them sent before.
 * @param zone IANA zone of the hours of the week.
 */
export function judgeSources(
  sources: readonly { source: Source; last_event_at: number }[],
  histories: readonly SourceHistory[],
  asOf: number,
  zone: string,
): SourceState[] {
  const hourOfWeek = createHourOfWeek(zone);
  return sources.map(({ source, last_event_at }) => {
    const own = histories.find((history) => history.source === source)?.hours ?? [];
    const cadence = learnCadence(
      own.filter(({ hour }) => hour <= asOf),
      hourOfWeek,
    );
    const hours = Math.max(0, Math.floor((asOf - last_event_at) / HOUR_MS));
    const silent = cadence === undefined ? hours > UNKNOWN_SILENT_AFTER_HOURS : asOf > cadence.expectedBy;
    return { source, last_event_at, silent, hours, cadence };
  });
}

/** Which sources were fresh when the day was judged, and which had fallen silent for how long, longest first. */
export function findSilentSources(
  states: readonly SourceState[],
  gaps: readonly Source[],
): { fresh: number; silent: SilentSource[]; gaps: Source[] } {
  const silent = states
    .filter((state) => state.silent)
    .map(({ source, hours }) => ({ source, hours }))
    .sort((a, b) => b.hours - a.hours || a.source.localeCompare(b.source));
  return { fresh: states.length - silent.length, silent, gaps: [...gaps] };
}
