import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/core/detect/detect.ts';
import { flaggedEntities } from '../../../src/core/rank/rank.ts';
import { addDays } from '../../../src/core/window.ts';
import { DECOYS, INCIDENTS, TRACKING_GAP } from '../../support/product-incidents.ts';
import { type Incident, simulateProduct, simulateSignatures } from '../../support/product-simulator.ts';
import { detectorOn, END, historyOf } from './simulated.ts';

/** Seeds nobody tuned on. */
const SEEDS = [4001, 4002];
const DAYS = 5;

describe('on 200 healthy, over-dispersed surfaces', () => {
  const flaggedADay = (profile: 'seed' | 'default'): number => {
    let flagged = 0;
    for (const seed of SEEDS) {
      const rows = simulateProduct({ seed, surfaces: 200, days: 90, end: END });
      const detector = createDetector(historyOf(rows, { signatureDays: simulateSignatures(rows) }), profile);
      for (let back = 0; back < DAYS; back++)
        flagged += flaggedEntities(detector.judgeDay(addDays(END, -back)).findings).length;
    }
    return flagged / (SEEDS.length * DAYS);
  };

  it('the default profile is wrong less than once in five days', () =>
    expect(flaggedADay('default')).toBeLessThan(0.2));

  it("the seed's rule is wrong twenty times a day", () => expect(flaggedADay('seed')).toBeGreaterThan(20));
});

describe('planted in a product of 60 surfaces', () => {
  const detector = (seed: number, incident: Incident) =>
    detectorOn(simulateProduct({ seed, surfaces: 60, days: 95, end: END }, [incident]));

  it.each(INCIDENTS)('$kind is found while it lasts', ({ metric, incident }) => {
    for (const seed of SEEDS) {
      const { judgeDay } = detector(seed, incident);
      const found = Array.from({ length: incident.from + 1 }, (_, back) => judgeDay(addDays(END, -back))).some(
        ({ findings }) => findings.some((each) => each.entity_key === incident.surface && each.metric === metric),
      );
      expect(found, `seed ${seed}`).toBe(true);
    }
  });

  it.each(DECOYS)('$kind is not told as an incident', ({ incident }) => {
    for (const seed of SEEDS) expect(flaggedEntities(detector(seed, incident).judgeDay(END).findings)).toEqual([]);
  });

  it('a tracking gap is named by what is missing, and is never a drop or an improvement', () => {
    const { gaps, findings } = detector(4001, TRACKING_GAP).judgeDay(END);
    expect(gaps.map(({ measure }) => measure)).toEqual(['pageviews', 'actions', 'dropoffs']);
    expect(findings.map(({ rule, metric }) => `${rule} ${metric}`)).toEqual([
      'ingest-gap pageviews',
      'ingest-gap actions',
      'ingest-gap dropoffs',
    ]);
  });
});
