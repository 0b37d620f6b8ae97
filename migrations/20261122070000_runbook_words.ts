import { type Kysely, sql } from 'kysely';

/**
 * Runbooks are searched by every word: English stems as before, but "off", "down" and "over" are words like others.
 * Without them "take over" found whatever can be taken, and "no data" all data.
 */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  'CREATE TEXT SEARCH DICTIONARY every_english_word (TEMPLATE = snowball, Language = english)',
  'CREATE TEXT SEARCH CONFIGURATION runbook_english (COPY = pg_catalog.english)',
  `ALTER TEXT SEARCH CONFIGURATION runbook_english
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH every_english_word`,
  // Keywords stand nowhere else; they are kept as they are.
  `UPDATE runbook_sections SET words =
    setweight(to_tsvector('runbook_english', regexp_replace(lower(runbooks.title), '[^[:alnum:]]+', ' ', 'g')), 'A')
    || setweight(to_tsvector('runbook_english', regexp_replace(lower(
        (SELECT string_agg(heading, ' ') FROM jsonb_array_elements_text(runbook_sections.headings) AS heading)
      ), '[^[:alnum:]]+', ' ', 'g')), 'B')
    || ts_filter(runbook_sections.words, '{c}')
    || setweight(to_tsvector('runbook_english', regexp_replace(lower(runbook_sections.body), '[^[:alnum:]]+', ' ', 'g')), 'D')
    FROM runbooks
    WHERE runbooks.workspace_id = runbook_sections.workspace_id AND runbooks.id = runbook_sections.runbook_id`,
];
