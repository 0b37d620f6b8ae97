import { type Kysely, sql } from 'kysely';

/** Assessments cite runbooks without their words, which are read when one is shown. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql
    .raw(`UPDATE assessments SET assessment = jsonb_set(assessment, '{runbooks}', (
    SELECT coalesce(jsonb_agg(citation || '{"excerpt": ""}'::jsonb ORDER BY place), '[]'::jsonb)
    FROM jsonb_array_elements(assessment -> 'runbooks') WITH ORDINALITY AS cited (citation, place)))
    WHERE jsonb_typeof(assessment -> 'runbooks') = 'array'`)
    .execute(db);
}
