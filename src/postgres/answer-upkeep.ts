import type { Kysely } from 'kysely';
import type { AnswerUpkeep } from '../pipeline/answers.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

export function createAnswerUpkeep(
  db: Kysely<Database>,
  { workspace, clock }: Pick<StoreContext, 'workspace' | 'clock'>,
): AnswerUpkeep {
  return {
    async prune(before) {
      const moment = new Date(before);
      const gone = await Promise.all([
        db.deleteFrom('answer_receipts').where('workspace_id', '=', workspace).where('asked_at', '<', moment).execute(),
        db.deleteFrom('metric_gaps').where('workspace_id', '=', workspace).where('asked_at', '<', moment).execute(),
        db.deleteFrom('runbook_gaps').where('workspace_id', '=', workspace).where('asked_at', '<', moment).execute(),
        db
          .deleteFrom('answer_threads')
          .where('workspace_id', '=', workspace)
          .where('expires_at', '<=', new Date(clock()))
          .execute(),
      ]);
      return gone.flat().reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0);
    },
  };
}
