import { chartAltText } from '../../core/chart/alt-text.ts';
import { type Chart, describeStretch } from '../../core/chart/chart.ts';
import { quote } from '../mrkdwn.ts';

/** Slack cuts a file's title at about so much. */
const FILE_TITLE = 200;
const FINDING = 200;

/** The file's. @param name without what all have in common: "checkout-2026-01-29". */
export const pictureName = (name: string): string => `seepass-${name}.png`;

/**
 * What goes with a chart's picture: name, title, the line above it, and its description in words. The picture and the
 * line above it say the finding, so the title between them says what is drawn.
 */
export function describePicture(
  chart: Chart,
  { name, by }: { name: string; by: string | null },
): { name: string; title: string; comment: string; altText: string } {
  const finding = quote(chart.title, FINDING);
  const { what, when } = describeStretch(chart);
  return {
    name: pictureName(name),
    title: [what, when].filter(Boolean).join(', ').slice(0, FILE_TITLE),
    comment: by === null ? finding : `<@${by}> posted this chart: ${finding}`,
    altText: chartAltText(chart),
  };
}
