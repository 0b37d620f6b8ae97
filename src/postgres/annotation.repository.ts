import type { Kysely } from 'kysely';
import type { AnnotationStore } from '../pipeline/annotations.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** A mark that is set again within this time, or of the very same moment, is a double press. */
const SAME_MS = 60_000;

/** Marks that people set in time. */
export function createAnnotationStore(db: Kysely<Database>, context: StoreContext): AnnotationStore {
  const { workspace, newId, clock } = context;
  return {
    add: ({ kind, at, surface_pattern, text }, by) =>
      db.transaction().execute(async (trx) => {
        const known = await trx
          .selectFrom('annotations')
          .select('id')
          .where('workspace_id', '=', workspace)
          .where('created_by', '=', by.actor)
          .where((eb) => eb.or([eb('created_at', '>', new Date(clock() - SAME_MS)), eb('at', '=', new Date(at))]))
          .where('surface_pattern', 'is not distinct from', surface_pattern)
          .where('text', '=', text)
          .executeTakeFirst();
        if (known) return { id: known.id, kind, at, surface_pattern, text };
        const id = newId();
        const said = { kind, at: new Date(at), surface_pattern, text };
        await trx
          .insertInto('annotations')
          .values({ ...said, workspace_id: workspace, id, created_by: by.actor, created_at: new Date(clock()) })
          .execute();
        await insertAuditEntry(trx, context, {
          actor: by.actor,
          actor_role: by.role,
          action: 'annotation.add',
          subject_type: 'annotation',
          subject_id: id,
          channel: by.channel,
          outcome: 'stored',
          details: { kind, at: new Date(at).toISOString(), surface_pattern },
        });
        return { id, kind, at, surface_pattern, text };
      }),
  };
}
