/**
 * Rollups of a made-up product, for judging detectors: over-dispersed counts, weekdays, a slow wander, small pages.
 * Deterministic by seed. It knows nothing of how detection works, and detection nothing of it.
 */
import type { SignatureDay, SurfaceDay } from '../../src/core/records.ts';
import { addDays, dayNumber, weekdayOf } from '../../src/core/window.ts';

export interface Shape {
  seed: number;
  surfaces: number;
  days: number;
  /** Last day, YYYY-MM-DD. */
  end: string;
  /** Relative standard deviation of a surface's rates from day to day. */
  wobble?: number;
}

export type Change = (row: SurfaceDay, random: Random) => void;
/** What happens to one surface (or all, `'*'`) on some days, 0 the last one, 1 the day before. */
export interface Incident {
  surface: string;
  from: number;
  to: number;
  change: Change;
}

export interface Random {
  uniform(): number;
  normal(): number;
  poisson(mean: number): number;
  gamma(shape: number): number;
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  const poisson = (mean: number): number => {
    if (mean <= 0) return 0;
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const limit = Math.exp(-mean);
    let product = uniform();
    let count = 0;
    while (product > limit) {
      product *= uniform();
      count++;
    }
    return count;
  };
  return { uniform, normal, poisson, gamma };
}

const WEEK = [1.05, 1.1, 1.08, 1.05, 0.95, 0.5, 0.45];

/** Rows by surface, then date; surfaces are `/page-0` (busiest) … */
export function simulateProduct(shape: Shape, incidents: readonly Incident[] = []): SurfaceDay[] {
  const rows: SurfaceDay[] = [];
  const dispersion = (shape.wobble ?? 0.2) ** 2;
  for (let index = 0; index < shape.surfaces; index++) {
    const random = createRandom(shape.seed * 7919 + index);
    const surface = `/page-${index}`;
    const level = Math.exp(8 - (5.2 * index) / shape.surfaces + 0.4 * random.normal());
    const rate = {
      errors: 0.002 + 0.02 * random.uniform() ** 2,
      dropoffs: 0.1 + 0.35 * random.uniform(),
      tickets: 0.0005 + 0.003 * random.uniform(),
      actions: 0.15 + 0.4 * random.uniform(),
      failures: 0.001 + 0.01 * random.uniform() ** 2,
      latency: 150 + 900 * random.uniform() ** 2,
    };
    let wander = 0;
    for (let day = shape.days - 1; day >= 0; day--) {
      const date = addDays(shape.end, -day);
      wander = 0.8 * wander + 0.06 * random.normal();
      const shake = (): number => random.gamma(1 / dispersion) * dispersion;
      const mean =
        level * (WEEK[weekdayOf(dayNumber(date))] ?? 1) * Math.exp(wander) * (1 + 0.002 * (shape.days - day));
      const pageviews = random.poisson(mean * (0.9 + 0.1 * shake()));
      const proportion = (p: number): number => {
        const k = 150;
        const a = random.gamma(p * k);
        const drawn = a / (a + random.gamma((1 - p) * k));
        return Math.min(pageviews, Math.round(pageviews * drawn));
      };
      const requests = random.poisson(mean * 2);
      const errors = random.poisson(pageviews * rate.errors * shake());
      const row: SurfaceDay = {
        date,
        surface,
        pageviews,
        actions: proportion(rate.actions),
        dropoffs: proportion(rate.dropoffs),
        errors,
        tickets: random.poisson(pageviews * rate.tickets * shake()),
        requests,
        request_failures: random.poisson(requests * rate.failures * shake()),
        latency_p50: requests > 0 ? rate.latency / 3 : null,
        latency_p95: requests > 0 ? rate.latency * Math.exp(0.12 * random.normal()) : null,
        affected_accounts: Math.ceil(errors / 3),
        affected_users: Math.ceil(errors / 2),
        revenue_at_risk: errors * 10_000,
        revenue: 0,
        release_top: 'web@1.0.0',
        release_share: 1,
      };
      for (const incident of incidents)
        if ((incident.surface === surface || incident.surface === '*') && day <= incident.from && day >= incident.to)
          incident.change(row, random);
      if (row.pageviews + row.requests + row.errors + row.tickets > 0) rows.push(row);
    }
  }
  return rows;
}

/** Splits each day's errors into signatures: two usual ones of a surface. */
export function simulateSignatures(rows: readonly SurfaceDay[]): SignatureDay[] {
  return rows.flatMap((row) =>
    row.errors === 0
      ? []
      : [
          { signature: `${row.surface} A`, errors: Math.ceil(row.errors * 0.6) },
          { signature: `${row.surface} B`, errors: Math.floor(row.errors * 0.4) },
        ]
          .filter(({ errors }) => errors > 0)
          .map((part) => ({
            ...part,
            date: row.date,
            surface: row.surface,
            example: part.signature,
            url: null,
            release_top: row.release_top,
          })),
  );
}
