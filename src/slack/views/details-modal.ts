import type { PreviewLine } from '../../core/actions.ts';
import type { DigestItem } from '../../core/delivery/digest-model.ts';
import { countOf, formatCount, formatDay, formatPercent, formatRange } from '../../core/facts/render.ts';
import type { Driver, JsonObject, PatternRecord, Priority } from '../../core/records.ts';
import { ASSESSMENT_ACTIONS } from '../assessment-ids.ts';
import { ACTIONS, CALLBACKS, encodePosted, encodePriority } from '../ids.ts';
import { link, quote, shorten } from '../mrkdwn.ts';
import { buildCauseBlocks } from './cause-blocks.ts';
import { actions, button, context, divider, modal, section } from './elements.ts';
import { outcomeLine } from './outcome.ts';
import { previewText } from './preview-line.ts';
import { clipWords, type WordingContext, wordItem } from './reading.ts';
import { asBlock, buildTrendChart, trendText } from './trend.ts';

export const DETAILS_TITLE = 'Details';
const SIGNATURES = 5;
const TOPICS = 3;
const SNIPPETS = 2;
const LINKS = 6;

const DRIVER_WORDS: Readonly<Record<Driver['name'], string>> = {
  reach: 'how many it hits',
  money: 'what they pay a month',
  severity: 'how far from normal',
  corroboration: 'independent sources that agree',
  novelty: 'how new it is',
  trend: 'where it is going',
  feedback: 'what people said of it before',
};

/** How the trend is shown, and where else it may be. */
interface TrendPlace {
  as: 'chart' | 'text';
  chartElsewhere: boolean;
  thread?: string | null;
}

/**
 * Everything behind one priority.
 * @param trend `chart` is Slack's native chart; `text` says the same where Slack takes no chart in a modal,
 *   with a button that shows the chart in the channel instead (`chartElsewhere`). `thread` is the message it was
 *   opened from, under which the whole stretch can be posted for all; null where nothing can.
 * @param preview what approving will do, one line each; nothing where nothing can be approved.
 */
export function buildDetailsModal(
  item: DigestItem,
  wording: WordingContext,
  trend: TrendPlace,
  preview: readonly PreviewLine[] = [],
): JsonObject {
  const words = clipWords(wordItem(item, wording));
  const record = item.priority.pattern_record;
  const setting = { timezone: wording.timezone, stop: item.stop };
  const outcome = item.proposal === null ? null : outcomeLine(item.proposal, setting);
  return modal(CALLBACKS.details, DETAILS_TITLE, [
    section([words.title, words.summary, words.hit].filter(Boolean).join('\n')),
    context(basis(record, item.priority.date, wording.timezone)),
    ...trendBlocks(item, trend),
    section(`*Why*\n${quote(item.explanation.likely_reason, 1500)}`),
    section(
      `*Suggested*\n${[words.action, ...(outcome ? [outcome] : preview.map((line) => previewText(line, wording.timezone)))].join('\n')}`,
    ),
    actions([assessmentButton(item)]),
    ...buildCauseBlocks(item.priority, wording),
    ...signatureBlocks(record),
    ...ticketBlocks(record),
    ...releaseBlocks(record),
    ...linkBlocks(record),
    divider(),
    section(scoreText(item)),
  ]);
}

const assessmentButton = ({ priority }: DigestItem): JsonObject =>
  button('Assessment', {
    actionId: ASSESSMENT_ACTIONS.ofPriority,
    value: encodePriority(priority.date, priority),
    describedAs: 'Assessment: what is likely behind it, checked',
  });

/** On what the figures stand: day, zone, sample sizes, and the week around it. */
function basis(record: PatternRecord, date: string, timezone: string): string {
  const { signals } = record;
  const sample = [
    countOf(signals.pageviews, 'view'),
    signals.requests > 0 ? countOf(signals.requests, 'request') : '',
    countOf(signals.errors, 'error'),
    countOf(signals.dropoffs, 'drop-off'),
    countOf(signals.tickets, 'ticket'),
  ].filter(Boolean);
  return `${formatDay(date)}, ${timezone} · ${sample.join(', ')} · outside normal since ${formatDay(record.since)} · week ${formatRange(record.window)}`;
}

