/** What can be asked for: the metrics by group, one metric in full, and what people miss. */
import type { Metric } from '../../core/catalogue/define.ts';
import type { NamedMetric } from '../../core/catalogue/find-by-name.ts';
import type { MetricGroup } from '../../core/catalogue/groups.ts';
import { sampleLabel } from '../../core/catalogue/index.ts';
import { countOf, formatDay } from '../../core/facts/render.ts';
import { definitionOf } from '../../core/query/answer/context-line.ts';
import { labelOf, sampleName } from '../../core/query/answer/figure-words.ts';
import type { JsonObject } from '../../core/records.ts';
import { ACTIONS, SLASH_COMMAND } from '../ids.ts';
import { escapeText, quote } from '../mrkdwn.ts';
import { actions, button, context, section } from './elements.ts';
import { buildNotice, type Rendered } from './notice.ts';

/** About what a phone shows on two screens. */
const METRICS_A_PAGE = 16;
const GAPS_SHOWN = 20;

/** The groups of one page, from 1; the last page where there are fewer. */
export function buildMetricList(groups: readonly MetricGroup[], wanted: number): Rendered {
  const pages = pagesOf(groups);
  const page = Math.min(Math.max(1, wanted), pages.length);
  const shown = pages[page - 1] ?? [];
  const left = pages.length - page;
  return {
    text: `Metrics: ${shown.flatMap(({ metrics }) => metrics.map(({ label }) => label)).join(', ')}`,
    blocks: [
      ...shown.map(({ title, metrics }) => section(`*${escapeText(title)}*\n${metrics.map(metricLine).join('\n')}`)),
      context(`Page ${page} of ${pages.length} · \`${SLASH_COMMAND} define <metric>\` tells more of one`),
      ...(left > 0
        ? [
            actions([
              button(`${countOf(left, 'more page')}`, { actionId: ACTIONS.moreMetrics, value: String(page + 1) }),
            ]),
          ]
        : []),
    ],
  };
}

function pagesOf(groups: readonly MetricGroup[]): MetricGroup[][] {
  const pages: MetricGroup[][] = [];
  let room = 0;
  for (const group of groups) {
    if (pages.length === 0 || group.metrics.length > room) {
      pages.push([]);
      room = METRICS_A_PAGE;
    }
    pages.at(-1)?.push(group);
    room -= group.metrics.length;
  }
  return pages;
}

const metricLine = (metric: Metric): string => `• *${escapeText(metric.label)}*  ${escapeText(definitionOf(metric))}`;

/** What a metric means and how it can be cut. */
export function buildDefinition({ metric, name, exact }: NamedMetric, typed: string): Rendered {
  const read = exact ? '' : `I read “${quote(typed, 60)}” as ${escapeText(name)}.\n`;
  const { at_least } = metric.minimum_sample;
  const lines = [
    ['Cut by', metric.dimensions.map((id) => id.replaceAll('_', ' ')).join(', ')],
    ['Per', metric.grains.join(', ')],
    ['Also called', metric.synonyms.join(', ')],
    [
      'Answered from',
      at_least === 1
        ? `the first of its ${labelOf({ label: sampleLabel(metric) })} on`
        : `${at_least} ${sampleName(metric, at_least)} on`,
    ],
    ['Without dates', `the past ${countOf(metric.default_window_days, 'day')}`],
  ].flatMap(([what = '', words = '']) => (words === '' ? [] : [`*${what}:* ${escapeText(words)}`]));
  return {
    text: `${metric.label}: ${metric.definition}`,
    blocks: [
      section(`${read}*${escapeText(metric.label)}*: ${escapeText(metric.definition)}\n${lines.join('\n')}`),
      context(`${escapeText(definitionOf(metric))} · in ${UNITS[metric.unit]} · ${GOOD[metric.good]}`),
    ],
  };
}

const UNITS: Readonly<Record<Metric['unit'], string>> = {
  count: 'counts',
  share: 'percent',
  money: 'money',
  milliseconds: 'milliseconds',
  minutes: 'minutes',
  credits: 'credits',
};
const GOOD: Readonly<Record<Metric['good'], string>> = {
  up: 'more is better',
  down: 'less is better',
  neither: 'neither more nor less is better by itself',
};

export const buildUnknownMetric = (typed: string): Rendered =>
  buildNotice(`I have no metric called “${quote(typed, 60)}”. See them all with \`${SLASH_COMMAND} metrics\`.`);

/** Something people ask for that nothing measures. */
export interface ShownGap {
  name: string;
  asked: number;
  askers: number;
  /** YYYY-MM-DD. */
  lastAsked: string;
}

/** Most asked for first. @param days how far back it looks. */
export function buildGaps(gaps: readonly ShownGap[], days: number): Rendered {
  if (gaps.length === 0)
    return buildNotice(`Nobody has asked for a metric that I don't have in the past ${countOf(days, 'day')}.`);
  const shown = gaps.slice(0, GAPS_SHOWN);
  const lines = shown.map(
    ({ name, asked, askers, lastAsked }, index) =>
      `${index + 1}. *${quote(name, 60)}*: asked ${times(asked)}${askers > 0 ? ` by ${countOf(askers, 'person', 'people')}` : ''}, last on ${formatDay(lastAsked)}`,
  );
  const blocks: JsonObject[] = [
    section(`*Asked for, not measured*\n${lines.join('\n')}`),
    context(
      `Past ${countOf(days, 'day')}${shown.length < gaps.length ? ` · showing ${shown.length} of ${gaps.length}` : ''}`,
    ),
  ];
  return { text: `Asked for, not measured: ${shown.map(({ name }) => quote(name, 60)).join(', ')}`, blocks };
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);
