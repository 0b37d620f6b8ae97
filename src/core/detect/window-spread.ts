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
/** Events a day below which chance hides whatever lingers, and the series is not asked. */
const TELLING_EVENTS = 0.5;
/** A block this many deviations off is an incident the baseline did not exclude: it counts as that far off. */
const CAP_SD = 4;

/**
 * The factor c on a window's over-dispersion, pooled: the baselines are cut into blocks of the window's length, each
 * is predicted from the days around it, and c = Σ w (e² - chance) / Σ w extra, where extra is what independent days
 * would vary beyond chance and w = extra / variance² weighs a block by how well it can tell. At least 1.
 */
export function windowSpread(days: number, learned: Learned): number {
  if (days <= 1) return 1;
  const { series, fits, families, dispersions } = learned;
  const sums = { seen: 0, foreseen: 0, blocks: 0 };
  const longest = fits.reduce((most, { slots }) => Math.max(most, slots.length), 0);
  const buffers = { means: new Float64Array(longest), chances: new Float64Array(longest) };
  for (let index = 0; index < series.length; index++) {
    const own = series[index];
    const fit = fits[index];
    if (!own || !fit || fit.slots.length < 3 * days) continue;
    addBlocks(days, own, fit, families[index] ?? 'count', dispersions[index] ?? 0, learned, buffers, sums);
  }
  const prior = 1 + (2 * PRIOR_CORRELATION * (days - 1)) / days;
  const measured = sums.foreseen > 0 ? sums.seen / sums.foreseen : prior;
  return Math.max(1, (PRIOR_BLOCKS * prior + sums.blocks * measured) / (PRIOR_BLOCKS + sums.blocks));
}

/** The blocks of one series. Numbers only: this runs for every series, metric and judged day. */
function addBlocks(
  days: number,
  { counts, exposure }: CountSeries,
  { rate, slots }: RateFit,
  family: Family,
  d: number,
  { weekday, weekdayOf }: Learned,
  { means, chances }: { means: Float64Array; chances: Float64Array },
  sums: { seen: number; foreseen: number; blocks: number },
): void {
  let count = 0;
  let mean = 0;
  let chance = 0;
  for (let at = 0; at < slots.length; at++) {
    const slot = slots[at] ?? 0;
    const expected = rate * (exposure[slot] ?? 0) * (weekday[weekdayOf[slot] ?? 0] ?? 1);
    const pure = dayVariance(family, expected, exposure[slot] ?? 1, 0);
    means[at] = expected;
    chances[at] = pure;
    count += counts[slot] ?? 0;
    mean += expected;
    chance += pure;
  }
  if (mean < TELLING_EVENTS * slots.length) return;
  for (let first = 0; first + days <= slots.length; first += days) {
    let own = 0;
    let expected = 0;
    let pure = 0;
    let extra = 0;
    for (let at = first; at < first + days; at++) {
      const slot = slots[at] ?? 0;
      own += counts[slot] ?? 0;
      expected += means[at] ?? 0;
      pure += chances[at] ?? 0;
      extra += dayVariance(family, means[at] ?? 0, exposure[slot] ?? 1, d) - (chances[at] ?? 0);
    }
    const rest = mean - expected;
    if (rest <= 0 || extra <= 0) continue;
    const scale = expected / rest;
    // The days around it vary as independent ones, about as much beyond chance as the block does.
    const around = scale * scale * (chance - pure + (extra * rest) / expected);
    const variance = pure + around + extra;
    const error = own - scale * (count - own);
    const weight = extra / (variance * variance);
    sums.seen += weight * (Math.min(error * error, CAP_SD * CAP_SD * variance) - pure - around);
    sums.foreseen += weight * extra;
    sums.blocks += (extra / variance) ** 2;
  }
}
