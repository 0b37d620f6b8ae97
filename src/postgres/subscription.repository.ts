import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import { parametersHash } from '../core/audit/parameters-hash.ts';
import { nextDue } from '../core/delivery/schedule.ts';
import type { Subscription } from '../core/delivery/subscription.ts';
import { SeepassError } from '../errors.ts';
import type { Declarer } from '../pipeline/ports.ts';
import type { NewSubscription, SubscriptionStore } from '../pipeline/subscriptions.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import { sha256 } from './sha256.ts';
import type { Database } from './tables.ts';

const SYSTEM = { actor: 'system', role: 'system', channel: null } as const;

/** What channels asked for. Changes are serialised in a workspace, so that no two make the same one twice. */
export function createSubscriptionStore(db: Kysely<Database>, context: StoreContext): SubscriptionStore {
  const { workspace, clock, newId } = context;

  const changing = <T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T> =>
    db.transaction().execute(async (trx) => {
      await sql`SELECT pg_advisory_xact_lock(hashtextextended('seepass.subscriptions:' || ${workspace}::text, 0))`.execute(
        trx,
      );
      return work(trx);
    });

  const ours = (from: Kysely<Database>) =>
    from.selectFrom('subscriptions').selectAll().where('workspace_id', '=', workspace);

  const update = (trx: Kysely<Database>) => trx.updateTable('subscriptions').where('workspace_id', '=', workspace);

  const audit = (
    trx: Kysely<Database>,
    outcome: 'added' | 'changed' | 'ended' | 'paused' | 'resumed',
    { id, number, channel, paused, ...asked }: Subscription,
    by: Declarer | 'system',
  ) => {
    const { actor, role } = by === 'system' ? SYSTEM : by;
    const { kind, surfaces, severity, schedule, question, quiet, weeklyBudget } = asked;
    return insertAuditEntry(trx, context, {
      actor,
      actor_role: role,
      action: `subscription.${ACTIONS[outcome]}`,
      subject_type: 'subscription',
      subject_id: id,
      channel,
      outcome,
      details: {
        number,
        kind,
        surfaces: [...surfaces],
        severity,
        schedule: schedule === null ? null : { ...schedule, weekdays: [...schedule.weekdays] },
        // Its words stay out: the subscription has them.
        ...(question === null ? {} : parametersHash(question, sha256)),
        quiet: quiet === null ? null : { ...quiet },
        weekly_budget: weeklyBudget,
        paused: paused?.reason ?? null,
      },
    });
  };

  const advance: SubscriptionStore['advance'] = async (steps) => {
    const rows = steps.map(({ id, dueAt, nextDueAt }) => ({
      id,
      due_at: new Date(dueAt),
      next_due_at: toDate(nextDueAt),
    }));
    await sql`
      UPDATE subscriptions
      SET next_due_at = step.next_due_at, lease_owner = NULL, lease_until = NULL, tried_since = NULL
      FROM json_to_recordset(${JSON.stringify(rows)}::json)
        AS step (id uuid, due_at timestamptz, next_due_at timestamptz)
      WHERE subscriptions.workspace_id = ${workspace} AND subscriptions.id = step.id
        AND subscriptions.next_due_at = step.due_at`.execute(db);
  };

  return {
    add: (subscription, by) =>
      changing(async (trx) => {
        const now = new Date(clock());
        const known = await ours(trx)
          .where('ended_at', 'is', null)
          .where('kind', '=', subscription.kind)
          .where('channel', '=', subscription.channel)
          .where('surfaces', '=', sql<string[]>`${JSON.stringify(subscription.surfaces)}::jsonb`)
          .where('question', 'is not distinct from', subscription.question)
          .executeTakeFirst();
        const row = known
          ? await update(trx)
              .where('id', '=', known.id)
              .set({ ...toColumns(subscription), ...RUNNING })
              .returningAll()
              .executeTakeFirstOrThrow()
          : await trx
              .insertInto('subscriptions')
              .values({
                ...toColumns(subscription),
                workspace_id: workspace,
                id: newId(),
                number: await nextNumber(trx, workspace),
                created_by: by === 'system' ? by : by.actor,
                created_at: now,
              })
              .returningAll()
              .executeTakeFirstOrThrow();
        const stored = toSubscription(row);
        await audit(trx, known ? 'changed' : 'added', stored, by);
        return stored;
      }),

    async find(number) {
      const row = await ours(db).where('number', '=', number).where('ended_at', 'is', null).executeTakeFirst();
      return row && toSubscription(row);
    },

    async get(id) {
      const row = await ours(db).where('id', '=', id).executeTakeFirst();
      return row && toSubscription(row);
    },

    async list(channel) {
      const all = ours(db).where('ended_at', 'is', null).orderBy('number');
      const rows = await (channel === undefined ? all : all.where('channel', '=', channel)).execute();
      return rows.map(toSubscription);
    },

    end: (number, by) =>
      changing(async (trx) => {
        const row = await update(trx)
          .where('number', '=', number)
          .where('ended_at', 'is', null)
          .set({ ended_at: new Date(clock()), ended_by: by.actor, ...FREE })
          .returningAll()
          .executeTakeFirst();
        if (!row) throw new SeepassError('not_found', `There is no subscription #${number}, or not any more.`);
        const ended = toSubscription(row);
        await audit(trx, 'ended', ended, by);
        return ended;
      }),

    async everIn(channel) {
      const row = await ours(db).where('channel', '=', channel).limit(1).executeTakeFirst();
      return row !== undefined;
    },

    async claimDue(owner, leaseMs, limit) {
      const now = new Date(clock());
      const rows = await db
        .with('due', (with_) =>
          with_
            .selectFrom('subscriptions')
            .select('id')
            .where('workspace_id', '=', workspace)
            .where('ended_at', 'is', null)
            .where('paused_at', 'is', null)
            .where('next_due_at', '<=', now)
            .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
            .orderBy('next_due_at')
            .orderBy('id')
            .limit(limit)
            .forUpdate()
            .skipLocked(),
        )
        .updateTable('subscriptions')
        .from('due')
        .where('subscriptions.workspace_id', '=', workspace)
        .whereRef('subscriptions.id', '=', 'due.id')
        .set((eb) => ({
          lease_owner: owner,
          lease_until: new Date(now.getTime() + leaseMs),
          tried_since: eb.fn.coalesce('subscriptions.tried_since', eb.val(now)),
        }))
        .returningAll('subscriptions')
        .execute();
      return rows
        .map((row) => {
          const subscription = toSubscription(row);
          return {
            ...subscription,
            nextDueAt: subscription.nextDueAt ?? now.getTime(),
            triedSince: row.tried_since?.getTime() ?? now.getTime(),
          };
        })
        .sort((a, b) => a.nextDueAt - b.nextDueAt || a.number - b.number);
    },

    async defer(id, owner, dueAt, until) {
      await update(db)
        .where('id', '=', id)
        .where('lease_owner', '=', owner)
        .where('next_due_at', '=', new Date(dueAt))
        .set({ lease_until: new Date(until) })
        .execute();
    },

    advance,

    pause: (channel, reason) =>
      changing(async (trx) => {
        const rows = await update(trx)
          .where('channel', '=', channel)
          .where('ended_at', 'is', null)
          .where('paused_at', 'is', null)
          .set({ paused_at: new Date(clock()), paused_reason: reason, ...FREE })
          .returningAll()
          .execute();
        const paused = rows.map(toSubscription).sort((a, b) => a.number - b.number);
        for (const one of paused) await audit(trx, 'paused', one, 'system');
        return paused;
      }),

    resume: (channel, by) =>
      changing(async (trx) => {
        const rows = await ours(trx)
          .where('channel', '=', channel)
          .where('ended_at', 'is', null)
          .where('paused_at', 'is not', null)
          .orderBy('number')
          .execute();
        const resumed: Subscription[] = [];
        for (const { id, schedule } of rows) {
          const row = await update(trx)
            .where('id', '=', id)
            .set({ ...RUNNING, next_due_at: schedule === null ? null : new Date(nextDue(schedule, clock())) })
            .returningAll()
            .executeTakeFirstOrThrow();
          const one = toSubscription(row);
          await audit(trx, 'resumed', one, by);
          resumed.push(one);
        }
        return resumed;
      }),
  };
}

