import type { Kysely } from 'kysely';
import { ConflictError } from '../errors.ts';
import type { JobStore } from '../pipeline/ports.ts';
import type { StoreContext } from './context.ts';
import type { Database } from './tables.ts';

/** Runs of scheduled jobs: a row a tick, leased to the process that runs it. */
export function createJobStore(db: Kysely<Database>, { workspace, clock }: StoreContext): JobStore {
  const running = (job: string, scheduledFor: number, owner: string) =>
    db
      .updateTable('job_runs')
      .where('workspace_id', '=', workspace)
      .where('job', '=', job)
      .where('scheduled_for', '=', new Date(scheduledFor))
      .where('status', '=', 'running')
      .where('owner', '=', owner);

  return {
    /** A tick that failed, or whose lease ran out, may be claimed again. */
    async claim(job, scheduledFor, owner, leaseMs) {
      const now = clock();
      const claim = { owner, lease_until: new Date(now + leaseMs), started_at: new Date(now) };
      const claimed = await db
        .insertInto('job_runs')
        .values({ workspace_id: workspace, job, scheduled_for: new Date(scheduledFor), status: 'running', ...claim })
        .onConflict((conflict) =>
          conflict
            .columns(['workspace_id', 'job', 'scheduled_for'])
            .doUpdateSet((eb) => ({
              ...claim,
              status: 'running',
              attempts: eb('job_runs.attempts', '+', 1),
              finished_at: null,
              error: null,
            }))
            .where((eb) =>
              eb.or([
                eb('job_runs.status', '=', 'failed'),
                eb.and([eb('job_runs.status', '=', 'running'), eb('job_runs.lease_until', '<=', new Date(now))]),
              ]),
            ),
        )
        .returning('owner')
        .executeTakeFirst();
      return claimed !== undefined;
    },

    async extend(job, scheduledFor, owner, leaseMs) {
      const extended = await running(job, scheduledFor, owner)
        .set({ lease_until: new Date(clock() + leaseMs) })
        .returning('owner')
        .executeTakeFirst();
      if (!extended) throw takenOver(job, scheduledFor, owner);
    },

    async finish(job, scheduledFor, owner, error) {
      const finished = await running(job, scheduledFor, owner)
        .set({ status: error === null ? 'done' : 'failed', error, finished_at: new Date(clock()) })
        .returning('owner')
        .executeTakeFirst();
      if (!finished) throw takenOver(job, scheduledFor, owner);
    },

    async release(job, scheduledFor, owner) {
      await db
        .deleteFrom('job_runs')
        .where('workspace_id', '=', workspace)
        .where('job', '=', job)
        .where('scheduled_for', '=', new Date(scheduledFor))
        .where('status', '=', 'running')
        .where('owner', '=', owner)
        .execute();
    },

    async holder(job, scheduledFor) {
      const row = await db
        .selectFrom('job_runs')
        .select(['owner', 'started_at'])
        .where('workspace_id', '=', workspace)
        .where('job', '=', job)
        .where('scheduled_for', '=', new Date(scheduledFor))
        .where('status', '=', 'running')
        .where('lease_until', '>', new Date(clock()))
        .executeTakeFirst();
      return row && { owner: row.owner, since: row.started_at.getTime() };
    },

    async lastDone(job) {
      const row = await db
        .selectFrom('job_runs')
        .select((eb) => eb.fn.max('scheduled_for').as('last'))
        .where('workspace_id', '=', workspace)
        .where('job', '=', job)
        .where('status', '=', 'done')
        .executeTakeFirst();
      return row?.last?.getTime();
    },
  };
}

function takenOver(job: string, scheduledFor: number, owner: string): ConflictError {
  return new ConflictError(
    `The ${job} job of ${new Date(scheduledFor).toISOString()} is no longer leased to ${owner}: another process took it over.`,
  );
}
