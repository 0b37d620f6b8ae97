import { icon } from '../controls/icons.ts';
import { keepingFocus } from '../controls/keep-focus.ts';
import { h, type Json, text } from '../dom.ts';
import type { Names } from '../text/names.ts';
import { cellContent, rowsOf, tableFrame } from './table.ts';

const DEFAULT_PAGE_SIZE = 5;

interface Order {
  column: number;
  isDescending: boolean;
}

const compare = (one: Json | undefined, other: Json | undefined): number =>
  one?.type === 'raw_number' && other?.type === 'raw_number'
    ? Number(one.value) - Number(other.value)
    : text(one?.text).localeCompare(text(other?.text), 'en', { numeric: true });

/** The data_table block: sorted by any column, a page of rows at a time. */
export function dataTable(block: Json, names: Names): HTMLElement {
  const [header = [], ...body] = rowsOf(block);
  const size = Number(block.page_size ?? DEFAULT_PAGE_SIZE);
  const pages = Math.max(1, Math.ceil(body.length / size));
  const named = Number(block.row_header_column_index ?? -1);
  const isNumeric = (column: number) => body.every((row) => row[column]?.type === 'raw_number');
  const holder = h('div', { class: 'data-table' });
  let order: Order | undefined;
  let page = 0;

  const sortBy = (column: number) => {
    order = { column, isDescending: order?.column === column && !order.isDescending };
    page = 0;
    show();
  };
  const heading = (cell: Json, column: number) => {
    const isSorted = order?.column === column;
    const direction = order?.isDescending ? 'descending' : 'ascending';
    return h(
      'th',
      { scope: 'col', class: isNumeric(column) ? 'align-right' : '', 'aria-sort': isSorted ? direction : undefined },
      h(
        'button',
        {
          class: `sort${isSorted ? ` ${direction}` : ''}`,
          type: 'button',
          'data-key': `sort ${column}`,
          onclick: () => sortBy(column),
        },
        h('span', {}, ...cellContent(cell, names)),
        icon('chevron'),
      ),
    );
  };
  const turn = (by: number, label: string) =>
    h(
      'button',
      {
        class: 'button small',
        type: 'button',
        disabled: page + by < 0 || page + by >= pages,
        'data-key': label,
        onclick: () => {
          page += by;
          show();
        },
      },
      label,
    );
  const show = () => {
    const sorted = order === undefined ? body : [...body].sort((one, other) => compareBy(order, one, other));
    const rows = sorted.slice(page * size, (page + 1) * size);
    const frame = tableFrame({
      caption: text(block.caption),
      header: header.map(heading),
      body: rows.map((row) =>
        row.map((cell, column) =>
          h(
            column === named ? 'th' : 'td',
            { scope: column === named ? 'row' : undefined, class: isNumeric(column) ? 'align-right' : 'align-left' },
            ...cellContent(cell, names),
          ),
        ),
      ),
    });
    const range = `${page * size + 1}–${page * size + rows.length} of ${body.length}`;
    const pager = h(
      'div',
      { class: 'pager' },
      turn(-1, 'Previous'),
      h('span', { role: 'status' }, range),
      turn(1, 'Next'),
    );
    keepingFocus(holder, () => holder.replaceChildren(frame, ...(pages > 1 ? [pager] : [])));
  };
  show();
  return holder;
}

function compareBy(order: Order | undefined, one: readonly Json[], other: readonly Json[]): number {
  if (order === undefined) return 0;
  return compare(one[order.column], other[order.column]) * (order.isDescending ? -1 : 1);
}
