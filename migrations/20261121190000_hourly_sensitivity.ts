import { type Kysely, sql } from 'kysely';

/** Hourly findings by setting of the knob: each setting has episodes of its own. What was found before was `normal`. */
export async function up(db: Kysely<never>): Promise<void> {
  const statements = [
    "ALTER TABLE hourly_findings ADD COLUMN sensitivity text NOT NULL DEFAULT 'normal'",
    'ALTER TABLE hourly_findings DROP CONSTRAINT hourly_findings_pkey',
    'ALTER TABLE hourly_findings ADD PRIMARY KEY (workspace_id, hour, surface, metric, sensitivity)',
    'ALTER TABLE hourly_findings ALTER COLUMN sensitivity DROP DEFAULT',
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}
