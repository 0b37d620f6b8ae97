/** Figures from counts, each with a 95% interval: how far another run of the same kind might lie. */
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { wilsonInterval } from '../stats.ts';
import type { DecoyResult, Tally } from './tally.ts';

/** Null where there is nothing to divide by. */
export interface Figure {
  value: number | null;
  low: number | null;
  high: number | null;
  /** What it rests on: episodes, incidents, decoys or surface-months. */
  of: number;
}

export interface DecoyScore {
  flagged: Figure;
  named: Figure;
}

export interface Score {
  /** Found incidents among everything told: found / (found + false episodes). An incident counts once. */
  precision: Figure;
  recall: Figure;
  /** Of the material incidents. */
  materialRecall: Figure;
  f1: Figure;
  /** False episodes for each surface in 30 days. */
  falseAMonth: Figure;
  falseADay: Figure;
  /** Mean over the incidents found, 0 being the first day. */
  daysToDetect: Figure;
  /** Told anew for each incident found. */
  retold: Figure;
  /** By kind of decoy. */
  decoys: Readonly<Record<string, DecoyScore>>;
}

const NOTHING: Figure = { value: null, low: null, high: null, of: 0 };

/** The score of one run or of several taken together. */
export function scoreTallies(tallies: readonly Tally[]): Score {
  const incidents = tallies.flatMap((tally) => tally.incidents);
  const found = incidents.filter(({ delay }) => delay !== null);
  const material = incidents.filter(({ entry }) => entry.material);
  const wrong = sum(tallies.map(({ falseEpisodes }) => falseEpisodes));
  const delays = found.map(({ delay }) => delay ?? 0);
  const decoys = tallies.flatMap((tally) => tally.decoys);
  const kinds = [...new Set(decoys.map(({ entry }) => entry.kind))].sort();
  return {
    precision: share(found.length, found.length + wrong),
    recall: share(found.length, incidents.length),
    materialRecall: share(material.filter(({ delay }) => delay !== null).length, material.length),
    f1: harmonic(found.length, incidents.length, wrong),
    falseAMonth: rate(wrong, sum(tallies.map(({ surfaceMonths }) => surfaceMonths))),
    falseADay: rate(wrong, sum(tallies.map(({ days }) => days))),
    daysToDetect: average(delays),
    retold: rate(sum(found.map(({ retold }) => retold)), found.length),
    decoys: Object.fromEntries(kinds.map((kind) => [kind, decoyScore(decoys, kind)])),
  };
}

function decoyScore(decoys: readonly DecoyResult[], kind: string): DecoyScore {
  const own = decoys.filter(({ entry }) => entry.kind === kind);
  const count = (is: (decoy: DecoyResult) => boolean): Figure => share(own.filter(is).length, own.length);
  return { flagged: count(({ flagged }) => flagged), named: count(({ named }) => named) };
}

function share(part: number, whole: number): Figure {
  if (whole === 0) return NOTHING;
  const [low, high] = wilsonInterval(part, whole);
  return { value: part / whole, low, high, of: whole };
}

/**
 * F1 = 2 found / (incidents + found + false), with the interval of found among incidents + false: of all that was there
 * to be told or left alone, what was told rightly (F1 = 2x / (1 + x)).
 */
function harmonic(found: number, incidents: number, wrong: number): Figure {
  const { value, low, high, of } = share(found, incidents + wrong);
  const toF1 = (x: number | null): number | null => (x === null ? null : (2 * x) / (1 + x));
  return { value: toF1(value), low: toF1(low), high: toF1(high), of };
}

/** Events per unit; the interval of a Poisson count by Byar's approximation (Breslow and Day 1987, 2.13). */
function rate(events: number, units: number): Figure {
  if (!(units > 0)) return NOTHING;
  const byar = (count: number, z: number): number =>
    count <= 0 ? 0 : count * Math.max(0, 1 - 1 / (9 * count) + z / (3 * Math.sqrt(count))) ** 3;
  return { value: events / units, low: byar(events, -1.96) / units, high: byar(events + 1, 1.96) / units, of: units };
}

function average(values: number[]): Figure {
  if (values.length === 0) return NOTHING;
  const value = mean(values);
  const error = values.length > 1 ? (1.96 * sampleStandardDeviation(values)) / Math.sqrt(values.length) : 0;
  return { value, low: Math.max(0, value - error), high: value + error, of: values.length };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
