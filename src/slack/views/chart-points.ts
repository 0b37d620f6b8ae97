/** Fits lines into the few points and names that Slack's chart has. */
import { LIMITS } from '../../block-kit/limits.ts';
import type { AnswerSeries } from '../../core/query/answer-body.ts';
import { clip, shorten } from '../mrkdwn.ts';

type Line = AnswerSeries['lines'][number];

/**
 * Which points stand for all of them: the first, the last, and of each of the equal stretches between them the one
 * that lies furthest from the average, so that a spike is never thinned away.
 * @returns indexes in order, at most `most` (at least 3).
 */
export function pickPoints(values: readonly number[], most: number): number[] {
  const last = values.length - 1;
  if (values.length <= most) return [...values.keys()];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const far = (index: number): number => Math.abs((values[index] ?? mean) - mean);
  const stretches = most - 2;
  const inner = Array.from({ length: stretches }, (_, stretch) => {
    const from = 1 + Math.floor((stretch * (last - 1)) / stretches);
    const to = 1 + Math.floor(((stretch + 1) * (last - 1)) / stretches);
    let best = from;
    for (let index = from; index < to; index++) if (far(index) > far(best)) best = index;
    return best;
  });
  return [0, ...inner, last];
}

/**
 * The places where every line has a figure: a chart has no gaps, and a missing figure is never drawn as zero. Where
 * too few are left, the first line stands alone.
 */
export function completePlaces(lines: readonly Line[]): { lines: readonly Line[]; places: number[] } {
  const [first] = lines;
  const placesOf = (some: readonly Line[]): number[] =>
    [...(first?.points.keys() ?? [])].filter((place) => some.every(({ points }) => points[place]?.value != null));
  const places = placesOf(lines);
  return places.length >= 2 || lines.length < 2
    ? { lines, places }
    : { lines: lines.slice(0, 1), places: placesOf(lines.slice(0, 1)) };
}

/** Labels as Slack takes them: short, never empty, each once. */
export function uniqueLabels(labels: readonly string[]): string[] {
  const most = LIMITS.chart.label;
  const taken = new Set<string>();
  return labels.map((label) => {
    const short = shorten(label, most) || '–';
    let name = short;
    for (let copy = 2; taken.has(name); copy++) name = `${clip(short, most - String(copy).length - 1)} ${copy}`;
    taken.add(name);
    return name;
  });
}
