import { type Kysely, type SqlBool, sql } from 'kysely';
import type { RunbookText, Section } from '../core/runbook/document.ts';
import { plainWords } from '../core/runbook/words.ts';
import type { Runbook, RunbookReaders } from '../pipeline/runbooks.ts';
import type { Database } from './tables.ts';

/**
 * The configuration that words are stored and looked for by, made by the migrations: English stems of every word, so
 * that "off" and "down" are found. Measured on tests/evals/runbooks, see docs/runbooks.md.
 */
export const DICTIONARY = sql.raw(`'runbook_english'::regconfig`);

/** Denied where a runbook names anybody, then allowed to those it names. @param runbooks the table's name in the query. */
export function mayRead(readers: RunbookReaders, runbooks = 'runbooks') {
  if (readers === 'operator') return sql<SqlBool>`true`;
  const channels = sql.ref(`${runbooks}.channels`);
  const groups = sql.ref(`${runbooks}.groups`);
  const forAll = readers.hasStrangers !== true;
  return sql<SqlBool>`(
    (${forAll}::boolean AND cardinality(${channels}) = 0 AND cardinality(${groups}) = 0)
    OR ${channels} && ${[...readers.channels]}::text[]
    OR ${groups} && ${[...readers.groups]}::text[]
  )`;
}

/** A section's words with where they stand: A the title, B headings, C keywords, D its own text. */
export function wordsOf({ title, keywords }: Pick<RunbookText, 'title' | 'keywords'>, { headings, text }: Section) {
  const part = (words: string, weight: 'A' | 'B' | 'C' | 'D') =>
    sql`setweight(to_tsvector(${DICTIONARY}, ${plainWords(words).join(' ')}), ${weight})`;
  return sql<string>`${part(title, 'A')} || ${part(headings.join(' '), 'B')} || ${part(keywords.join(' '), 'C')} || ${part(text, 'D')}`;
}

/** Runbooks with their current version, by number. */
export function selectRunbooks(db: Kysely<Database>, workspace: string) {
  return db
    .selectFrom('runbooks')
    .innerJoin('runbook_versions as current', (join) =>
      join
        .onRef('current.workspace_id', '=', 'runbooks.workspace_id')
        .onRef('current.runbook_id', '=', 'runbooks.id')
        .onRef('current.version', '=', 'runbooks.version'),
    )
    .where('runbooks.workspace_id', '=', workspace)
    .select([
      'runbooks.id',
      'runbooks.number',
      'runbooks.title',
      'runbooks.version',
      'runbooks.owner',
      'runbooks.url',
      'runbooks.review_by',
      'runbooks.reviewed',
      'runbooks.channels',
      'runbooks.groups',
      'current.file_name',
      'current.pages',
      'current.added_by',
      'current.added_at',
    ])
    .select(({ selectFrom }) =>
      selectFrom('runbook_sections')
        .whereRef('runbook_sections.workspace_id', '=', 'runbooks.workspace_id')
        .whereRef('runbook_sections.runbook_id', '=', 'runbooks.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('sections'),
    )
    .orderBy('runbooks.number');
}

type RunbookRow = Awaited<ReturnType<ReturnType<typeof selectRunbooks>['executeTakeFirstOrThrow']>>;

export function toRunbook(row: RunbookRow): Runbook {
  const { file_name, review_by, added_by, added_at, sections, ...same } = row;
  return {
    ...same,
    fileName: file_name,
    sections: Number(sections ?? 0),
    reviewBy: review_by,
    addedBy: added_by,
    addedAt: added_at.getTime(),
  };
}
