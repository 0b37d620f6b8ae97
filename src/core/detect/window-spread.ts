/** How much more several days together vary than as many independent ones: what lingers, lingers for all of them. */
import { type CountSeries, dayVariance, type Family, type RateFit } from './baseline.ts';

/** What was learned of many series of one metric. */
export interface Learned {
  series: readonly CountSeries[];
  fits: readonly RateFit[];
  families: readonly Family[];
  dispersions: readonly number[];
  weekday: readonly number[];
  weekdayOf: Uint8Array;
}

/** Correlation of a day with the next that is believed before data, and how many blocks have to outweigh it. */
const PRIOR_CORRELATION = 0.2;
const PRIOR_BLOCKS = 20;
/** A block this many deviations off is an incident the baseline did not exclude: it counts as that far off. */
const CAP_SD = 4;

/**
 * The factor c on a window's over-dispersion, pooled: the baselines are cut into blocks of the window's length, each
 * is predicted from the days around it, and c = Σ w (e² - chance) / Σ w extra, where extra is what independent days
 * would vary beyond chance and w = extra / variance² weighs a block by how well it can tell. At least 1.
 */
export function windowSpread(days: number, learned: Learned): number {
  if (days <= 1) return 1;
  const { series, fits, families, dispersions, weekday, weekdayOf } = learned;
  let seen = 0;
  let foreseen = 0;
  let blocks = 0;
  series.forEach(({ counts, exposure }, index) => {
    const fit = fits[index];
    const family = families[index] ?? 'count';
    const d = dispersions[index] ?? 0;
    if (!fit || fit.slots.length < 3 * days) return;
    let count = 0;
    let mean = 0;
    let all = 0;
    const part = { count: 0, mean: 0, pure: 0, extra: 0 };
    const means = fit.slots.map((slot) => {
      const expected = fit.rate * (exposure[slot] ?? 0) * (weekday[weekdayOf[slot] ?? 0] ?? 1);
      count += counts[slot] ?? 0;
      mean += expected;
      all += dayVariance(family, expected, exposure[slot] ?? 1, d);
      return expected;
    });
    fit.slots.forEach((slot, at) => {
      const expected = means[at] ?? 0;
      const pure = dayVariance(family, expected, exposure[slot] ?? 1, 0);
      part.count += counts[slot] ?? 0;
      part.mean += expected;
      part.pure += pure;
      part.extra += dayVariance(family, expected, exposure[slot] ?? 1, d) - pure;
      if ((at + 1) % days !== 0) return;
      const rest = mean - part.mean;
      if (rest > 0 && part.extra > 0) {
        const scale = part.mean / rest;
        const chance = part.pure + scale ** 2 * (all - part.pure - part.extra);
        const variance = chance + part.extra;
        const error = part.count - scale * (count - part.count);
        const weight = part.extra / variance ** 2;
        seen += weight * (Math.min(error ** 2, CAP_SD ** 2 * variance) - chance);
        foreseen += weight * part.extra;
        blocks += (part.extra / variance) ** 2;
      }
      Object.assign(part, { count: 0, mean: 0, pure: 0, extra: 0 });
    });
  });
  const prior = 1 + (2 * PRIOR_CORRELATION * (days - 1)) / days;
  const measured = foreseen > 0 ? seen / foreseen : prior;
  return Math.max(1, (PRIOR_BLOCKS * prior + blocks * measured) / (PRIOR_BLOCKS + blocks));
}
