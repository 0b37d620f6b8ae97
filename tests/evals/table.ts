import { type Measured, percent } from './measure.ts';

export const shown = (share: { right: number; of: number }): string =>
  `${share.right} of ${share.of} (${percent(share).toFixed(1)}%)`;

const ROWS: readonly [string, (measured: Measured) => string][] = [
  ['questions exact', ({ questions }) => shown(questions)],
  ['refusal precision', ({ precision }) => shown(precision)],
  ['refusal recall', ({ recall }) => shown(recall)],
  ['threads, all turns right', ({ threads }) => shown(threads)],
  ['turns', ({ turns }) => shown(turns)],
  ['wrong but confident', ({ wrongButConfident }) => shown(wrongButConfident)],
  ['ms a question', ({ milliseconds }) => milliseconds.toFixed(1)],
];

/** The figures of the parts side by side, as Markdown. */
export const tableOf = (parts: readonly Measured[]): string =>
  [
    `| | ${parts.map(({ part }) => part).join(' | ')} |`,
    `|---|${parts.map(() => '---').join('|')}|`,
    ...ROWS.map(([label, cell]) => `| ${label} | ${parts.map(cell).join(' | ')} |`),
  ].join('\n');
