import type { ReadDocument } from '../../core/runbook/document.ts';
import { prepareRunbook } from '../../core/runbook/prepare.ts';
import { SeepassError } from '../../errors.ts';
import type { Declarer } from '../declarer.ts';
import type { AddedRunbook, DocumentFile, DocumentReader, RunbookStore } from '../runbooks.ts';

export interface AddedDocument extends AddedRunbook {
  /** Pages of a PDF that were pictures: what they say is not found. */
  pagesWithoutText: number;
}

/**
 * Reads a file and keeps it as a runbook; whoever calls has checked that the actor may.
 * @throws SeepassError `bad_input`, `too_large`: nothing was kept, and what to do is said.
 */
export async function addDocument(
  { runbooks, readDocument }: { runbooks: RunbookStore; readDocument: DocumentReader },
  file: DocumentFile,
  by: Declarer,
): Promise<AddedDocument> {
  const read: ReadDocument = await readDocument(file);
  const prepared = prepareRunbook(read);
  if ('fault' in prepared)
    throw new SeepassError('bad_input', prepared.fault, {
      fix: 'Nothing was kept. See docs/runbooks.md for what a runbook may hold.',
    });
  return { ...(await runbooks.add(prepared, by)), pagesWithoutText: read.pagesWithoutText };
}
