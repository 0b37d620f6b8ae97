import { LIMITS } from '../../block-kit/limits.ts';
import type { AnswerTable } from '../../core/query/answer-body.ts';
import type { JsonObject } from '../../core/records.ts';
import { clip, escapeEntities, shorten } from '../mrkdwn.ts';
import { section } from './elements.ts';

/** A table as blocks, and how many of its rows it shows. */
export interface DrawnTable {
  block: JsonObject;
  shown: number;
}

/** Longer tables turn pages, so that a phone is not filled by one. */
const PAGE = 10;
const NAME = 60;
const FIGURE = 30;
/** What people wrote, in a column of its own. */
const TEXT = 300;
/** Longer cells run over several lines. */
const LINE = 40;
/** Below Slack's own limit, for the heads. */
const CHARACTERS = LIMITS.table.characters - 500;
/** A section's 3,000, with room for escapes. */
const TEXT_CHARACTERS = 2_400;

/** Slack's own table: one page as a plain table, more as one that turns pages. */
export function drawTable(table: AnswerTable, scale: number): DrawnTable {
  const { columns, rows } = cut(table, scale, CHARACTERS, LIMITS.table.rows - 1);
  const raw = (text: string): JsonObject => ({ type: 'raw_text', text });
  const lines = [columns.map(({ label }) => label), ...rows].map((cells) => cells.map(raw));
  if (rows.length > PAGE)
    return {
      block: { type: 'data_table', caption: captionOf(columns), page_size: PAGE, rows: lines },
      shown: rows.length,
    };
  return {
    block: {
      type: 'table',
      rows: lines,
      column_settings: columns.map(({ align }, index) => settingOf(align, rows, index)),
    },
    shown: rows.length,
  };
}

const settingOf = (align: 'left' | 'right', rows: readonly (readonly string[])[], index: number): JsonObject => ({
  align,
  ...(rows.some((cells) => (cells[index] ?? '').length > LINE) ? { is_wrapped: true } : {}),
});

/** The same in letters of one width, where Slack takes no table. */
export function writeTable(table: AnswerTable, scale: number): DrawnTable {
  const { columns, rows } = cut(table, scale, TEXT_CHARACTERS, PAGE * 2);
  let shown = rows.length;
  let text = align(columns, rows);
  while (text.length > TEXT_CHARACTERS && shown > 1) text = align(columns, rows.slice(0, --shown));
  // A backtick would end the block early.
  return { block: section(`\`\`\`\n${escapeEntities(text.replaceAll('`', "'"))}\n\`\`\``), shown };
}

function align(columns: AnswerTable['columns'], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ label }) => label), ...rows];
  const widths = columns.map((_, index) => Math.max(...lines.map((cells) => (cells[index] ?? '').length)));
  const pad = (cell: string, index: number): string =>
    columns[index]?.align === 'right' ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0);
  return lines.map((cells) => cells.map(pad).join('  ').trimEnd()).join('\n');
}

const captionOf = (columns: AnswerTable['columns']): string =>
  columns[1] === undefined ? (columns[0]?.label ?? 'Rows') : `${columns[1].label} by ${columns[0]?.label ?? 'row'}`;

/** Cells shortened, and as many rows as the characters allow; at least one. */
function cut({ columns, rows }: AnswerTable, scale: number, characters: number, most: number) {
  const kept = columns.slice(0, LIMITS.table.columns);
  const share = Math.max(scale, 0.2);
  const clipped = (text: string, index: number): string => {
    if (index === 0) return shorten(text, Math.round(NAME * share)) || '–';
    const most = columns[index]?.align === 'left' ? TEXT : FIGURE;
    return clip(shorten(text, text.length), Math.round(most * share)) || '–';
  };
  const shown: string[][] = [];
  let left = characters - kept.reduce((sum, { label }) => sum + label.length, 0);
  for (const row of rows.slice(0, Math.max(1, Math.ceil(most * scale)))) {
    const cells = kept.map((_, index) => clipped(row[index] ?? '', index));
    left -= cells.reduce((sum, cell) => sum + cell.length + 2, 0);
    if (left < 0 && shown.length > 0) break;
    shown.push(cells);
  }
  return { columns: kept.map((column, index) => ({ ...column, label: clipped(column.label, index) })), rows: shown };
}
