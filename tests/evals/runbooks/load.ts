import { readDocument } from '../../../src/documents/read-document.ts';
import { addDocument } from '../../../src/pipeline/runbooks/add.ts';
import { createRunbookSearch } from '../../../src/pipeline/runbooks/find.ts';
import type { RunbookSearch } from '../../../src/pipeline/runbooks.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { createRunbookStore } from '../../../src/postgres/runbook.repository.ts';
import { createStoreContext } from '../../support/store-context.ts';
import { readDocuments } from './cases.ts';

/** Adds every runbook to a migrated database. @returns the search, and the runbooks' titles by file. */
export async function loadRunbooks(
  handle: DatabaseHandle,
): Promise<{ search: RunbookSearch; titles: ReadonlyMap<string, string> }> {
  const runbooks = createRunbookStore(handle.kysely, createStoreContext());
  const titles = new Map<string, string>();
  for (const file of await readDocuments()) {
    const by = { actor: 'eval', role: 'admin', channel: null } as const;
    const { runbook } = await addDocument({ runbooks, readDocument }, file, by);
    titles.set(file.name, runbook.title);
  }
  return { search: createRunbookSearch({ runbooks, timezone: 'UTC' }), titles };
}
