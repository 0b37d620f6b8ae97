import { type Kysely, sql } from 'kysely';
import type { ReadSection, RunbookReaders, SectionAt } from '../pipeline/runbooks.ts';
import { mayRead, selectRunbooks } from './runbook-rows.ts';
import type { Database } from './tables.ts';

/** What stands under a section's heading: long ones are kept in pieces, one after another. */
export async function readSection(
  db: Kysely<Database>,
  workspace: string,
  { number, anchor }: SectionAt,
  readers: RunbookReaders,
): Promise<ReadSection | undefined> {
  const runbook = await selectRunbooks(db, workspace)
    .where('runbooks.number', '=', number)
    .where(mayRead(readers))
    .executeTakeFirst();
  if (runbook === undefined) return undefined;
  const pieces = await db
    .selectFrom('runbook_sections as first')
    .innerJoin('runbook_sections as piece', (join) =>
      join
        .onRef('piece.workspace_id', '=', 'first.workspace_id')
        .onRef('piece.runbook_id', '=', 'first.runbook_id')
        .onRef('piece.headings', '=', 'first.headings'),
    )
    .where('first.workspace_id', '=', workspace)
    .where('first.runbook_id', '=', runbook.id)
    .where('first.anchor', '=', anchor)
    .where(sql<boolean>`piece.place >= first.place`)
    .select(['piece.headings', 'piece.body'])
    .orderBy('piece.place')
    .execute();
  const [first] = pieces;
  if (first === undefined) return undefined;
  const { title, version, file_name: fileName, review_by: reviewBy } = runbook;
  const text = pieces.map(({ body }) => body).join('\n\n');
  return { title, version, fileName, headings: first.headings, text, reviewBy };
}
