import { type Kysely, sql } from 'kysely';
import { subjectKey } from '../core/proposal/proposal.ts';
import type { AssessmentStore } from '../pipeline/acting.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** The latest assessment of each priority and incident. */
export function createAssessmentStore(db: Kysely<Database>, { workspace, clock }: StoreContext): AssessmentStore {
  return {
    async find(subject) {
      const row = await db
        .selectFrom('assessments')
        .select(['subject', 'facts_hash', 'assessment', 'written_at'])
        .where('workspace_id', '=', workspace)
        .where('subject_key', '=', subjectKey(subject))
        .executeTakeFirst();
      return (
        row && {
          subject: row.subject,
          factsHash: row.facts_hash,
          assessment: row.assessment,
          writtenAt: row.written_at.getTime(),
        }
      );
    },

    async put({ subject, factsHash, assessment }) {
      const written = {
        subject: JSON.stringify(subject),
        facts_hash: factsHash,
        assessment: JSON.stringify(assessment),
        written_at: new Date(clock()),
      };
      const stored = await db
        .insertInto('assessments')
        .values({ workspace_id: workspace, subject_key: subjectKey(subject), ...written })
        .onConflict((conflict) =>
          conflict
            .columns(['workspace_id', 'subject_key'])
            .doUpdateSet(written)
            // Whoever read an earlier edition and was slow must not take back a later one.
            .where((where) =>
              where(sql<number>`(assessments.assessment ->> 'edition')::integer`, '<=', assessment.edition),
            ),
        )
        .returning('subject_key')
        .executeTakeFirst();
      return stored !== undefined;
    },
  };
}

/** Takes what assessments cite of a runbook out of them, with its words, in the caller's transaction. */
export async function forgetCitations(trx: Kysely<Database>, workspace: string, runbook: number): Promise<void> {
  const named = JSON.stringify([{ runbook: { number: runbook } }]);
  await sql`UPDATE assessments SET assessment = jsonb_set(assessment, '{runbooks}', (
      SELECT coalesce(jsonb_agg(citation ORDER BY place), '[]'::jsonb)
      FROM jsonb_array_elements(assessment -> 'runbooks') WITH ORDINALITY AS cited (citation, place)
      WHERE citation -> 'runbook' -> 'number' <> to_jsonb(${runbook}::integer)))
    WHERE workspace_id = ${workspace} AND assessment -> 'runbooks' @> ${named}::jsonb`.execute(trx);
}
