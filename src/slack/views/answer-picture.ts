import { LIMITS } from '../../block-kit/limits.ts';
import type { Chart } from '../../core/chart/chart.ts';
import { chartOfAnswer } from '../../core/chart/chart-of-answer.ts';
import type { Answer } from '../../core/query/answer-body.ts';
import { drawAnswer } from './answer-chart.ts';
import { context } from './elements.ts';
import type { Rendered } from './notice.ts';
import { asBlock } from './trend.ts';

/** The answer's chart where it has more points than Slack's own holds; null where that one serves. */
export function pictureOf(answer: Answer, timezone: string): Chart | null {
  const chart = chartOfAnswer(answer, timezone);
  const known = chart?.points.filter(({ value }) => value !== null) ?? [];
  return known.length > LIMITS.chart.points ? chart : null;
}

/** What stands for the picture where it cannot be shared: Slack's own chart, and what that leaves out. */
export function buildThinnedChart(answer: Answer): Rendered {
  const drawn = drawAnswer(answer);
  const notes = drawn?.notes.join(' ') ?? '';
  const text = answer.body.series?.alt || answer.body.series?.title || 'The chart.';
  return { text, blocks: [...(drawn ? [asBlock(drawn.block)] : []), ...(notes === '' ? [] : [context(notes)])] };
}
