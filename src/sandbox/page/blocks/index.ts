/** One drawer per block type. */
import { h, type Json, record, records, text, wordsOf } from '../dom.ts';
import { withEmoji } from '../text/emoji.ts';
import { markdown } from '../text/markdown.ts';
import { richText } from '../text/rich-text.ts';
import { alert, card, carousel } from './cards.ts';
import { chart } from './chart.ts';
import { dataTable } from './data-table.ts';
import { element } from './elements.ts';
import { image, thumbnail, video } from './images.ts';
import type { Surface } from './surface.ts';
import { table } from './table.ts';
import { plan, taskCard } from './tasks.ts';
import { type Drawer, words } from './words.ts';

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
        h(
          'div',
          { class: 'fields' },
          ...records(block.fields).map((field) => h('div', { class: 'words' }, ...words(field, surface))),
        ),
    ),
    accessory !== undefined &&
      h(
        'div',
        { class: `accessory holds-${text(accessory.type)}` },
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
    one.type === 'image' ? thumbnail(one) : h('span', { class: 'words' }, ...words(one, surface)),
  );
  return h('div', { class: 'context' }, ...parts);
}

function input(block: Json, surface: Surface): HTMLElement {
  const id = `input-${crypto.randomUUID()}`;
  const error = surface.errors[text(block.block_id)];
  const holder = element(block, record(block.element), {
    ...surface,
    use: (where, what, value) => (block.dispatch_action === true ? surface.use(where, what, value) : Promise.resolve()),
  });
  const named = holder.matches('.field, .choices') ? holder : holder.querySelector('input, textarea, .choices');
  const hint = wordsOf(block.hint);
  const labelText = wordsOf(block.label);
  named?.setAttribute('aria-label', labelText);
  const about = [error !== undefined && `${id}-error`, hint !== '' && `${id}-hint`].filter((one) => one !== false);
  if (about.length > 0) named?.setAttribute('aria-describedby', about.join(' '));
  if (error !== undefined) named?.setAttribute('aria-invalid', 'true');
  if (block.optional !== true && named?.matches('input, textarea')) named.setAttribute('aria-required', 'true');
  return h(
    'div',
    { class: error === undefined ? 'input' : 'input invalid' },
    h('div', { class: 'label' }, labelText, block.optional === true && h('small', {}, ' (optional)')),
    holder,
    error !== undefined && h('div', { class: 'error', id: `${id}-error`, role: 'alert' }, error),
    hint !== '' && h('small', { class: 'hint', id: `${id}-hint` }, hint),
  );
}

function container(block: Json, surface: Surface): HTMLElement {
  const title =
    block.rich_text_title === undefined
      ? [wordsOf(block.title)]
      : richText(record(block.rich_text_title), surface.names);
  const head = h(
    'div',
    { class: 'container-head' },
    block.icon !== undefined && thumbnail(record(block.icon), 'card-icon'),
    h(
      'div',
      {},
      h('h4', {}, ...title),
      block.subtitle !== undefined && h('small', {}, ...words(block.subtitle, surface)),
    ),
  );
  const className = `container ${text(block.width) || 'standard'}${block.has_header_divider === true ? ' ruled' : ''}`;
  const body = blocks(records(block.child_blocks), surface);
  if (block.is_collapsible !== true) return h('section', { class: className }, head, body);
  return h('details', { class: className, open: block.default_collapsed !== true }, h('summary', {}, head), body);
}

const DRAWERS: Readonly<Record<string, Drawer>> = {
  actions: row('actions'),
  alert,
  card,
  carousel,
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
  plan,
  rich_text: (block, surface) => h('div', { class: 'words' }, ...richText(block, surface.names)),
  section,
  table: (block, surface) => table(block, surface.names),
  task_card: taskCard,
  video,
};

/** A stack of blocks. A type the page cannot draw says so instead of vanishing. */
export function blocks(list: readonly Json[], surface: Surface): HTMLElement {
  const drawn = list.map((block) => {
    const drawer = DRAWERS[text(block.type)];
    return drawer?.(block, surface) ?? h('div', { class: 'unknown' }, `[${text(block.type)} block]`);
  });
  return h('div', { class: 'blocks' }, ...drawn);
}
