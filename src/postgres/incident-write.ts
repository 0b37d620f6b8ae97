import { sql, type Transaction } from 'kysely';
import type { IncidentChange } from '../core/incident/change.ts';
import type { Incident } from '../core/incident/incident.ts';
import type { Declarer } from '../pipeline/ports.ts';
import { insertAuditEntry } from './audit.repository.ts';
import { bulkInsert } from './bulk-insert.ts';
import type { StoreContext } from './context.ts';
import { writeMembers } from './incident-members.ts';
import { toIncidentRow } from './incident-rows.ts';
import type { Database } from './tables.ts';

/** Somebody else was first: the transaction is rolled back. */
export class StaleIncidents extends Error {}

/**
 * Writes changes as the only writer of this workspace's incidents, so that numbers follow each other and two live
 * incidents never tell of the same thing.
 * @throws StaleIncidents
 */
export async function writeIncidents(
  trx: Transaction<Database>,
  context: StoreContext,
  changes: readonly IncidentChange[],
  by: Declarer | 'system',
): Promise<Incident[]> {
  if (changes.length === 0) return [];
  await lockIncidents(trx, context);
  const stored = await numbered(trx, context, changes);
  for (const { from, incident } of stored) await writeOne(trx, context, from, incident);
  await writeMembers(trx, context, stored);
  await refuseDoubles(trx, context, stored);
  await addEntries(trx, context, stored);
  for (const change of stored) await audit(trx, context, change, by);
  return stored.map(({ incident }) => incident);
}

export async function lockIncidents(trx: Transaction<Database>, { workspace }: StoreContext): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('seepass.incidents:' || ${workspace}::text, 0))`.execute(trx);
}

async function numbered(
  trx: Transaction<Database>,
  { workspace }: StoreContext,
  changes: readonly IncidentChange[],
): Promise<readonly IncidentChange[]> {
  if (changes.every(({ from }) => from !== null)) return changes;
  const { last } = await trx
    .selectFrom('incidents')
    .select(({ fn }) => fn.max<number | null>('number').as('last'))
    .where('workspace_id', '=', workspace)
    .executeTakeFirstOrThrow();
  let next = last ?? 0;
  return changes.map((change) =>
    change.from === null ? { ...change, incident: { ...change.incident, number: ++next } } : change,
  );
}

async function writeOne(
  trx: Transaction<Database>,
  { workspace }: StoreContext,
  from: number | null,
  incident: Incident,
): Promise<void> {
  const row = toIncidentRow(incident);
  if (from === null) {
    await trx
      .insertInto('incidents')
      .values({ workspace_id: workspace, id: incident.id, ...row })
      .execute();
    return;
  }
  const { numUpdatedRows } = await trx
    .updateTable('incidents')
    .set(row)
    .where('workspace_id', '=', workspace)
    .where('id', '=', incident.id)
    .where('revision', '=', from)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new StaleIncidents();
}

async function refuseDoubles(
  trx: Transaction<Database>,
  { workspace }: StoreContext,
  changes: readonly IncidentChange[],
): Promise<void> {
  const { rows } = await sql`
    SELECT 1 FROM incident_members own
    JOIN incidents live ON live.workspace_id = own.workspace_id AND live.id = own.incident_id
      AND live.state IN ('open', 'acknowledged', 'recovering')
    WHERE own.workspace_id = ${workspace}
    GROUP BY own.surface, own.metric
    HAVING count(*) > 1 AND bool_or(own.incident_id = ANY(${changes.map(({ incident }) => incident.id)}::uuid[]))
    LIMIT 1`.execute(trx);
  if (rows.length > 0) throw new StaleIncidents();
}

async function addEntries(
  trx: Transaction<Database>,
  { workspace }: StoreContext,
  changes: readonly IncidentChange[],
): Promise<void> {
  const told = changes.filter(({ entries }) => entries.length > 0);
  if (told.length === 0) return;
  const last = await trx
    .selectFrom('incident_entries')
    .select(['incident_id', ({ fn }) => fn.max<number>('sequence').as('sequence')])
    .where('workspace_id', '=', workspace)
    .where(
      'incident_id',
      'in',
      told.map(({ incident }) => incident.id),
    )
    .groupBy('incident_id')
    .execute();
  const sequences = new Map(last.map(({ incident_id, sequence }) => [incident_id, sequence]));
  const rows = told.flatMap(({ incident, entries }) =>
    entries.map(({ at, ...entry }, index) => ({
      workspace_id: workspace,
      incident_id: incident.id,
      sequence: (sequences.get(incident.id) ?? 0) + index + 1,
      at: new Date(at),
      ...entry,
    })),
  );
  await bulkInsert(trx, 'incident_entries', rows);
}

async function audit(
  trx: Transaction<Database>,
  context: StoreContext,
  { from, incident, entries }: IncidentChange,
  by: Declarer | 'system',
): Promise<void> {
  const last = entries.at(-1);
  if (last === undefined) return;
  const who =
    by === 'system'
      ? ({ actor: 'system', actor_role: 'system', channel: null } as const)
      : { actor: by.actor, actor_role: by.role, channel: by.channel };
  await insertAuditEntry(trx, context, {
    ...who,
    action: `incident.${last.kind}`,
    subject_type: 'incident',
    subject_id: incident.id,
    outcome: incident.state,
    details: {
      number: incident.number,
      from,
      revision: incident.revision,
      severity: incident.severity,
      did: entries.map(({ kind }) => kind),
      ...(last.details.note === undefined ? {} : { note: last.details.note }),
    },
  });
}
