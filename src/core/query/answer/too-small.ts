/** Fewer events than a figure takes: what there is, what it takes, and no figure. */
import { getMeasure, kindOf } from '../../catalogue/index.ts';
import { formatCount } from '../../facts/render.ts';
import { type MetricAsked, todayOf } from './asked.ts';
import { contextLine } from './context-line.ts';
import { counted, labelOf, sampleName } from './figure-words.ts';
import { groupNoun } from './group-words.ts';
import type { MetricAnswer } from './metric-answer.ts';
import { metricFacts } from './metric-facts.ts';
import { metricRows } from './metric-rows.ts';
import { longer } from './other-window.ts';
import { periodPhrase } from './period-words.ts';
import { scopeWords } from './scope-words.ts';
import { bodyOf, plain, strong } from './spans.ts';

export function tooSmall(asked: MetricAsked): MetricAnswer {
  const { query, metric, result, setting } = asked;
  const { figure } = result.total;
  const { at_least: atLeast } = metric.minimum_sample;
  const { phrase } = periodPhrase(query.window, todayOf(setting));
  const of = sampleName(metric, figure.sample);
  const part =
    figure.numerator !== null && 'numerator' in metric.of && kindOf(metric) === 'ratio'
      ? ` ${formatCount(figure.numerator)} ${counted(labelOf(getMeasure(metric.of.numerator)), figure.numerator)} ${figure.numerator === 1 ? 'was' : 'were'} counted.`
      : '';
  const withheld: MetricAsked = {
    ...asked,
    result: {
      ...result,
      total: { figure: { ...figure, value: null }, compared: null },
      rows: result.rows.map((row) => ({ ...row, figure: { ...row.figure, value: null }, compared: null })),
    },
  };
  const cut = query.group_by.length > 0 ? `, all ${groupNoun(query.group_by, 2)} together` : '';
  const body = bodyOf(
    [
      strong(`Too few to say: ${formatCount(figure.sample)} ${of}${scopeWords(query)} ${phrase}${cut}.`),
      plain(` ${metric.label} takes at least ${atLeast}.${part}`),
    ],
    {
      context: contextLine(asked),
      followUps: [longer(asked)],
      facts: metricFacts(withheld),
      rows: metricRows(withheld),
    },
  );
  return { body, reason: 'too_small', listed: [] };
}
