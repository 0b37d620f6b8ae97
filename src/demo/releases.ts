import { createRng, type Rng } from '../core/simulate/rng.ts';
import type { Day } from './calendar.ts';

export type Service = 'web' | 'api';

export interface Release {
  service: Service;
  /** e.g. web@1.42.0 */
  name: string;
  /** Epoch milliseconds. */
  at: number;
}

const HOUR_MS = 3_600_000;

/** Old tabs keep the old release for a while: half of them at the start, gone within hours. */
const STALE_SHARE = 0.3;
const STALE_MS = 40 * 60_000;

/** web went out early on the last day and late on the third to last: two incidents hang on these. */
const WEB_END = { offsets: [1, 2, 4], hours: [6.7, 23.2, 19.5], major: 1, minor: 42 };
const API_END = { offsets: [3, 8], hours: [14.2, 10.6], major: 2, minor: 17 };

export interface ReleaseTrain {
  /** Oldest first. */
  releases: readonly Release[];
  /** The release some visitor or server runs at that moment. */
  running(rng: Rng, ts: number): string;
}

/** One train a service; versions count up to the last day's, a patch or a minor every few days. */
export function createReleaseTrain(service: Service, days: readonly Day[], seed: number): ReleaseTrain {
  const rng = createRng(seed, `releases ${service}`);
  const fixed = service === 'web' ? WEB_END : API_END;
  const gap = service === 'web' ? 2 : 4;
  const releases: Release[] = [];
  let minor = fixed.minor;
  let patch = service === 'web' ? 0 : 2;
  let offset = 0;
  // One release from before the first day, so that every event has one.
  for (let nth = 0; offset <= days.length; nth++) {
    offset = fixed.offsets[nth] ?? offset + gap + rng.below(3);
    const day = days[days.length - offset];
    const hour = fixed.hours[nth] ?? 9 + rng.next() * 9;
    const first = days[0];
    const at = day ? day.start + hour * HOUR_MS : (first?.start ?? 0) - HOUR_MS;
    releases.push({ service, name: `${service}@${fixed.major}.${minor}.${patch}`, at: Math.round(at) });
    if (patch > 0) patch--;
    else {
      minor--;
      patch = nth === 0 ? 3 : rng.below(4);
    }
  }
  releases.reverse();
  return { releases, running: createRunning(releases) };
}

function createRunning(releases: readonly Release[]): ReleaseTrain['running'] {
  let current = 0;
  return (rng, ts) => {
    // Time mostly moves forward by little, so the search starts where it ended.
    while (current > 0 && (releases[current]?.at ?? 0) > ts) current--;
    while ((releases[current + 1]?.at ?? Number.POSITIVE_INFINITY) <= ts) current++;
    const release = releases[current];
    const before = releases[current - 1];
    if (release === undefined) return '';
    const age = ts - release.at;
    const stale = before !== undefined && age < 6 * STALE_MS && rng.chance(STALE_SHARE * Math.exp(-age / STALE_MS));
    return stale ? before.name : release.name;
  };
}
