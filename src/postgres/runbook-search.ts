import { type Kysely, sql } from 'kysely';
import type { RunbookHit, TermHit } from '../core/runbook/fuse.ts';
import type { SearchTerm } from '../core/runbook/search-terms.ts';
import type { RunbookHits, RunbookReaders } from '../pipeline/runbooks.ts';
import { DICTIONARY, mayRead } from './runbook-rows.ts';
import type { Database } from './tables.ts';

/** Another way of putting a term counts for a little less than the term itself. */
const OTHER_WORDS = 0.85;
/** Trigrams in common, 0-1: "reciept" and "receipts" have 0.21. Which word was meant is told by its letters, see respell. */
const LIKE_ENOUGH = 0.2;
const MOST_ALIKE = 200;
/** Sections that are looked at closely; three are cited. */
const MOST_CANDIDATES = 200;

interface HitRow {
  id: string;
  term: number;
  likeness: number;
  in_title: boolean;
  in_headings: boolean;
  in_keywords: boolean;
  body: number;
}

/**
 * Sections that hold at least one term, by PostgreSQL's full text. Who holds which term is read from the index alone;
 * where in a section it stands, only for the sections that hold the most.
 */
export async function searchSections(
  db: Kysely<Database>,
  workspace: string,
  terms: readonly SearchTerm[],
  readers: RunbookReaders,
): Promise<RunbookHits> {
  const { rows: counted } = await sql<{ sections: number }>`
    SELECT count(*)::int AS sections FROM ${readable(workspace, readers)}`.execute(db);
  const sections = counted[0]?.sections ?? 0;
  if (sections === 0 || terms.length === 0) return { hits: [], holders: terms.map(() => 0), sections };
  const { ids, holders } = await findHolders(db, { workspace, terms, readers, sections });
  const rows = await findPlaces(db, { workspace, terms, ids });
  const byId = new Map<string, TermHit[]>();
  for (const row of rows) byId.set(row.id, [...(byId.get(row.id) ?? []), toTermHit(row)]);
  return { hits: await readHits(db, workspace, byId), holders, sections };
}

/** Sections with their runbooks, as far as the readers may read them. */
export const readable = (workspace: string, readers: RunbookReaders) => sql`runbook_sections
  JOIN runbooks ON runbooks.workspace_id = runbook_sections.workspace_id AND runbooks.id = runbook_sections.runbook_id
    AND runbooks.workspace_id = ${workspace} AND ${mayRead(readers)}`;

interface Searched {
  workspace: string;
  terms: readonly SearchTerm[];
  readers: RunbookReaders;
  sections: number;
}

/** How many sections hold each term, and those that hold most of what was asked for, rare terms first. */
async function findHolders(
  db: Kysely<Database>,
  { workspace, terms, readers, sections }: Searched,
): Promise<{ ids: string[]; holders: number[] }> {
  const ways = terms.map(({ alternatives, weight }, term) => ({ term, weight, alternatives }));
  const { rows } = await sql<{ ids: string[] | null; holders: Record<string, number> | null }>`
    WITH asked AS MATERIALIZED (
      SELECT term, weight, (
        SELECT string_agg('(' || phraseto_tsquery(${DICTIONARY}, words)::text || ')', ' | ')::tsquery
        FROM jsonb_array_elements_text(alternatives) AS words
        WHERE numnode(phraseto_tsquery(${DICTIONARY}, words)) > 0
      ) AS query
      FROM jsonb_to_recordset(${JSON.stringify(ways)}::jsonb) AS way(term int, weight float8, alternatives jsonb)
    ), held AS MATERIALIZED (
      SELECT asked.term, asked.weight, runbook_sections.id
      FROM asked CROSS JOIN ${readable(workspace, readers)}
      WHERE runbook_sections.words @@ asked.query
    ), worth AS (
      SELECT term, count(*)::int AS holders, max(weight) * ln(1 + (${sections}::int - count(*) + 0.5) / (count(*) + 0.5)) AS worth
      FROM held GROUP BY term
    ), best AS (
      SELECT id FROM held JOIN worth USING (term) GROUP BY id ORDER BY sum(worth) DESC, id LIMIT ${MOST_CANDIDATES}
    )
    SELECT (SELECT array_agg(id) FROM best) AS ids, (SELECT jsonb_object_agg(term, holders) FROM worth) AS holders`.execute(
    db,
  );
  const [found] = rows;
  return { ids: found?.ids ?? [], holders: terms.map((_, term) => found?.holders?.[term] ?? 0) };
}