const ACTIONS = { added: 'add', changed: 'change', ended: 'end', paused: 'pause', resumed: 'resume' } as const;
const FREE = { lease_owner: null, lease_until: null, tried_since: null };
const RUNNING = { ...FREE, paused_at: null, paused_reason: null };

async function nextNumber(trx: Transaction<Database>, workspace: string): Promise<number> {
  const { last } = await trx
    .selectFrom('subscriptions')
    .select((eb) => eb.fn.max('number').as('last'))
    .where('workspace_id', '=', workspace)
    .executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}

const toDate = (at: number | null): Date | null => (at === null ? null : new Date(at));

const toColumns = ({ surfaces, schedule, quiet, weeklyBudget, nextDueAt, ...rest }: NewSubscription) => ({
  ...rest,
  surfaces: JSON.stringify(surfaces),
  schedule: schedule === null ? null : JSON.stringify(schedule),
  quiet: quiet === null ? null : JSON.stringify(quiet),
  weekly_budget: weeklyBudget,
  next_due_at: toDate(nextDueAt),
});

function toSubscription(row: Selectable<Database['subscriptions']>): Subscription {
  const { id, number, kind, channel, surfaces, severity, schedule, question, quiet } = row;
  return {
    id,
    number,
    kind,
    channel,
    surfaces,
    severity,
    schedule,
    question,
    quiet,
    weeklyBudget: row.weekly_budget,
    createdBy: row.created_by,
    createdAt: row.created_at.getTime(),
    paused: row.paused_at === null ? null : { reason: row.paused_reason ?? '', at: row.paused_at.getTime() },
    nextDueAt: row.next_due_at?.getTime() ?? null,
  };
}
