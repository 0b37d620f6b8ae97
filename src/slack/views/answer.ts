/** Answers as messages: the number first, then what it means, then table or chart, grey print and buttons. */
import { choicesLine } from '../../core/query/answer/refusal.ts';
import { spansText } from '../../core/query/answer/spans.ts';
import type { Answer, AnswerBody, Span } from '../../core/query/answer-body.ts';
import type { JsonObject } from '../../core/records.ts';
import { clip, escapeEntities, link, quote } from '../mrkdwn.ts';
import { answerButtons } from './answer-buttons.ts';
import { type DrawnChart, drawAnswer } from './answer-chart.ts';
import { type DrawnTable, drawTable, writeTable } from './answer-table.ts';
import type { AnswerView } from './answer-view.ts';
import { actions, context, section } from './elements.ts';
import { fitBlocks } from './fit.ts';
import type { Rendered } from './notice.ts';
import { spansMrkdwn } from './spans.ts';

/** Blocks that not every workspace takes yet. */
const NATIVE = new Set(['table', 'data_table', 'data_visualization']);
const HEADLINE = 600;
const SENTENCES = 1_800;
const QUOTES = 2;
const QUOTE = 500;
const BESIDES = 600;
const CONTEXT = 900;
const LINKS = 6;
/** Notifications and screen readers get this much. */
const FALLBACK = 3_000;

export function buildAnswerMessage(answer: Answer, view: AnswerView): Rendered {
  const isChartless = view.native === false || view.show === 'table' || view.isDrawnBelow === true;
  const chart = isChartless ? null : chartOf(answer, view);
  const blocks = fitBlocks((scale) => buildBlocks(answer, view, chart, scale));
  return {
    text: escapeEntities(clip(answer.text.trim() || 'Here is the answer.', FALLBACK)),
    blocks,
    ...(blocks.some(({ type }) => NATIVE.has(String(type)))
      ? { simpler: () => buildAnswerMessage(answer, { ...view, native: false }) }
      : {}),
  };
}

/** Words that come without a reading of their own: nothing can be asked or drawn from them. */
export const buildBodyMessage = (body: AnswerBody, text: string): Rendered =>
  buildAnswerMessage(
    {
      body,
      text,
      receipt: null,
      written_by: 'template',
      reading: { intent: 'metric', query: null, reason: null, confidence: 1, choices: [], about: null, notes: [] },
    },
    { place: 'direct' },
  );

const chartOf = (answer: Answer, { show }: AnswerView): DrawnChart | null =>
  show === 'chart' || answer.body.series !== null ? drawAnswer(answer) : null;

function buildBlocks(answer: Answer, view: AnswerView, chart: DrawnChart | null, scale: number): JsonObject[] {
  const { body } = answer;
  const table = chart === null && !view.isDrawnBelow ? tableOf(body, view, scale) : null;
  const drawn = chart !== null || view.isDrawnBelow ? 'chart' : table !== null ? 'table' : null;
  const buttons = answerButtons(answer, view, drawn);
  return [
    ...(view.isTold ? [] : [...askedLine(view, scale), section(wordsOf(answer, scale))]),
    ...quoteBlocks(body.quotes, scale),
    ...besidesBlocks(body.besides ?? [], scale),
    ...(chart === null ? [] : [{ ...chart.block, chart: asJson(chart.block.chart) }]),
    ...(table === null ? [] : [table.block]),
    ...contextBlocks(answer, view, [...(chart?.notes ?? []), ...cutNotes(body, table)], scale),
    ...linkBlocks(body.links, scale),
    ...(buttons.length > 0 ? [actions(buttons)] : []),
  ];
}

/** Whose button asked what; nothing where the question stands in the conversation. */
export const askedLine = ({ asked }: AnswerView, scale: number): JsonObject[] =>
  asked ? [context(`<@${asked.by}> asked: ${quote(asked.question, Math.round(200 * scale))}`)] : [];

