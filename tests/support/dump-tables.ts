import type { DatabaseHandle } from '../../src/postgres/database.ts';

/** Every row of every table after the table's name, a line each; bytes are hex digits, as a dump has them. */
export async function dumpTables({ pool }: DatabaseHandle): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
  );
  const rows: string[] = [];
  for (const { name } of tables)
    for (const { row } of (await pool.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} AS t`)).rows)
      rows.push(`${name} ${row}`);
  return rows.join('\n');
}
