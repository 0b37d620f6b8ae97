import { findMetric } from '../../core/catalogue/index.ts';
import { formatMoment } from '../../core/facts/render.ts';
import { definitionOf } from '../../core/query/answer/context-line.ts';
import { phraseQuestion } from '../../core/query/answer/phrase-question.ts';
import type { MetricQuery } from '../../core/query/metric-query.ts';
import type { JsonObject } from '../../core/records.ts';
import { CALLBACKS, SLASH_COMMAND } from '../ids.ts';
import { clip, escapeText, quote } from '../mrkdwn.ts';
import { context, modal, section } from './elements.ts';

export const QUERY_TITLE = 'What was computed';
const JSON_CHARACTERS = 2_800;

/** What a receipt says of its answer. */
export interface ShownReceipt {
  id: string;
  /** Epoch milliseconds. */
  as_of: number;
  query: MetricQuery | null;
  metric_version: number | null;
  watermark: number | null;
  served_by: 'rollups' | 'events' | null;
  written_by: 'template' | 'model';
}

/** The closed query in words and as JSON: nothing else was computed. */
export function buildQueryModal(receipt: ShownReceipt, zone: string): JsonObject {
  const { id, query, as_of, watermark, served_by, written_by, metric_version } = receipt;
  const metric = findMetric(query?.metric ?? '');
  const facts = [
    metric ? `${definitionOf(metric)}${versionNote(metric.version, metric_version)}` : '',
    `asked ${formatMoment(as_of, zone)}, ${zone}`,
    watermark === null ? '' : `data to ${formatMoment(watermark, zone)}`,
    served_by === null ? '' : `read from ${served_by}`,
    `worded by ${written_by === 'model' ? 'a model, from these figures' : 'a template'}`,
  ].filter(Boolean);
  return modal(CALLBACKS.query, QUERY_TITLE, [
    section(query === null ? 'Nothing was computed for this answer.' : `*In words*\n${wordsOf(query)}`),
    ...(query === null ? [] : [preformatted(JSON.stringify(query, null, 2))]),
    context(facts.map((fact) => quote(fact, 300)).join(' · ')),
    context(`Receipt ${escapeText(id)} · \`${SLASH_COMMAND} replay ${escapeText(id)}\` computes it again`),
  ]);
}

function wordsOf(query: MetricQuery): string {
  const against =
    query.compare === null ? '' : `, against ${query.compare.start} up to and without ${query.compare.end}`;
  return quote(`${phraseQuestion(query)}${against}`, 1_500);
}

const versionNote = (now: number, then: number | null): string =>
  then === null || then === now ? '' : ` (version ${then} when it was asked)`;

/** As rich text, in which nothing is parsed. */
const preformatted = (text: string): JsonObject => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: clip(text, JSON_CHARACTERS) }] }],
});
