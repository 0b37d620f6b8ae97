import { type Kysely, sql } from 'kysely';
import type { RunbookHit, TermHit } from '../core/runbook/fuse.ts';
import type { SearchTerm } from '../core/runbook/search-terms.ts';
import type { RunbookHits, RunbookReaders } from '../pipeline/runbooks.ts';
import { DICTIONARY, mayRead } from './runbook-rows.ts';
import type { Database } from './tables.ts';

/** Another way of putting a term counts for a little less than the term itself. */
const OTHER_WORDS = 0.85;
/** Words under this length are spelled like too many others. */
const SHORTEST_MISSPELT = 5;
/** Trigrams in common, 0-1: "chekout" and "checkout" have 0.55, "import" and "report" 0.27. At 0.4 others are taken for them. */
const LIKE_ENOUGH = 0.45;

interface HitRow {
  id: string;
  term: number;
  likeness: number;
  in_title: boolean;
  in_headings: boolean;
  in_keywords: boolean;
  body: number;
}

/** Sections that hold at least one term, by PostgreSQL's full text; a term nobody wrote is looked for by its trigrams. */
export async function searchSections(
  db: Kysely<Database>,
  workspace: string,
  terms: readonly SearchTerm[],
  readers: RunbookReaders,
): Promise<RunbookHits> {
  const { rows: counted } = await sql<{ sections: number }>`
    SELECT count(*)::int AS sections FROM ${readable(workspace, readers)}`.execute(db);
  const sections = counted[0]?.sections ?? 0;
  if (sections === 0 || terms.length === 0) return { hits: [], sections };
  const spelled = await findSpelled(db, workspace, terms, readers);
  const known = new Set(spelled.map(({ term }) => term));
  const unknown = terms
    .map(({ text }, term) => ({ term, text }))
    .filter(({ term, text }) => !known.has(term) && !text.includes(' ') && text.length >= SHORTEST_MISSPELT);
  const alike = unknown.length === 0 ? [] : await findAlike(db, workspace, unknown, readers);
  return { hits: await withPlaces(db, workspace, [...spelled, ...alike]), sections };
}

const readable = (workspace: string, readers: RunbookReaders) => sql`runbook_sections
  JOIN runbooks ON runbooks.workspace_id = runbook_sections.workspace_id AND runbooks.id = runbook_sections.runbook_id
    AND runbooks.workspace_id = ${workspace} AND ${mayRead(readers)}`;

async function findSpelled(
  db: Kysely<Database>,
  workspace: string,
  terms: readonly SearchTerm[],
  readers: RunbookReaders,
): Promise<HitRow[]> {
  const ways = terms.flatMap(({ text, alternatives }, term) =>
    alternatives.map((words) => ({ term, words, likeness: words === text ? 1 : OTHER_WORDS })),
  );
  const { rows } = await sql<HitRow>`
    SELECT runbook_sections.id, way.term, way.likeness,
      ts_rank('{0,0,0,1}', runbook_sections.words, way.query) > 0 AS in_title,
      ts_rank('{0,0,1,0}', runbook_sections.words, way.query) > 0 AS in_headings,
      ts_rank('{0,1,0,0}', runbook_sections.words, way.query) > 0 AS in_keywords,
      ts_rank('{1,0,0,0}', runbook_sections.words, way.query) AS body
    FROM (
      SELECT term, likeness, phraseto_tsquery(${DICTIONARY}, words) AS query
      FROM jsonb_to_recordset(${JSON.stringify(ways)}::jsonb) AS way(term int, words text, likeness float8)
    ) AS way CROSS JOIN ${readable(workspace, readers)}
    WHERE runbook_sections.words @@ way.query`.execute(db);
  return rows;
}

/** What was misspelt: words of a section that share enough trigrams. Nothing where the server has no pg_trgm. */
async function findAlike(
  db: Kysely<Database>,
  workspace: string,
  unknown: readonly { term: number; text: string }[],
  readers: RunbookReaders,
): Promise<HitRow[]> {
  const { rows: has } = await sql<{ trigrams: boolean }>`
    SELECT to_regprocedure('strict_word_similarity(text, text)') IS NOT NULL AS trigrams`.execute(db);
  if (!has[0]?.trigrams) return [];
  const { rows } = await sql<HitRow>`
    SELECT id, term, greatest(of_title, of_headings, of_body)::float8 AS likeness,
      of_title >= ${LIKE_ENOUGH} AS in_title, of_headings >= ${LIKE_ENOUGH} AS in_headings, false AS in_keywords,
      CASE WHEN of_body >= ${LIKE_ENOUGH} THEN 0.05::float8 ELSE 0 END AS body
    FROM (
      SELECT runbook_sections.id, misspelt.term,
        strict_word_similarity(misspelt.text, runbooks.title) AS of_title,
        strict_word_similarity(misspelt.text, runbook_sections.headings::text) AS of_headings,
        strict_word_similarity(misspelt.text, runbook_sections.body) AS of_body
      FROM jsonb_to_recordset(${JSON.stringify(unknown)}::jsonb) AS misspelt(term int, text text)
        CROSS JOIN ${readable(workspace, readers)}
    ) AS likenesses
    WHERE greatest(of_title, of_headings, of_body) >= ${LIKE_ENOUGH}`.execute(db);
  return rows;
}

async function withPlaces(db: Kysely<Database>, workspace: string, rows: readonly HitRow[]): Promise<RunbookHit[]> {
  const byId = new Map<string, HitRow[]>();
  for (const row of rows) byId.set(row.id, [...(byId.get(row.id) ?? []), row]);
  if (byId.size === 0) return [];
  const places = await db
    .selectFrom('runbook_sections as section')
    .innerJoin('runbooks as runbook', (join) =>
      join.onRef('runbook.workspace_id', '=', 'section.workspace_id').onRef('runbook.id', '=', 'section.runbook_id'),
    )
    .where('section.workspace_id', '=', workspace)
    .where(sql<boolean>`section.id = ANY(${[...byId.keys()]}::uuid[])`)
    .select(['section.id', 'section.headings', 'section.anchor', 'section.page', 'section.place'])
    .select(['runbook.number', 'runbook.title', 'runbook.version', 'runbook.url', 'runbook.review_by'])
    .orderBy('runbook.number')
    .orderBy('section.place')
    .execute();
  return places.map(({ number, title, version, url, review_by, ...section }) => ({
    ...section,
    runbook: { number, title, version, url, reviewBy: review_by },
    hits: (byId.get(section.id) ?? []).map(toTermHit),
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
