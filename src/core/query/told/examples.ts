/** Single tickets and errors as people read them. */

import { name } from '../../facts/fact.ts';
import { countOf, formatCount, formatMoment } from '../../facts/render.ts';
import type { Fact, JsonObject, Source } from '../../records.ts';
import { quoteOf } from '../../text/quote.ts';
import { type AnswerSetting, todayOf } from '../answer/asked.ts';
import { formatWindow, periodPhrase } from '../answer/period-words.ts';
import { scopeWords } from '../answer/scope-words.ts';
import { sourceNames } from '../answer/sources-of.ts';
import { bodyOf, plain, strong } from '../answer/spans.ts';
import type { AnswerBody } from '../answer-body.ts';
import type { MetricQuery } from '../metric-query.ts';

/** The most single texts one answer shows. */
export const MOST_EXAMPLES = 5;

export interface Example {
  /** Epoch milliseconds. */
  at: number;
  source: Source;
  surface: string | null;
  release: string | null;
  /** Redacted. */
  text: string;
  /** The theme of a ticket, the signature of an error. */
  group: string | null;
  url: string | null;
}

export interface Examples {
  of: 'ticket' | 'error';
  query: MetricQuery;
  total: number;
  texts: readonly Example[];
  /** One of each theme or signature rather than the latest of all. */
  distinct: boolean;
  freshness: readonly string[];
  setting: AnswerSetting;
}

export function writeExamples({ of, query, total, texts, distinct, freshness, setting }: Examples): AnswerBody {
  const where = scopeWords(query);
  const when = formatWindow(query.window, todayOf(setting));
  const { phrase } = periodPhrase(query.window, todayOf(setting));
  const context = [`${when}, ${setting.zone}`, 'redacted before it is stored', ...freshness];
  if (texts.length === 0)
    return bodyOf([strong(`No ${of} with a text${where}`), plain(` ${phrase}.`)], {
      context,
      followUps: [wider(of, where)],
    });
  const shown = texts.length === total ? countOf(total, of) : `${formatCount(texts.length)} of ${countOf(total, of)}`;
  const each = distinct ? `, the latest of each ${of === 'ticket' ? 'theme' : 'kind'}` : ', the latest first';
  return bodyOf([strong(`${shown}${where}`), plain(`${total > 1 ? `${each},` : ''} ${phrase}.`)], {
    table: {
      columns: [
        { label: 'When', align: 'left' },
        { label: 'Where', align: 'left' },
        { label: of === 'ticket' ? 'What people write' : 'Error', align: 'left' },
      ],
      rows: texts.map((text) => [formatMoment(text.at, setting.zone), placeOf(text), quoteOf(text.text)]),
      cut: texts.length < total ? `Showing ${formatCount(texts.length)} of ${formatCount(total)}` : null,
    },
    context,
    links: texts.flatMap(({ source, url }, index) =>
      url === null ? [] : [{ label: `${index + 1} in ${sourceNames([source])}`, url }],
    ),
    followUps: onwards(of, where),
    facts: factsOf(texts, total),
    rows: texts.map((text): JsonObject => ({ ...text, at: new Date(text.at).toISOString(), text: quoteOf(text.text) })),
  });
}

const placeOf = ({ surface, release }: Example): string =>
  [surface, release].filter((part) => part !== null).join(', ');

const onwards = (of: 'ticket' | 'error', where: string) =>
  of === 'ticket'
    ? [
        { label: 'All themes', question: `what are people complaining about${where}?` },
        { label: 'Tickets per day', question: `tickets${where} per day` },
      ]
    : [
        { label: 'Most frequent', question: `top error signatures${where}` },
        { label: 'Why?', question: `why did errors${where} change?` },
      ];

const wider = (of: 'ticket' | 'error', where: string) => ({
  label: 'The past 30 days',
  question: `show example ${of}s${where} in the past 30 days`,
});

function factsOf(texts: readonly Example[], total: number): Fact[] {
  const count = (id: string, label: string, value: number): Fact => ({
    id,
    label,
    value,
    unit: 'count',
    text: formatCount(value),
  });
  return [
    count('total', 'In all', total),
    count('shown', 'Shown', texts.length),
    ...texts.flatMap(({ group, surface }, index) => [
      ...(group === null ? [] : [name(`example.${index + 1}.group`, 'Theme or signature', group)]),
      ...(surface === null ? [] : [name(`example.${index + 1}.surface`, 'Page', surface)]),
    ]),
  ];
}
