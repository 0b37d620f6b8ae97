import { type Kysely, sql } from 'kysely';

/** How far a notice to an owner has come, so that whoever could not be told is followed by whoever can. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql.raw('ALTER TABLE owner_notices ADD COLUMN rung integer NOT NULL DEFAULT 0').execute(db);
  await sql.raw('UPDATE owner_notices SET rung = 1 WHERE escalated_at IS NOT NULL').execute(db);
  await sql.raw('DROP INDEX owner_notices_waiting').execute(db);
  await sql
    .raw(`CREATE INDEX owner_notices_waiting ON owner_notices (workspace_id, escalate_at)
    WHERE acknowledged_at IS NULL AND rung = 0`)
    .execute(db);
}
