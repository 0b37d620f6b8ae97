/**
 * Whether an action helped, by difference in differences: the page's change between the hours before and after it, less
 * the change of matched pages over the same hours, so that what the whole product did is not put down to the action.
 */
import type { HourHistory } from '../detect/hour-history.ts';
import { countOf } from '../facts/render.ts';
import type { Expectation } from '../proposal/expectation.ts';
import type { EffectResult, EffectVerdict } from './effect-check.ts';
import { type EffectMetric, effectMetric, readStretch, type Slots, type Stretch } from './effect-metric.ts';
import { type Matched, matchSurfaces } from './matched-surfaces.ts';
import { poolChanges, studentQuantile } from './pool-changes.ts';

export interface EffectQuestion {
  expectation: Expectation;
  /** What is compared, half-open in epoch milliseconds, whole hours. */
  before: { start: number; end: number };
  after: { start: number; end: number };
  /** Pages that were part of the same trouble, or outside normal themselves. */
  leaveOut: readonly string[];
}

/** Views or requests, below which a change of this page means nothing. */
const LEAST_EXPOSURE = 100;
const LEAST_MATCHED = 3;
/** Of what was expected: an action that surely did less than half of it did not help. */
const HALF = 0.5;

/** @param history every hour of both stretches. */
export function measureEffect(
  { expectation, before, after, leaveOut }: EffectQuestion,
  history: HourHistory,
): EffectResult {
  const base = { before, after, exposure: { before: 0, after: 0 }, matched: [], ...NOTHING };
  const metric = effectMetric(expectation.metric);
  if (metric === undefined) return { ...base, reason: 'this metric is not kept by the hour' };
  const page = history.surfaces.find(({ surface }) => surface === expectation.surface);
  const [was, is] = [slotsOf(history, before), slotsOf(history, after)];
  const [earlier, later] = page ? [readStretch(page, metric, was), readStretch(page, metric, is)] : [];
  const noun = expectation.metric === 'failure_rate' || expectation.metric === 'latency_p95' ? 'request' : 'view';
  const exposure = { before: earlier?.exposure ?? 0, after: later?.exposure ?? 0 };
  if (!earlier || !later || exposure.before < LEAST_EXPOSURE || exposure.after < LEAST_EXPOSURE) {
    const [few, when, slots] =
      exposure.after < LEAST_EXPOSURE
        ? ([exposure.after, 'since', is] as const)
        : ([exposure.before, 'before it', was] as const);
    // An hour without a row has no data, which is never zero.
    const hasRows = page?.present.subarray(slots.from, slots.to).includes(1) ?? false;
    return { ...base, exposure, reason: `${hasRows ? countOf(few, noun) : 'no data'} ${when}` };
  }
  const matched = matchSurfaces({ surface: expectation.surface, before: earlier }, history.surfaces, {
    ...{ metric, before: was, after: is, leaveOut: new Set(leaveOut) },
  });
  if (matched.length < LEAST_MATCHED)
    return { ...base, exposure, reason: `only ${countOf(matched.length, 'page')} to hold it against` };
  const difference = subtract(earlier, later, matched, metric);
  const told = judge(difference, expectation);
  const reason = told === 'cannot_tell' ? 'the change is within what such pages do anyway' : null;
  return {
    verdict: told,
    ...difference,
    before,
    after,
    exposure,
    matched: matched.map(({ surface }) => surface),
    reason,
  };
}

const NOTHING = { verdict: 'cannot_tell', difference: null, low: null, high: null } as const;

interface Difference {
  difference: number;
  low: number;
  high: number;
}

/**
 * The page's change less the pooled change of the matched, in the metric's own unit. The interval is that of one page
 * more of the kind (Higgins, Thompson & Spiegelhalter 2009): its own variance, the pooled mean's, and what pages differ
 * by anyway, at Student's t with one degree of freedom less than there are matched pages.
 */
function subtract(earlier: Stretch, later: Stretch, matched: readonly Matched[], metric: EffectMetric): Difference {
  const pooled = poolChanges(
    matched.map((one) => ({
      change: one.after.mean - one.before.mean,
      variance: one.after.variance + one.before.variance,
    })),
  );
  const change = later.mean - earlier.mean - pooled.mean;
  const error = Math.sqrt(earlier.variance + later.variance + pooled.variance + pooled.between);
  const reach = studentQuantile(Math.max(1, pooled.pages - 1)) * error;
  const inUnit = (value: number): number =>
    metric.kind === 'rate' ? value : (Math.exp(earlier.mean) - 1) * (Math.exp(value) - 1);
  return { difference: inUnit(change), low: inUnit(change - reach), high: inUnit(change + reach) };
}

function judge(
  { low, high, difference }: Difference,
  { direction, size, observed, normal }: Expectation,
): EffectVerdict {
  const sign = direction === 'down' ? -1 : 1;
  const [least, most] = direction === 'down' ? [-high, -low] : [low, high];
  const hoped = size ?? (normal === null ? null : Math.abs(observed - normal));
  if (least > 0) return hoped !== null && most < HALF * hoped ? 'did_not_help' : 'helped';
  if (most < 0 && sign * difference < 0) return 'worse';
  return hoped !== null && most < HALF * hoped ? 'did_not_help' : 'cannot_tell';
}

function slotsOf({ hours }: HourHistory, { start, end }: { start: number; end: number }): Slots {
  const from = hours.findIndex((hour) => hour.start >= start);
  const to = hours.findIndex((hour) => hour.start >= end);
  return { from: from < 0 ? hours.length : from, to: to < 0 ? hours.length : to };
}
