/** Draws blocks. A new block type is one line in {@link DRAWERS}. */
import { type Child, h, type Json, record, records, text, wordsOf } from '../dom.ts';
import { withEmoji } from '../text/emoji.ts';
import { markdown } from '../text/markdown.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { richText } from '../text/rich-text.ts';
import { chart } from './chart.ts';
import { element } from './elements.ts';
import type { Surface } from './surface.ts';
import { dataTable, table } from './table.ts';

type Drawer = (block: Json, surface: Surface) => HTMLElement;

function words(value: unknown, surface: Surface): Child[] {
  const object = record(value);
  return object.type === 'mrkdwn' ? mrkdwn(text(object.text), surface.names) : [withEmoji(text(object.text))];
}

const imageSource = (block: Json): string =>
  text(block.image_url) || `/files/${text(record(block.slack_file).id)}/image`;

function image(block: Json): HTMLElement {
  const title = wordsOf(block.title);
  return h(
    'figure',
    { class: 'image' },
    title !== '' && h('figcaption', {}, title),
    h('img', { src: imageSource(block), alt: text(block.alt_text), loading: 'lazy' }),
  );
}

const thumbnail = (one: Json): HTMLElement =>
  h('img', { class: 'thumb', src: imageSource(one), alt: text(one.alt_text) });

function section(block: Json, surface: Surface): HTMLElement {
  const accessory = block.accessory === undefined ? undefined : record(block.accessory);
  return h(
    'div',
    { class: 'section' },
    h(
      'div',
      { class: 'section-body' },
      block.text !== undefined && h('div', { class: 'words' }, ...words(block.text, surface)),
      block.fields !== undefined &&
        h('div', { class: 'fields' }, ...records(block.fields).map((field) => h('div', {}, ...words(field, surface)))),
    ),
    accessory !== undefined &&
      h(
        'div',
        { class: 'accessory' },
        accessory.type === 'image' ? thumbnail(accessory) : element(block, accessory, surface),
      ),
  );
}

const row =
  (className: string): Drawer =>
  (block, surface) =>
    h('div', { class: className }, ...records(block.elements).map((one) => element(block, one, surface)));

function context(block: Json, surface: Surface): HTMLElement {
  const parts = records(block.elements).map((one) =>
    one.type === 'image' ? thumbnail(one) : h('span', {}, ...words(one, surface)),
  );
  return h('div', { class: 'context' }, ...parts);
}

function input(block: Json, surface: Surface): HTMLElement {
  const inner = record(block.element);
  const error = surface.errors[text(block.block_id)];
  const control = element(block, inner, {
    ...surface,
    use: (where, what, value) => (block.dispatch_action === true ? surface.use(where, what, value) : Promise.resolve()),
  });
  const hint = wordsOf(block.hint);
  const labelText = wordsOf(block.label);
  control.setAttribute('aria-label', labelText);
  if (error !== undefined) control.setAttribute('aria-invalid', 'true');
  return h(
    'div',
    { class: error === undefined ? 'input' : 'input invalid' },
    h('div', { class: 'label' }, labelText, block.optional === true && h('small', {}, ' (optional)')),
    control,
    hint !== '' && h('small', { class: 'hint' }, hint),
    error !== undefined && h('div', { class: 'error', role: 'alert' }, error),
  );
}

function card(block: Json, surface: Surface): HTMLElement {
  const part = (key: string, tag: 'h4' | 'p' | 'small') =>
    block[key] !== undefined && h(tag, { class: key }, ...words(block[key], surface));
  return h(
    'article',
    { class: 'card' },
    block.hero_image !== undefined && thumbnail(record(block.hero_image)),
    part('title', 'h4'),
    part('subtitle', 'small'),
    part('body', 'p'),
    block.actions !== undefined &&
      h('div', { class: 'actions' }, ...records(block.actions).map((one) => element(block, one, surface))),
  );
}

function container(block: Json, surface: Surface): HTMLElement {
  const title =
    block.rich_text_title === undefined
      ? [wordsOf(block.title)]
      : richText(record(block.rich_text_title), surface.names);
  const body = blocks(records(block.child_blocks), surface);
  if (block.is_collapsible !== true) return h('section', { class: 'container' }, h('h4', {}, ...title), body);
  return h('details', { class: 'container', open: block.default_collapsed !== true }, h('summary', {}, ...title), body);
}

const ALERT_ICONS: Record<string, string> = { info: 'ℹ', warning: '⚠', error: '⛔', success: '✓', default: '•' };

function alert(block: Json, surface: Surface): HTMLElement {
  const level = text(block.level) || 'default';
  return h(
    'div',
    { class: `alert ${level}`, role: level === 'error' ? 'alert' : 'note' },
    h('span', { 'aria-hidden': 'true' }, ALERT_ICONS[level] ?? '•'),
    h('div', {}, ...words(block.text, surface)),
  );
}

const TASK_ICONS: Record<string, string> = { pending: '○', in_progress: '◐', complete: '✓', error: '✕' };

const task = (block: Json): HTMLElement =>
  h('div', { class: 'task' }, `${TASK_ICONS[text(block.status)] ?? '○'} ${text(block.title)}`);

const DRAWERS: Readonly<Record<string, Drawer>> = {
  actions: row('actions'),
  alert,
  card,
  carousel: (block, surface) =>
    h('div', { class: 'carousel' }, ...records(block.elements).map((one) => card(one, surface))),
  container,
  context,
  context_actions: row('context-actions'),
  data_table: (block, surface) => dataTable(block, surface.names),
  data_visualization: chart,
  divider: () => h('hr'),
  header: (block) => h('h3', { class: 'header' }, withEmoji(wordsOf(block.text))),
  image,
  input,
  markdown: (block) => h('div', { class: 'words markdown' }, ...markdown(text(block.text))),
  plan: (block) => h('div', { class: 'plan' }, h('h4', {}, text(block.title)), ...records(block.tasks).map(task)),
  rich_text: (block, surface) => h('div', { class: 'words' }, ...richText(block, surface.names)),
  section,
  table: (block, surface) => table(block, surface.names),
  task_card: task,
};

/** A stack of blocks. A type the page cannot draw says so instead of vanishing. */
export function blocks(list: readonly Json[], surface: Surface): HTMLElement {
  const drawn = list.map((block) => {
    const drawer = DRAWERS[text(block.type)];
    return drawer?.(block, surface) ?? h('div', { class: 'unknown' }, `[${text(block.type)} block]`);
  });
  return h('div', { class: 'blocks' }, ...drawn);
}
