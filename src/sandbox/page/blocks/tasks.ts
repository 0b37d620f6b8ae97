/** What an app says it is doing, while it does it: task cards and the plan they stand in. */
import { icon } from '../controls/icons.ts';
import { h, type Json, record, records, text } from '../dom.ts';
import { link } from '../text/mrkdwn.ts';
import { richText } from '../text/rich-text.ts';
import type { Surface } from './surface.ts';

const STATUS_WORDS: Readonly<Record<string, string>> = {
  pending: 'not started',
  in_progress: 'under way',
  complete: 'done',
  error: 'failed',
};

function statusMark(status: string): HTMLElement {
  const mark = h('span', { class: `task-mark ${status}` });
  if (status === 'complete') mark.append(icon('check'));
  if (status === 'error') mark.append(icon('close'));
  mark.append(h('span', { class: 'visually-hidden' }, `${STATUS_WORDS[status] ?? status}: `));
  return mark;
}

export function task(block: Json, surface: Surface): HTMLElement {
  const status = text(block.status) || 'pending';
  const sources = records(block.sources);
  const part = (key: 'details' | 'output') =>
    block[key] !== undefined &&
    h('div', { class: `words task-${key}` }, ...richText(record(block[key]), surface.names));
  return h(
    'div',
    { class: 'task' },
    statusMark(status),
    h(
      'div',
      { class: 'task-body' },
      h('div', { class: 'task-title' }, text(block.title)),
      part('details'),
      part('output'),
      sources.length > 0 &&
        h('div', { class: 'task-sources' }, ...sources.map((source) => link(text(source.url), text(source.text)))),
    ),
  );
}

export const taskCard = (block: Json, surface: Surface): HTMLElement =>
  h('div', { class: 'plan' }, task(block, surface));

export function plan(block: Json, surface: Surface): HTMLElement {
  const tasks = records(block.tasks);
  const done = tasks.filter((one) => one.status === 'complete').length;
  return h(
    'details',
    { class: 'plan', open: true },
    h('summary', {}, h('strong', {}, text(block.title)), h('small', {}, `${done} of ${tasks.length} done`)),
    ...tasks.map((one) => task(one, surface)),
  );
}
