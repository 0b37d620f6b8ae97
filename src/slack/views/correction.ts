import type { Correction } from '../../core/delivery/compare-told.ts';
import { formatCount, formatDay } from '../../core/facts/render.ts';
import { quote, shorten } from '../mrkdwn.ts';
import { buildNotice, type Rendered } from './notice.ts';

/** More than this is a list nobody reads in a thread. */
const SHOWN = 5;

/** What late data changed in a digest, for its thread: the old figure and the new one. */
export function buildCorrection(date: string, corrections: readonly Correction[]): Rendered {
  const told = corrections.filter(({ kind }) => kind !== 'rank');
  const lines = told.slice(0, SHOWN).map((correction) => `• ${lineOf(correction)}`);
  const more = told.length - lines.length;
  const ranks = corrections.some(({ kind }) => kind === 'rank')
    ? 'Other items changed places.'
    : 'All other items stay as they were.';
  return buildNotice(
    [
      `*Late data changed ${formatDay(date)}:*`,
      ...lines,
      more > 0 ? `and ${formatCount(more)} more. ${ranks}` : ranks,
    ].join('\n'),
  );
}

function lineOf(correction: Correction): string {
  const { item } = correction;
  const name = quote(shorten(item.entity_key, 60), 60);
  switch (correction.kind) {
    case 'figure':
      return `${name}: ${metricWords(item.metric)}${quote(correction.before, 160)} → ${quote(correction.after, 160)}. ${rankWords(correction.rankBefore, item.rank)}`;
    case 'appeared':
      return `${quote(item.headline, 160)}: now #${item.rank}, and not in this digest.`;
    case 'vanished':
      return `${name} is within normal after all; it was #${item.rank} here.`;
    case 'rank':
      return `${name} is now #${item.rank}; it was #${correction.rankBefore}.`;
  }
}

const METRICS: Readonly<Record<string, string>> = {
  error_rate: 'error rate ',
  dropoff_rate: 'drop-off rate ',
  ticket_rate: 'tickets per view ',
  conversion_rate: 'actions per view ',
  failure_rate: 'failed requests ',
  latency_p95: 'p95 latency ',
};
const metricWords = (metric: string): string => METRICS[metric] ?? '';
const rankWords = (before: number, now: number): string =>
  before === now ? 'Rank unchanged.' : `Now #${now}, was #${before}.`;
