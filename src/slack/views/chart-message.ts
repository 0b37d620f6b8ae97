import type { DigestItem } from '../../core/delivery/digest-model.ts';
import { context } from './elements.ts';
import type { Rendered } from './notice.ts';
import { clipWords, plainLine, type WordingContext, wordItem } from './reading.ts';
import { asBlock, buildTrendChart, trendText } from './trend.ts';

/** The native chart as a message, because Slack takes charts in messages only. */
export function buildChartMessage(item: DigestItem, wording: WordingContext): Rendered {
  const { series } = item.priority.pattern_record;
  const chart = buildTrendChart(series);
  const worded = wordItem(item, wording);
  return {
    text: `${plainLine(worded)}. ${trendText(series) ?? ''}`.trim(),
    blocks: [...(chart ? [asBlock(chart)] : []), context(`${clipWords(worded).title} · ${wording.timezone}`)],
  };
}