/** Headline, then sentences, whoever worded them; one that begins strongly begins a line. */
function wordsOf({ body }: Answer, scale: number): string {
  const limit = (most: number): number => Math.max(40, Math.round(most * scale));
  const headline = spansMrkdwn(body.headline, limit(HEADLINE)) || 'Here is the answer.';
  const asButtons = choicesLine(body.followUps);
  const shown = body.sentences.filter((spans) => spansText(spans) !== asButtons);
  const limits = shareOut(
    shown.map((spans) => spansText(spans).length),
    limit(SENTENCES),
  );
  const said = shown.map((spans, index) => ({
    text: spansMrkdwn(spans, limits[index] ?? 0),
    begins: spans[0]?.strong === true,
  }));
  return said
    .filter(({ text }) => text !== '')
    .reduce((above, { text, begins }, index) => `${above}${begins || index === 0 ? '\n' : ' '}${text}`, headline);
}

/** Characters for each sentence: all of it where there is room, else what the shorter ones leave. */
function shareOut(lengths: readonly number[], room: number): number[] {
  const limits = lengths.map(() => 0);
  const shortestFirst = [...lengths.keys()].sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0));
  let left = room;
  shortestFirst.forEach((index, place) => {
    const fair = Math.max(40, Math.floor(left / (lengths.length - place)));
    limits[index] = Math.min(Math.max(40, lengths[index] ?? 0), fair);
    left -= Math.min(lengths[index] ?? 0, fair);
  });
  return limits;
}

/** As rich text, in which nothing is parsed: whatever a ticket says, it stays a quote. */
function quoteBlocks(quotes: readonly string[], scale: number): JsonObject[] {
  return quotes.slice(0, QUOTES).flatMap((text) => {
    const said = clip(text.trim(), Math.round(QUOTE * scale));
    if (said === '') return [];
    return [{ type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text: said }] }] }];
  });
}

function besidesBlocks(besides: readonly (readonly Span[])[], scale: number): JsonObject[] {
  const said = besides.map((spans) => spansMrkdwn(spans, Math.max(40, Math.round(BESIDES * scale)))).filter(Boolean);
  return said.length === 0 ? [] : [section(said.join(' '))];
}

function tableOf({ table }: AnswerBody, { native }: AnswerView, scale: number): DrawnTable | null {
  if (table === null || table.rows.length === 0 || table.columns.length === 0) return null;
  return native === false ? writeTable(table, scale) : drawTable(table, scale);
}

function cutNotes({ table }: AnswerBody, drawn: DrawnTable | null): string[] {
  if (table === null || drawn === null) return [];
  if (drawn.shown < table.rows.length)
    return [`Showing ${drawn.shown} of ${table.rows.length} rows; CSV has them all.`];
  return table.cut === null ? [] : [table.cut];
}

/** What was left out first, then definition, dates, sample and freshness, then the receipt. */
function contextBlocks(
  { body, receipt }: Answer,
  { sharedBy }: AnswerView,
  notes: readonly string[],
  scale: number,
): JsonObject[] {
  const facts = [...body.context, ...(receipt === null ? [] : [`receipt ${receipt}`])];
  const length = Math.max(30, Math.round((CONTEXT * scale) / facts.length));
  const said = [
    ...notes.map((note) => quote(note, 200)),
    facts
      .map((fact) => quote(fact, length))
      .filter(Boolean)
      .join(' · '),
    sharedBy ? `shared by <@${sharedBy}>` : '',
  ].filter(Boolean);
  return said.length > 0 ? [context(said.join('\n'))] : [];
}

function linkBlocks(links: AnswerBody['links'], scale: number): JsonObject[] {
  const kept = links.slice(0, Math.max(1, Math.round(LINKS * scale)));
  const shown = kept
    .map(({ url, label }, index) => {
      const before = kept.slice(0, index).filter((each) => each.label === label).length;
      return link(url, before === 0 ? label : `${label} ${before + 1}`);
    })
    .filter(Boolean);
  return shown.length === 0 ? [] : [context(shown.join(' · '))];
}

const asJson = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value));
