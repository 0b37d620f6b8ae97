import type { Kysely } from 'kysely';
import type { ChainRecord } from '../pipeline/audit/audit-chain.ts';
import { ENTRY_COLUMNS, toSealedEntry, toSegment } from './audit-rows.ts';
import type { Database } from './tables.ts';

const PAGE = 2_000;

/**
 * Every segment after a number, each followed by the entries that say they are in it, by sequence. An entry whose
 * segment is not there comes where its sequence is, so that whoever verifies meets it.
 */
export async function* readAuditChain(
  db: Kysely<Database>,
  workspace: string,
  after: number,
): AsyncIterable<ChainRecord> {
  let lastSegment = after;
  let lastSequence = await sequenceBefore(db, workspace, after);
  const segments = paged(async () => {
    const page = await db
      .selectFrom('audit_segments')
      .selectAll()
      .where('workspace_id', '=', workspace)
      .where('number', '>', lastSegment)
      .orderBy('number')
      .limit(PAGE)
      .execute();
    lastSegment = page.at(-1)?.number ?? lastSegment;
    return page.map(toSegment);
  });
  const entries = paged(async () => {
    const page = await db
      .selectFrom('audit_entries')
      .select([...ENTRY_COLUMNS, 'segment', 'sequence', 'hash'])
      .where('workspace_id', '=', workspace)
      .where('sequence', '>', lastSequence)
      .orderBy('sequence')
      .limit(PAGE)
      .execute();
    lastSequence = page.at(-1)?.sequence ?? lastSequence;
    return page.map(toSealedEntry);
  });

  let entry = await entries.next();
  for await (const segment of segments) {
    yield { kind: 'segment', segment };
    while (!entry.done && entry.value.segment <= segment.number) {
      yield { kind: 'entry', entry: entry.value };
      entry = await entries.next();
    }
  }
  for (; !entry.done; entry = await entries.next()) yield { kind: 'entry', entry: entry.value };
}

async function* paged<T>(next: () => Promise<T[]>): AsyncGenerator<T> {
  for (let page = await next(); page.length > 0; page = await next()) yield* page;
}

async function sequenceBefore(db: Kysely<Database>, workspace: string, number: number): Promise<number> {
  const segment = await db
    .selectFrom('audit_segments')
    .select(['first', 'count'])
    .where('workspace_id', '=', workspace)
    .where('number', '=', number)
    .executeTakeFirst();
  return segment === undefined ? 0 : segment.first + segment.count - 1;
}
