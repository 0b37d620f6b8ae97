import { h, type Json, record, records, text } from '../dom.ts';
import type { Names } from '../text/names.ts';
import { richText } from '../text/rich-text.ts';

const cellContent = (cell: Json, names: Names): Node[] =>
  cell.type === 'rich_text' ? richText(cell, names) : [document.createTextNode(text(cell.text))];

const rowsOf = (block: Json): Json[][] => (Array.isArray(block.rows) ? block.rows : []).map((row) => records(row));

const isNumber = (cell: Json): boolean => cell.type === 'raw_number';

function row(cells: readonly Json[], tag: 'th' | 'td', settings: readonly Json[], names: Names): HTMLElement {
  const attributes = (cell: Json, index: number) => {
    const align = text(record(settings[index]).align) || (isNumber(cell) ? 'right' : 'left');
    return { class: `align-${align}`, scope: tag === 'th' ? 'col' : undefined };
  };
  return h('tr', {}, ...cells.map((cell, index) => h(tag, attributes(cell, index), ...cellContent(cell, names))));
}

/** The table block; its first row is the header. */
export function table(block: Json, names: Names): HTMLElement {
  const [header = [], ...body] = rowsOf(block);
  const settings = records(block.column_settings);
  return h(
    'div',
    { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': text(block.caption) || 'Table' },
    h(
      'table',
      { class: 'table' },
      text(block.caption) !== '' && h('caption', {}, text(block.caption)),
      h('thead', {}, row(header, 'th', settings, names)),
      h('tbody', {}, ...body.map((cells) => row(cells, 'td', settings, names))),
    ),
  );
}

/** The data_table block: a page of rows at a time. */
export function dataTable(block: Json, names: Names): HTMLElement {
  const [header = [], ...body] = rowsOf(block);
  const size = Number(block.page_size ?? 5);
  const pages = Math.max(1, Math.ceil(body.length / size));
  const holder = h('div', { class: 'data-table' });
  const show = (page: number) => {
    const rows = [header, ...body.slice(page * size, (page + 1) * size)];
    const turn = (by: number, label: string) =>
      h(
        'button',
        {
          class: 'button',
          type: 'button',
          disabled: page + by < 0 || page + by >= pages,
          onclick: () => show(page + by),
        },
        label,
      );
    const pager = h(
      'div',
      { class: 'pager' },
      turn(-1, 'Previous'),
      h('span', {}, `${page + 1} of ${pages}`),
      turn(1, 'Next'),
    );
    holder.replaceChildren(table({ ...block, rows }, names), ...(pages > 1 ? [pager] : []));
  };
  show(0);
  return holder;
}
