/** The runbooks, and what people ask of them: a part to tune by, a part that tuning never saw. */
import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { DocumentFile } from '../../../src/pipeline/runbooks.ts';
import { makePdf } from '../../support/make-pdf.ts';

/** "3 Shed load" of a text or a PDF is kept as "Shed load". */
const asKept = <Where extends { document: string; heading: string }>(where: Where): Where =>
  where.document.endsWith('.txt') ? { ...where, heading: where.heading.replace(/^\d+\.?\s+/, '') } : where;

const caseSchema = z.object({
  id: z.string(),
  question: z.string(),
  /** Sections that answer it; none where no runbook does. */
  expect: z.array(z.object({ document: z.string(), heading: z.string() }).transform(asKept)),
});
export type RunbookCase = z.infer<typeof caseSchema>;

/** What the search was tuned by, hold-outs it was looked at with since, and two (the last) whose misses nobody looked at. */
export const PARTS = [
  'tune',
  'examined-a',
  'examined-b',
  'holdout',
  'holdout-b',
  'holdout-c',
  'examined-d',
  'examined-e',
  'examined-f',
  'holdout-g',
  'holdout-h',
] as const;
type Part = (typeof PARTS)[number];

const DOCUMENTS = new URL('./documents/', import.meta.url);
const LINES_A_PAGE = 12;

/** Every runbook as a file; `.pdf.txt` is typeset as a PDF. */
export async function readDocuments(): Promise<DocumentFile[]> {
  const names = (await readdir(DOCUMENTS)).sort();
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(new URL(name, DOCUMENTS));
      if (!name.endsWith('.pdf.txt')) return { name, bytes };
      return { name: name.replace(/\.txt$/, ''), bytes: await makePdf(pagesOf(bytes.toString('utf8'))) };
    }),
  );
}

function pagesOf(text: string): string[][] {
  const lines = text.trimEnd().split('\n');
  return Array.from({ length: Math.ceil(lines.length / LINES_A_PAGE) }, (_, page) =>
    lines.slice(page * LINES_A_PAGE, (page + 1) * LINES_A_PAGE),
  );
}

export async function readCases(part: Part): Promise<RunbookCase[]> {
  const text = await readFile(new URL(`./${part}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => caseSchema.parse(JSON.parse(line)));
}
