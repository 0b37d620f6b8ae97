import { type Kysely, sql } from 'kysely';
import type { RunbookReaders } from '../pipeline/runbooks.ts';
import type { NearestSection, SectionEmbeddingStore, SectionToEmbed } from '../pipeline/section-embeddings.ts';
import type { StoreContext } from './context.ts';
import { readable, readHits } from './runbook-search.ts';
import type { Database } from './tables.ts';

export function createSectionEmbeddingStore(db: Kysely<Database>, { workspace }: StoreContext): SectionEmbeddingStore {
  return {
    async missing(model, limit) {
      const { rows } = await sql<SectionToEmbed>`
        SELECT runbook_sections.id, concat_ws(E'\n', runbooks.title,
          (SELECT string_agg(heading, ' > ' ORDER BY place)
            FROM jsonb_array_elements_text(runbook_sections.headings) WITH ORDINALITY AS under(heading, place)),
          runbook_sections.body) AS text
        FROM ${readable(workspace, 'operator')}
        WHERE runbook_sections.embedding_model IS DISTINCT FROM ${model}
        ORDER BY runbooks.number, runbook_sections.place LIMIT ${limit}`.execute(db);
      return rows;
    },

    keep: (model, embeddings) =>
      db.transaction().execute(async (trx) => {
        for (const [id, embedding] of embeddings)
          await trx
            .updateTable('runbook_sections')
            .set({ embedding: [...(embedding ?? [])], embedding_model: model })
            .where('workspace_id', '=', workspace)
            .where('id', '=', id)
            .execute();
      }),

    async nearest(asked, readers) {
      const found = await findNearest(db, workspace, asked, readers);
      if (found === undefined) return undefined;
      const { id, ...nearness } = found;
      const [hit] = await readHits(db, workspace, new Map([[id, []]]));
      return hit && { hit, ...nearness };
    },

    async state(model) {
      const [hasPgvector, counts] = await Promise.all([
        findPgvector(db),
        db
          .selectFrom('runbook_sections')
          .where('workspace_id', '=', workspace)
          .select(({ fn }) => fn.countAll<string>().as('sections'))
          .select([
            sql<string>`count(*) FILTER (WHERE embedding_model = ${model} AND cardinality(embedding) > 0)`.as(
              'embedded',
            ),
            sql<string>`count(*) FILTER (WHERE embedding_model = ${model} AND cardinality(embedding) = 0)`.as(
              'refused',
            ),
          ])
          .executeTakeFirstOrThrow(),
      ]);
      const { sections, embedded, refused } = counts;
      return { sections: Number(sections), embedded: Number(embedded), refused: Number(refused), hasPgvector };
    },
  };
}

async function findPgvector(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`SELECT to_regtype('vector') IS NOT NULL AS has`.execute(db);
  return rows[0]?.has === true;
}

/** Looks at every section: an index would find the nearest alone, and not what it stands out from. */
async function findNearest(
  db: Kysely<Database>,
  workspace: string,
  { model, embedding }: { model: string; embedding: readonly number[] },
  readers: RunbookReaders,
): Promise<(Omit<NearestSection, 'hit'> & { id: string }) | undefined> {
  const asked = sql`${[...embedding]}::real[]`;
  // Both are of length 1: the cosine is their inner product, of which pgvector's <#> is the negative.
  const similarity = (await findPgvector(db))
    ? sql`-(embedding::vector <#> (SELECT ${asked}::vector))`
    : sql`(SELECT sum(mine * theirs) FROM unnest(embedding, (SELECT ${asked})) AS pair(mine, theirs))`;
  const { rows } = await sql<Omit<NearestSection, 'hit'> & { id: string }>`
    WITH allowed AS MATERIALIZED (
      SELECT runbook_sections.id, runbook_sections.embedding FROM ${readable(workspace, readers)}
      WHERE runbook_sections.embedding_model = ${model}
    ), compared AS MATERIALIZED (
      SELECT id, (${similarity})::float8 AS similarity FROM allowed WHERE cardinality(embedding) = ${embedding.length}
    )
    SELECT id, similarity, avg(similarity) OVER whole AS mean, stddev_pop(similarity) OVER whole AS deviation,
      (count(*) OVER whole)::int AS sections
    FROM compared WINDOW whole AS ()
    ORDER BY similarity DESC, id LIMIT 1`.execute(db);
  return rows[0];
}