function trendBlocks({ priority }: DigestItem, trend: TrendPlace): JsonObject[] {
  const { series } = priority.pattern_record;
  const chart = buildTrendChart(series);
  const buttons = chart ? chartButtons(priority, trend) : [];
  const row = buttons.length > 0 ? [actions(buttons)] : [];
  if (trend.as === 'chart' && chart) return [asBlock(chart), ...row];
  const text = trendText(series);
  return text ? [section(text), ...row] : [];
}

function chartButtons(priority: Priority, { as, chartElsewhere, thread }: TrendPlace): JsonObject[] {
  const value = encodePriority(priority.date, priority);
  return [
    ...(as === 'text' && chartElsewhere
      ? [
          button('Show the chart', {
            actionId: ACTIONS.chart,
            value,
            describedAs: 'Show the chart in the channel, to you alone',
          }),
        ]
      : []),
    ...(thread
      ? [
          button('Post the chart', {
            actionId: ACTIONS.chartPost,
            value: encodePosted(value, thread),
            describedAs: 'Post the chart with its normal range in the thread of the digest, for everybody',
          }),
        ]
      : []),
  ];
}

function signatureBlocks({ top_error_signatures: all, signals }: PatternRecord): JsonObject[] {
  const lines = all.slice(0, SIGNATURES).map(({ sig, count, example }) => {
    const share = signals.errors >= count && signals.errors > 0 ? ` (${formatPercent(count / signals.errors)})` : '';
    const sample = example && example !== sig ? `\n   ${quote(example, 160)}` : '';
    return `• ${quote(shorten(sig, 100), 100)}: ${countOf(count, 'error')}${share}${sample}`;
  });
  return lines.length === 0 ? [] : [section(`*Top errors*\n${lines.join('\n')}${cutNote(all.length, SIGNATURES)}`)];
}

function ticketBlocks({ top_ticket_topics: all }: PatternRecord): JsonObject[] {
  const lines = all.slice(0, TOPICS).map(({ topic, count, snippets }) => {
    const said = snippets.slice(0, SNIPPETS).map((snippet) => `\n> ${quote(snippet, 180)}`);
    return `• ${quote(topic, 80)}: ${countOf(count, 'ticket')}${said.join('')}`;
  });
  return lines.length === 0 ? [] : [section(`*What people write*\n${lines.join('\n')}${cutNote(all.length, TOPICS)}`)];
}

function releaseBlocks({ context: { release_top, release_share, env } }: PatternRecord): JsonObject[] {
  if (release_top === null) return [];
  const share = release_share === null ? '' : `, which ${formatPercent(release_share)} of the errors ran under`;
  const where = env === null ? '' : ` · ${quote(env, 40)}`;
  return [section(`*Release*\n${quote(release_top, 100)}${share}${where}`)];
}

function linkBlocks({ links }: PatternRecord): JsonObject[] {
  const shown = links.slice(0, LINKS).map(({ url, label }) => link(url, label));
  return shown.length === 0 ? [] : [section(`*Look at it in the source*\n${shown.join(' · ')}`)];
}

/** The drivers add up to the score, so they are shown as the sum they are. */
function scoreText({ priority }: DigestItem): string {
  const lines = [...priority.drivers]
    .sort((a, b) => b.points - a.points)
    .map(
      ({ name, points, value, unit }) =>
        `• ${points.toFixed(1)}  ${name}: ${DRIVER_WORDS[name]} (${quote(`${formatCount(value)} ${unit}`, 60)})`,
    );
  return `*Why it ranks here: score ${priority.score.toFixed(1)}*\n${lines.join('\n')}`;
}

const cutNote = (all: number, shown: number): string => (all > shown ? `\nShowing ${shown} of ${all}.` : '');
