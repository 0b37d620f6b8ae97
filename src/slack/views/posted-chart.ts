import { chartAltText } from '../../core/chart/alt-text.ts';
import type { Chart } from '../../core/chart/chart.ts';
import { quote } from '../mrkdwn.ts';

/** Slack cuts a file's title at about so much. */
const TITLE = 200;

/** The file's. @param name without what all have in common: "checkout-2026-01-29". */
export const pictureName = (name: string): string => `seepass-${name}.png`;

/** What goes with a chart's picture: name, title, the line above it, and its description in words. */
export function describePicture(
  chart: Chart,
  { name, by }: { name: string; by: string | null },
): { name: string; title: string; comment: string; altText: string } {
  const title = quote(chart.title, TITLE);
  return {
    name: pictureName(name),
    title: chart.title.slice(0, TITLE),
    comment: by === null ? title : `<@${by}> posted this chart: ${title}`,
    altText: chartAltText(chart),
  };
}
