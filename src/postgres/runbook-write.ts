import { type Kysely, sql } from 'kysely';
import type { RunbookText } from '../core/runbook/document.ts';
import type { StoreContext } from './context.ts';
import { wordsOf } from './runbook-rows.ts';
import type { Database } from './tables.ts';

/** Rows a statement: seven parameters each, far below PostgreSQL's 65,535. */
const ROWS = 200;

/** Writes a document as the first or the next version of its runbook; its sections take the place of the former. */
export async function writeVersion(
  trx: Kysely<Database>,
  { workspace, clock, newId }: StoreContext,
  document: RunbookText,
  actor: string,
): Promise<{ id: string; version: number }> {
  const meta = {
    title: document.title,
    owner: document.owner,
    url: document.url,
    review_by: document.reviewBy,
    reviewed: document.reviewed,
    channels: [...document.channels],
    groups: [...document.groups],
  };
  const { id, version } = await trx
    .insertInto('runbooks')
    .values({ ...meta, workspace_id: workspace, id: newId(), key: document.key, version: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'key'])
        .doUpdateSet(({ ref, lit }) => ({ ...meta, version: sql<number>`${ref('runbooks.version')} + ${lit(1)}` })),
    )
    .returning(['id', 'version'])
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('runbook_versions')
    .values({
      workspace_id: workspace,
      runbook_id: id,
      version,
      file_name: document.fileName,
      media: document.media,
      content_hash: document.contentHash,
      bytes: document.bytes,
      pages: document.pages,
      added_by: actor,
      added_at: new Date(clock()),
    })
    .execute();
  await trx.deleteFrom('runbook_sections').where('workspace_id', '=', workspace).where('runbook_id', '=', id).execute();
  for (let from = 0; from < document.sections.length; from += ROWS)
    await trx
      .insertInto('runbook_sections')
      .values(
        document.sections.slice(from, from + ROWS).map((section, index) => ({
          workspace_id: workspace,
          id: newId(),
          runbook_id: id,
          place: from + index,
          headings: JSON.stringify(section.headings),
          anchor: section.anchor,
          page: section.page,
          body: section.text,
          words: wordsOf(document, section),
        })),
      )
      .execute();
  return { id, version };
}
