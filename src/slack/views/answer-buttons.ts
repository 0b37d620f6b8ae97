import { findMetric } from '../../core/catalogue/index.ts';
import { hasHours } from '../../core/query/answer/period-words.ts';
import type { Answer, FollowUp } from '../../core/query/answer-body.ts';
import type { MetricQuery } from '../../core/query/metric-query.ts';
import type { JsonObject } from '../../core/records.ts';
import { daysBetween } from '../../core/window.ts';
import { encodeAnswer, encodeQuestion } from '../answer-value.ts';
import { ACTIONS, askAction, encodeSection, readSectionAction } from '../ids.ts';
import { clip } from '../mrkdwn.ts';
import type { AnswerView } from './answer-view.ts';
import { button } from './elements.ts';

const MOST_QUESTIONS = 4;
const MOST_SECTIONS = 3;
/** Two rows on a phone; two questions are offered whatever else there is. */
const MOST_BUTTONS = 6;
const LEAST_QUESTIONS = 2;
/** Longer questions do not fit a button's value. */
const QUESTION_CHARACTERS = 900;
const LABEL_CHARACTERS = 60;

/** What to ask next, then what can be done with the answer; nothing where there is neither. */
export function answerButtons(answer: Answer, view: AnswerView, drawn: 'chart' | 'table' | null): JsonObject[] {
  const own = ownButtons(answer, view, drawn);
  return [...sectionButtons(answer), ...questionButtons(answer, own), ...own.map(({ element }) => element)];
}

/** The sections of runbooks that the answer names, to read in full. */
const sectionButtons = ({ body: { sections = [] } }: Answer): JsonObject[] =>
  sections.slice(0, MOST_SECTIONS).map(({ label, ...at }, place) =>
    button(clip(`Read: ${label}`, LABEL_CHARACTERS), {
      actionId: readSectionAction(place),
      value: encodeSection(at),
    }),
  );

/** @param own our buttons: "Chart" twice would be one too many, and the chart of one figure is its days. */
function questionButtons({ body, receipt, reading: { query } }: Answer, own: readonly OwnButton[]): JsonObject[] {
  const taken = new Set(own.map(({ label }) => label));
  if (taken.has('Hide chart')) taken.add('Chart');
  if (taken.has('Chart') && query?.group_by.length === 0) taken.add('Per day');
  const fits = ({ label, question }: FollowUp): boolean =>
    label.trim() !== '' && !taken.has(label) && question !== '' && question.length <= QUESTION_CHARACTERS;
  const room = Math.max(LEAST_QUESTIONS, MOST_BUTTONS - own.length);
  return body.followUps
    .filter(fits)
    .slice(0, Math.min(MOST_QUESTIONS, room))
    .map(({ label, question }, place) =>
      button(clip(label, LABEL_CHARACTERS), {
        actionId: askAction(place),
        value: encodeQuestion({ receipt, question }),
        describedAs: `Ask: ${question}`,
      }),
    );
}

interface OwnButton {
  label: string;
  element: JsonObject;
}

function ownButtons(answer: Answer, view: AnswerView, drawn: 'chart' | 'table' | null): OwnButton[] {
  const { receipt, body, reading } = answer;
  if (receipt === null) return [];
  const value = encodeAnswer({ receipt, sharedBy: view.sharedBy ?? null, askedBy: view.asked?.by ?? null });
  const own = (isThere: boolean, label: string, actionId: string, describedAs: string): OwnButton[] =>
    isThere ? [{ label, element: button(label, { actionId, value, describedAs }) }] : [];
  const isDrawn = drawn === 'chart';
  const mayHide = isDrawn && !(view.isDrawnBelow && body.table === null);
  return [
    ...own(mayHide, body.table === null ? 'Hide chart' : 'Table', ACTIONS.answerTable, 'Show this without the chart'),
    ...own(!isDrawn && mayBeDrawn(answer), 'Chart', ACTIONS.answerChart, 'Show this answer as a chart'),
    ...own(
      body.rows.length > 1 && reading.intent !== 'runbook',
      'CSV',
      ACTIONS.answerCsv,
      'Get the rows of this answer as a file',
    ),
    ...own(view.place !== 'direct' && !view.sharedBy, 'Share', ACTIONS.answerShare, 'Show it to the whole channel'),
    ...own(reading.query !== null, 'Show query', ACTIONS.answerQuery, 'Show what was computed for this answer'),
  ];
}

/** Whether there is a chart of the answer: its lines, its groups, or the days that make up its one figure. */
function mayBeDrawn({ body, reading: { query } }: Answer): boolean {
  if (body.series !== null) return body.series.lines.some(({ points }) => points.length > 1);
  if (query === null || body.rows.length === 0) return false;
  if (query.group_by.length > 0) return query.group_by.length === 1 && body.rows.length > 1;
  return hasDays(query);
}

/** Whether a single figure is made of several days that the metric is known for. */
export function hasDays({ metric, window, grain }: MetricQuery): boolean {
  const known = metric === null ? undefined : findMetric(metric);
  if (known === undefined || grain !== null || hasHours(window)) return false;
  return known.grains.includes('day') && daysBetween(window.start, window.end) > 1;
}
