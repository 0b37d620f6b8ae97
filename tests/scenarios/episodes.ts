/** What an hourly judge might find on a few pages, hour by hour, from a seed. */
import type { HourlyFinding, HourlyMetricId } from '../../src/core/detect/hours/hourly-finding.ts';
import type { Rng } from '../../src/core/simulate/rng.ts';
import { finding, HOUR, START } from '../core/incident/made-up.ts';

const PAGES = Array.from({ length: 12 }, (_, n) => `/page-${n}`);
const METRICS: readonly HourlyMetricId[] = ['error_rate', 'dropoff_rate'];
/** Of a page that is normal, within an hour. */
const BEGINS = 0.015;
const STORM = 0.008;
const LONGEST = 10;
const NORMAL = 0.02;

interface Episode {
  surface: string;
  metric: HourlyMetricId;
  since: number;
  hoursLeft: number;
}

export interface Episodes {
  /** Findings of the hour so many after `START`. @param quiet what goes on ends, and nothing begins. */
  hour(index: number, quiet?: boolean): HourlyFinding[];
}

export function createEpisodes(random: Rng): Episodes {
  const running = new Map<string, Episode>();

  const goOn = (key: string, episode: Episode, quiet: boolean): HourlyFinding[] => {
    const { surface, metric, since } = episode;
    episode.hoursLeft -= 1;
    if (quiet || episode.hoursLeft <= 0) {
      running.delete(key);
      return [finding(surface, { metric, since, state: 'recovered', current: NORMAL })];
    }
    // An hour that is not strange by itself, in the midst of it.
    if (random.chance(0.25)) return [];
    return [finding(surface, { metric, since, state: 'ongoing', current: strange() })];
  };
  const begin = (key: string, episode: Omit<Episode, 'hoursLeft'>): HourlyFinding => {
    const begun = { ...episode, hoursLeft: 2 + random.below(LONGEST) };
    running.set(key, begun);
    return finding(episode.surface, { metric: episode.metric, since: episode.since, current: strange() });
  };
  const strange = (): number => 2 * NORMAL + random.next() ** 2 / 4;

  return {
    hour(index, quiet = false) {
      const since = START + index * HOUR;
      const isStorm = random.chance(STORM);
      const found: HourlyFinding[] = [];
      for (const surface of PAGES)
        for (const metric of METRICS) {
          const key = `${surface} ${metric}`;
          const episode = running.get(key);
          if (episode) found.push(...goOn(key, episode, quiet));
          else if (!quiet && random.chance(isStorm && metric === 'error_rate' ? 0.8 : BEGINS / METRICS.length))
            found.push(begin(key, { surface, metric, since }));
        }
      return found;
    },
  };
}
