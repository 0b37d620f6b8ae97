/** The members of incidents as they are written. */
import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from 'kysely';
import type { IncidentChange } from '../core/incident/change.ts';
import type { IncidentMember } from '../core/incident/incident.ts';
import { bulkInsert } from './bulk-insert.ts';
import type { StoreContext } from './context.ts';
import { toMember, toMemberRows } from './incident-rows.ts';
import type { Database } from './tables.ts';

/** Most changes leave the members as they are: their rows are not written anew then. */
export async function writeMembers(
  trx: Transaction<Database>,
  context: StoreContext,
  changes: readonly IncidentChange[],
): Promise<void> {
  const { workspace } = context;
  const before = await readMembers(trx, context, changes);
  const moved = changes
    .map(({ incident }) => incident)
    .filter(({ id, members }) => !isDeepStrictEqual(before.get(id) ?? [], members));
  const replaced = moved.map(({ id }) => id).filter((id) => before.has(id));
  if (replaced.length > 0)
    await trx
      .deleteFrom('incident_members')
      .where('workspace_id', '=', workspace)
      .where('incident_id', 'in', replaced)
      .execute();
  await bulkInsert(
    trx,
    'incident_members',
    moved.flatMap((incident) => toMemberRows(workspace, incident)),
  );
}

/** By incident, in their order. */
async function readMembers(
  trx: Transaction<Database>,
  { workspace }: StoreContext,
  changes: readonly IncidentChange[],
): Promise<Map<string, IncidentMember[]>> {
  const members = new Map<string, IncidentMember[]>();
  const ids = changes.flatMap(({ from, incident }) => (from === null ? [] : [incident.id]));
  if (ids.length === 0) return members;
  const rows = await trx
    .selectFrom('incident_members')
    .selectAll()
    .where('workspace_id', '=', workspace)
    .where('incident_id', 'in', ids)
    .orderBy('incident_id')
    .orderBy('place')
    .execute();
  for (const row of rows) members.set(row.incident_id, [...(members.get(row.incident_id) ?? []), toMember(row)]);
  return members;
}
