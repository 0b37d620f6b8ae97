/**
 * What moved a ratio: an exact split of its change over the values of each dimension, pruned to the few that explain
 * it. Where no dimension does, that is the answer: the cause lies outside of them.
 */
import type { Contributor, Contributors } from '../records.ts';
import { negativeBinomialLowerTail, negativeBinomialUpperTail } from '../stats.ts';

/** Events and what they are divided by, over some days. */
export interface Volume {
  count: number;
  exposure: number;
}

/** One value of a dimension before and on the judged day; `value` null gathers events without one. */
export interface Segment {
  value: string | null;
  before: Volume;
  now: Volume;
}

/** The segments of a dimension partition the same events: sums over them are the totals. */
export interface SegmentedDimension {
  dimension: string;
  segments: readonly Segment[];
}

const MOST = 3;
/** The few have to hold this much of the change together, and each of them this much. */
const ENOUGH = 0.6;
const WORTH_NAMING = 0.15;
/** Total variation between where the change is and where events used to be: below it, everything rose alike. */
const LOCAL_FROM = 0.25;
/** A segment has to be out of line by itself: p of its count under its own rate before, with day-to-day spread. */
const MAX_P = 0.01;
const DISPERSION = 0.04;
/** Below this part of the exposure with a value, the exposure does not carry the dimension at all. */
const CARRIED = 0.5;

/**
 * The exact split ΔR = Σₛ [Δ(nₛ/D) − Δwₛ R₀], with w a segment's share of the exposure and R₀ the ratio before: the
 * shares' changes sum to 0, so any constant may stand there, and against R₀ a release that replaced another carries
 * what it brought. Of it, mix = Δwₛ (r̄ₛ − R₀) with r̄ the midpoint of the segment's own ratios (Das Gupta 1978), and the
 * rest, w̄ₛ Δrₛ, is rate. Where the exposure does not carry the dimension (views know no error signature), all is rate.
 * A segment without exposure in one of the periods takes R₀ there.
 */
export function splitChange(segments: readonly Segment[]): { parts: SegmentPart[]; before: number; now: number } {
  const before = total(segments, 'before');
  const now = total(segments, 'now');
  const ratio = ratioOf(before);
  const carried = carriesDimension(segments);
  const parts = segments.map((segment) => {
    const moved = divide(segment.now.count, now.exposure) - divide(segment.before.count, before.exposure);
    if (!carried) return { segment, rate: moved, mix: 0, change: moved };
    const shift = divide(segment.now.exposure, now.exposure) - divide(segment.before.exposure, before.exposure);
    const own = (volume: Volume): number => (volume.exposure > 0 ? ratioOf(volume) : ratio);
    const change = moved - shift * ratio;
    const mix = shift * ((own(segment.before) + own(segment.now)) / 2 - ratio);
    return { segment, rate: change - mix, mix, change };
  });
  return { parts, before: ratio, now: ratioOf(now) };
}

export interface SegmentPart {
  segment: Segment;
  rate: number;
  mix: number;
  change: number;
}

/** Explains a change by the dimensions given; each with fewer than two values says nothing and is left out. */
export function findContributors(dimensions: readonly SegmentedDimension[]): Contributors {
  const searched = dimensions.filter(({ segments }) => segments.length > 1);
  const candidates = searched.flatMap((dimension) => explainBy(dimension) ?? []);
  candidates.sort((a, b) => b.locality - a.locality || (a.dimension < b.dimension ? -1 : 1));
  const split = dimensions[0] ? splitChange(dimensions[0].segments) : { before: 0, now: 0 };
  return {
    before: split.before,
    now: split.now,
    change: split.now - split.before,
    explained: candidates.flatMap(({ contributors }) => contributors),
    searched: searched.map(({ dimension }) => dimension),
    outside: searched.length > 0 && candidates.length === 0,
  };
}

interface Explanation {
  dimension: string;
  locality: number;
  contributors: Contributor[];
}

function explainBy({ dimension, segments }: SegmentedDimension): Explanation | undefined {
  const { parts, before, now } = splitChange(segments);
  const change = now - before;
  if (change === 0) return undefined;
  const counts = total(segments, 'before').count;
  const usualShare = ({ segment }: SegmentPart): number => divide(segment.before.count, counts);
  const locality = parts.reduce((sum, part) => sum + Math.abs(part.change / change - usualShare(part)), 0) / 2;
  if (locality < LOCAL_FROM) return undefined;
  const named = parts
    .filter((part) => part.change / change >= WORTH_NAMING && part.change / change > usualShare(part))
    .filter((part) => outOfLine(part.segment, segments, Math.sign(change)))
    .sort((a, b) => b.change / change - a.change / change)
    .slice(0, MOST);
  // A group without a value cannot be named, and what it holds is not explained.
  const contributors = named.flatMap(({ segment, ...part }): Contributor[] =>
    segment.value === null
      ? []
      : [
          {
            dimension,
            value: segment.value,
            ...part,
            share: part.change / change,
            usual_share: usualShare({ segment, ...part }),
            count: segment.now.count,
          },
        ],
  );
  const held = contributors.reduce((sum, { share }) => sum + share, 0);
  return held >= ENOUGH ? { dimension, locality, contributors } : undefined;
}

/** Whether the segment's own count is improbable under what it had before, or under the total where it is new. */
function outOfLine({ before, now }: Segment, segments: readonly Segment[], sign: number): boolean {
  const whole = { before: total(segments, 'before'), now: total(segments, 'now') };
  const scale = divide(whole.now.exposure, whole.before.exposure);
  const byOwnExposure = before.exposure > 0 && now.exposure > 0;
  const expected = byOwnExposure
    ? ((before.count + 0.5) / before.exposure) * now.exposure
    : (before.count + 0.5) * scale;
  const variance = expected + DISPERSION * expected ** 2;
  const tail = sign > 0 ? negativeBinomialUpperTail : negativeBinomialLowerTail;
  return tail(now.count, expected, variance) <= MAX_P;
}

function carriesDimension(segments: readonly Segment[]): boolean {
  const exposed = total(segments, 'now').exposure + total(segments, 'before').exposure;
  const named = segments.filter(({ value }) => value !== null);
  return total(named, 'now').exposure + total(named, 'before').exposure >= CARRIED * exposed;
}

function total(segments: readonly Segment[], period: 'before' | 'now'): Volume {
  let count = 0;
  let exposure = 0;
  for (const segment of segments) {
    count += segment[period].count;
    exposure += segment[period].exposure;
  }
  return { count, exposure };
}

const ratioOf = ({ count, exposure }: Volume): number => divide(count, exposure);
const divide = (top: number, bottom: number): number => (bottom > 0 ? top / bottom : 0);
