import { type Kysely, sql } from 'kysely';

/** What a section means, as an embedding: for those who set up a provider. Compared by pgvector where the server has it. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  // A server may not have it, or refuse extensions to this role: then embeddings are compared number by number.
  `DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS vector;
  EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'pgvector is not to be had: %', SQLERRM;
  END $$`,
  // Plain numbers, so that a server without pgvector holds the same. Empty where the provider refused the text.
  `ALTER TABLE runbook_sections
    ADD COLUMN embedding real[],
    ADD COLUMN embedding_model text,
    ADD CHECK ((embedding IS NULL) = (embedding_model IS NULL))`,
  // Numbers of this kind do not get smaller: unpacking them would be all that is left of trying.
  'ALTER TABLE runbook_sections ALTER COLUMN embedding SET STORAGE EXTERNAL',
];
