import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/core/detect/detect.ts';
import { flaggedEntities } from '../../../src/core/rank/rank.ts';
import type { SurfaceDay } from '../../../src/core/records.ts';
import { INCIDENT_KINDS } from '../../../src/core/simulate/incident-kinds.ts';
import { plantIncidents } from '../../../src/core/simulate/plant.ts';
import { type Product, simulateProduct } from '../../../src/core/simulate/product.ts';
import { addDays } from '../../../src/core/window.ts';
import { detectorOn, END, historyOf } from './simulated.ts';

/** Seeds nobody tuned on. */
const SEEDS = [4001, 4002];
const DAYS = 5;

const healthy = (seed: number, surfaces: number): Product =>
  simulateProduct({ seed, surfaces, days: 95, end: END, incidentsAMonth: 0, decoys: false });
const products = new Map(SEEDS.map((seed) => [seed, healthy(seed, 60)]));

describe('on 200 healthy, over-dispersed surfaces', () => {
  const large = SEEDS.map((seed) => healthy(seed, 200)).map(({ surfaceDays, signatureDays }) =>
    historyOf(surfaceDays, { signatureDays }),
  );
  const flaggedADay = (profile: 'seed' | 'default'): number => {
    let flagged = 0;
    for (const history of large) {
      const detector = createDetector(history, profile);
      for (let back = 0; back < DAYS; back++)
        flagged += flaggedEntities(detector.judgeDay(addDays(END, -back)).findings).length;
    }
    return flagged / (SEEDS.length * DAYS);
  };

  it('the default profile is wrong less than once in two days', () => expect(flaggedADay('default')).toBeLessThan(0.5));

  it("the seed's rule is wrong fifteen times a day", () => expect(flaggedADay('seed')).toBeGreaterThan(15));
});

describe('planted in a product of 60 surfaces', () => {
  /** A page with so many views a day, at least, that the incident is no small one. */
  const pageOf = ({ normal }: Product, rank: number): string =>
    normal.filter(({ page }) => page)[rank]?.surface ?? 'no such page';

  it.each([
    ['error-spike', 'error_rate', 10, 6, 2],
    ['error-leak', 'error_rate', 2, 3.5, 9],
    ['dropoff-rise', 'dropoff_rate', 12, 3, 2],
    ['conversion-drop', 'conversion_rate', 6, 6, 2],
    ['ticket-burst', 'ticket_rate', 10, 30, 2],
    ['outage', 'pageviews', 8, 20, 1],
    ['failure-storm', 'failure_rate', 10, 20, 2],
    ['latency-rise', 'latency_p95', 15, 3, 2],
  ])('an incident of the kind %s is found while it lasts', (id, metric, rank, size, days) => {
    for (const [seed, product] of products) {
      const kind = INCIDENT_KINDS.find((each) => each.id === id);
      if (!kind) throw new Error(`no kind ${id}`);
      const surface = pageOf(product, rank);
      const planned = {
        id,
        kind,
        surfaces: [surface],
        start: addDays(END, 1 - days),
        end: addDays(END, 1),
        size,
        signature: null,
        release: null,
      };
      const { rows, incidents } = plantIncidents(product.surfaceDays, [planned], { seed });
      expect(incidents).toMatchObject([{ entity_key: surface, material: true }]);
      const { judgeDay } = detectorOn(rows);
      const found = Array.from({ length: days }, (_, back) => judgeDay(addDays(END, -back))).some(({ findings }) =>
        findings.some((each) => each.entity_key === surface && each.metric === metric),
      );
      expect(found, `seed ${seed}`).toBe(true);
    }
  });

  const VIEWS = ['pageviews', 'actions', 'dropoffs'] as const;
  const ALL = [...VIEWS, 'errors', 'tickets', 'requests', 'request_failures'] as const;
  const scaled = (row: SurfaceDay, counts: readonly (typeof ALL)[number][], factor: number): SurfaceDay => ({
    ...row,
    ...Object.fromEntries(counts.map((name) => [name, Math.round(row[name] * factor)])),
  });
  const onLastDay = (product: Product, change: (row: SurfaceDay, index: number) => SurfaceDay): SurfaceDay[] =>
    product.surfaceDays.map((row, index) => (row.date === END ? change(row, index) : row));
  const gap = (row: SurfaceDay): SurfaceDay => scaled(row, VIEWS, 0);

  it.each<[string, (row: SurfaceDay, index: number, page: string) => SurfaceDay]>([
    ['a traffic surge with unchanged rates', (row, _, page) => (row.surface === page ? scaled(row, ALL, 3) : row)],
    ['a holiday', (row, index) => scaled(row, ALL, 0.35 * (0.8 + 0.05 * (index % 9)))],
    ['a tracking gap', gap],
    ['half a day of lost tracking', (row) => scaled(row, VIEWS, 0.4)],
  ])('%s is not told as an incident', (_, change) => {
    for (const product of products.values()) {
      const page = pageOf(product, 14);
      const before = flaggedEntities(detectorOn(product.surfaceDays).judgeDay(END).findings);
      const rows = onLastDay(product, (row, index) => change(row, index, page));
      const told = flaggedEntities(detectorOn(rows).judgeDay(END).findings);
      const known = before.map(({ entity_key }) => entity_key);
      expect(told.map(({ entity_key }) => entity_key).filter((key) => !known.includes(key))).toEqual([]);
    }
  });

  it('a tracking gap is named by what is missing, and is never a drop or an improvement', () => {
    const product = healthy(4001, 60);
    const { gaps, findings } = detectorOn(onLastDay(product, gap)).judgeDay(END);
    expect(gaps.map(({ measure }) => measure)).toEqual(['pageviews', 'actions', 'dropoffs']);
    const resting = [
      'pageviews',
      'actions',
      'dropoffs',
      'error_rate',
      'dropoff_rate',
      'ticket_rate',
      'conversion_rate',
    ];
    expect(
      findings.filter(({ metric }) => resting.includes(metric)).map(({ rule, metric }) => `${rule} ${metric}`),
    ).toEqual(['ingest-gap pageviews', 'ingest-gap actions', 'ingest-gap dropoffs']);
  });
});
