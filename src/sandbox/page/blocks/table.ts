import { type Child, h, type Json, record, records, text } from '../dom.ts';
import type { Names } from '../text/names.ts';
import { richText } from '../text/rich-text.ts';

export const rowsOf = (block: Json): Json[][] =>
  (Array.isArray(block.rows) ? block.rows : []).map((row) => records(row));

export const cellContent = (cell: Json, names: Names): Child[] =>
  cell.type === 'rich_text' ? richText(cell, names) : [text(cell.text)];

export interface TableParts {
  caption: string;
  header: readonly HTMLElement[];
  body: readonly (readonly HTMLElement[])[];
}

/** A table that scrolls sideways where it does not fit. */
export const tableFrame = ({ caption, header, body }: TableParts): HTMLElement =>
  h(
    'div',
    { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': caption || 'Table' },
    h(
      'table',
      { class: 'table' },
      caption !== '' && h('caption', {}, caption),
      h('thead', {}, h('tr', {}, ...header)),
      h('tbody', {}, ...body.map((cells) => h('tr', {}, ...cells))),
    ),
  );

const alignOf = (cell: Json, setting: Json = {}): string =>
  text(setting.align) || (cell.type === 'raw_number' ? 'right' : 'left');

/** The table block; its first row is the header. */
export function table(block: Json, names: Names): HTMLElement {
  const [header = [], ...body] = rowsOf(block);
  const settings = records(block.column_settings);
  const cell = (tag: 'th' | 'td') => (one: Json, index: number) => {
    const setting = record(settings[index]);
    const wraps = setting.is_wrapped === true ? ' wraps' : '';
    const scope = tag === 'th' ? 'col' : undefined;
    return h(tag, { class: `align-${alignOf(one, setting)}${wraps}`, scope }, ...cellContent(one, names));
  };
  return tableFrame({ caption: '', header: header.map(cell('th')), body: body.map((row) => row.map(cell('td'))) });
}
