import type { AnswerBody, AnswerTable } from '../answer-body.ts';
import { spansText } from './spans.ts';

/** The whole answer as plain text, headline first: what the command line prints and screen readers get. */
export function plainText(body: AnswerBody): string {
  const sentences = body.sentences.map(spansText).join(' ');
  const quotes = body.quotes.map((quote) => `“${quote}”`);
  const besides = (body.besides ?? []).map(spansText).join(' ');
  const table = body.table === null ? '' : tableText(body.table);
  const context = body.context.join(' · ');
  const links = body.links.map(({ label, url }) => `${label}: ${url}`);
  return [spansText(body.headline), sentences, ...quotes, besides, table, context, ...links].filter(Boolean).join('\n');
}

function tableText({ columns, rows, cut }: AnswerTable): string {
  const widths = columns.map(({ label }, index) =>
    Math.max(label.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => {
        const [cell, width] = [cells[index] ?? '', widths[index] ?? 0];
        return align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ label }) => label)), ...rows.map(line), ...(cut === null ? [] : [cut])].join('\n');
}
