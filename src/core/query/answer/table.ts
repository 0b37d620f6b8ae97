import type { AnswerTable } from '../answer-body.ts';

type Column = AnswerTable['columns'][number];

/** A column of names. */
export const left = (label: string): Column => ({ label, align: 'left' });
/** A column of figures. */
export const right = (label: string): Column => ({ label, align: 'right' });

/** Null without rows. @param cut what is said of those left out. */
export const tableOf = (
  columns: readonly Column[],
  rows: AnswerTable['rows'],
  cut: string | null = null,
): AnswerTable | null => (rows.length === 0 ? null : { columns, rows, cut });
