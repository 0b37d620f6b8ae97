import type { RunbookText } from '../../../src/core/runbook/document.ts';
import { prepareRunbook } from '../../../src/core/runbook/prepare.ts';
import { readDocument } from '../../../src/documents/read-document.ts';
import type { Embedder } from '../../../src/pipeline/embedder.ts';
import { embedSections } from '../../../src/pipeline/runbooks/embed-sections.ts';
import { createRunbookSearch } from '../../../src/pipeline/runbooks/find.ts';
import { createFindByMeaning } from '../../../src/pipeline/runbooks/find-by-meaning.ts';
import type { RunbookSearch } from '../../../src/pipeline/runbooks.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { createRunbookStore } from '../../../src/postgres/runbook.repository.ts';
import { createSectionEmbeddingStore } from '../../../src/postgres/section-embedding.repository.ts';
import { silentLog } from '../../support/silent-log.ts';
import { createStoreContext } from '../../support/store-context.ts';
import { readDocuments } from './cases.ts';

let prepared: Promise<RunbookText[]> | undefined;

/** Every runbook as it is stored, read once. */
function prepareAll(): Promise<RunbookText[]> {
  prepared ??= readDocuments().then((files) => Promise.all(files.map(prepare)));
  return prepared;
}

async function prepare(file: Parameters<typeof readDocument>[0]): Promise<RunbookText> {
  const runbook = prepareRunbook(await readDocument(file));
  if ('fault' in runbook) throw new Error(runbook.fault);
  return runbook;
}

/** Adds every runbook to a migrated database. @returns the search, and the runbooks' titles by file. */
export async function loadRunbooks(
  handle: DatabaseHandle,
  embedder: Embedder | null = null,
): Promise<{ search: RunbookSearch; titles: ReadonlyMap<string, string> }> {
  const context = createStoreContext();
  const runbooks = createRunbookStore(handle.kysely, context);
  const embeddings = createSectionEmbeddingStore(handle.kysely, context);
  const titles = new Map<string, string>();
  for (const one of await prepareAll()) {
    await runbooks.add(one, { actor: 'eval', role: 'admin', channel: null });
    titles.set(one.fileName, one.title);
  }
  if (embedder !== null) await embedSections({ embeddings, embedder });
  const findByMeaning = embedder && createFindByMeaning({ embeddings, embedder, clock: Date.now, log: silentLog });
  return { search: createRunbookSearch({ runbooks, timezone: 'UTC', findByMeaning }), titles };
}