/** Where these sections hold each way of putting each term. */
async function findPlaces(
  db: Kysely<Database>,
  { workspace, terms, ids }: { workspace: string; terms: readonly SearchTerm[]; ids: readonly string[] },
): Promise<HitRow[]> {
  const ways = terms.flatMap(({ text, alternatives }, term) =>
    alternatives.map((words) => ({ term, words, likeness: words === text ? 1 : OTHER_WORDS })),
  );
  // Joined to nothing, so that a long vector is unpacked once and not for every way.
  const { rows } = await sql<HitRow>`
    WITH candidate AS MATERIALIZED (
      SELECT id, words || ''::tsvector AS words FROM runbook_sections
      WHERE workspace_id = ${workspace} AND id = ANY(${[...ids]}::uuid[])
    ), way AS MATERIALIZED (
      SELECT term, likeness, phraseto_tsquery(${DICTIONARY}, words) AS query
      FROM jsonb_to_recordset(${JSON.stringify(ways)}::jsonb) AS way(term int, words text, likeness float8)
    )
    SELECT candidate.id, way.term, way.likeness,
      ts_rank('{0,0,0,1}', candidate.words, way.query) > 0 AS in_title,
      ts_rank('{0,0,1,0}', candidate.words, way.query) > 0 AS in_headings,
      ts_rank('{0,1,0,0}', candidate.words, way.query) > 0 AS in_keywords,
      ts_rank('{1,0,0,0}', candidate.words, way.query) AS body
    FROM way CROSS JOIN candidate
    WHERE candidate.words @@ way.query`.execute(db);
  return rows;
}

/**
 * Titles and headings with a word spelled like one of these, the most alike first. Nothing where the server has no
 * pg_trgm.
 */
export async function findAlike(
  db: Kysely<Database>,
  workspace: string,
  words: readonly string[],
  readers: RunbookReaders,
): Promise<string[]> {
  if (words.length === 0) return [];
  const { rows: has } = await sql<{ trigrams: boolean }>`
    SELECT to_regprocedure('strict_word_similarity(text, text)') IS NOT NULL AS trigrams`.execute(db);
  if (!has[0]?.trigrams) return [];
  const { rows } = await sql<{ name: string }>`
    WITH names AS MATERIALIZED (
      SELECT runbooks.title AS name FROM runbooks
      WHERE runbooks.workspace_id = ${workspace} AND ${mayRead(readers)}
      UNION
      SELECT runbook_sections.headings->>-1 FROM ${readable(workspace, readers)}
    ), alike AS (
      SELECT name, max(strict_word_similarity(asked.word, name)) AS likeness
      FROM names CROSS JOIN unnest(${[...words]}::text[]) AS asked(word) GROUP BY name
    )
    SELECT name FROM alike WHERE likeness >= ${LIKE_ENOUGH} ORDER BY likeness DESC, name LIMIT ${MOST_ALIKE}`.execute(
    db,
  );
  return rows.map(({ name }) => name);
}

/** Sections with where they stand. @param found the terms that each holds, by its id. */
export async function readHits(
  db: Kysely<Database>,
  workspace: string,
  found: ReadonlyMap<string, readonly TermHit[]>,
): Promise<RunbookHit[]> {
  if (found.size === 0) return [];
  const places = await db
    .selectFrom('runbook_sections as section')
    .innerJoin('runbooks as runbook', (join) =>
      join.onRef('runbook.workspace_id', '=', 'section.workspace_id').onRef('runbook.id', '=', 'section.runbook_id'),
    )
    .where('section.workspace_id', '=', workspace)
    .where(sql<boolean>`section.id = ANY(${[...found.keys()]}::uuid[])`)
    .select(['section.id', 'section.headings', 'section.anchor', 'section.page', 'section.place'])
    .select(['runbook.number', 'runbook.title', 'runbook.version', 'runbook.url', 'runbook.review_by'])
    .orderBy('runbook.number')
    .orderBy('section.place')
    .execute();
  return places.map(({ number, title, version, url, review_by, ...section }) => ({
    ...section,
    runbook: { number, title, version, url, reviewBy: review_by },
    hits: found.get(section.id) ?? [],
  }));
}

const toTermHit = ({ term, likeness, in_title, in_headings, in_keywords, body }: HitRow): TermHit => ({
  term,
  likeness,
  inTitle: in_title,
  inHeadings: in_headings,
  inKeywords: in_keywords,
  body: Number(body),
});
