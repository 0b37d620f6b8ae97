import { type Kysely, sql } from 'kysely';
import type { RunbookText } from '../core/runbook/document.ts';
import { SeepassError } from '../errors.ts';
import type { Declarer } from '../pipeline/declarer.ts';
import type { Runbook, RunbookStore } from '../pipeline/runbooks.ts';
import { forgetCitations } from './assessment.repository.ts';
import { insertAuditEntry } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import { mayRead, selectRunbooks, toRunbook } from './runbook-rows.ts';
import { findAlike, searchSections } from './runbook-search.ts';
import { readSection } from './runbook-section.ts';
import { writeVersion } from './runbook-write.ts';
import type { Database } from './tables.ts';

export function createRunbookStore(db: Kysely<Database>, context: StoreContext): RunbookStore {
  const { workspace, newId } = context;

  const audit = (trx: Kysely<Database>, action: 'add' | 'update' | 'remove', runbook: Runbook, by: Declarer) =>
    insertAuditEntry(trx, context, {
      actor: by.actor,
      actor_role: by.role,
      action: `runbook.${action}`,
      subject_type: 'runbook',
      subject_id: runbook.id,
      channel: by.channel,
      outcome: action === 'remove' ? 'deleted' : 'stored',
      details: { number: runbook.number, title: runbook.title, version: runbook.version, sections: runbook.sections },
    });

  const get = async (trx: Kysely<Database>, id: string): Promise<Runbook> =>
    toRunbook(await selectRunbooks(trx, workspace).where('runbooks.id', '=', id).executeTakeFirstOrThrow());

  return {
    add: (document: RunbookText, by) =>
      db.transaction().execute(async (trx) => {
        // One at a time, so that two uploads of one file are two versions, or one.
        await sql`SELECT pg_advisory_xact_lock(hashtextextended('seepass.runbooks:' || ${workspace}::text, 0))`.execute(
          trx,
        );
        const same = await selectRunbooks(trx, workspace)
          .where('current.content_hash', '=', document.contentHash)
          .executeTakeFirst();
        if (same) return { runbook: toRunbook(same), outcome: 'same' };
        const { id, version } = await writeVersion(trx, context, document, by.actor);
        const runbook = await get(trx, id);
        // What assessments quote was for everybody.
        if (runbook.channels.length + runbook.groups.length > 0) await forgetCitations(trx, workspace, runbook.number);
        await audit(trx, version === 1 ? 'add' : 'update', runbook, by);
        return { runbook, outcome: version === 1 ? 'added' : 'new_version' };
      }),

    async list(readers) {
      const rows = await selectRunbooks(db, workspace).where(mayRead(readers)).execute();
      return rows.map(toRunbook);
    },

    remove: (number, by) =>
      db.transaction().execute(async (trx) => {
        const row = await selectRunbooks(trx, workspace).where('runbooks.number', '=', number).executeTakeFirst();
        const runbook = row && toRunbook(row);
        // The loser of two removals waits for the winner's and finds nothing.
        const { numDeletedRows } = await trx
          .deleteFrom('runbooks')
          .where('workspace_id', '=', workspace)
          .where('number', '=', number)
          .executeTakeFirstOrThrow();
        if (runbook === undefined || numDeletedRows === 0n)
          throw new SeepassError('not_found', `There is no runbook ${number}.`, {
            fix: 'See which there are with `docs list`.',
          });
        for (const table of ['runbook_sections', 'runbook_versions'] as const)
          await trx
            .deleteFrom(table)
            .where('workspace_id', '=', workspace)
            .where('runbook_id', '=', runbook.id)
            .execute();
        await forgetCitations(trx, workspace, number);
        await audit(trx, 'remove', runbook, by);
        return runbook;
      }),

    search: (terms, readers) => searchSections(db, workspace, terms, readers),

    namesLike: (words, readers) => findAlike(db, workspace, words, readers),

    async readTexts(ids) {
      const rows = await db
        .selectFrom('runbook_sections')
        .where('workspace_id', '=', workspace)
        .where(sql<boolean>`id = ANY(${[...ids]}::uuid[])`)
        .select(['id', 'body'])
        .execute();
      return new Map(rows.map(({ id, body }) => [id, body]));
    },

    readSection: (at, readers) => readSection(db, workspace, at, readers),

    async audiences() {
      const rows = await db
        .selectFrom('runbooks')
        .where('workspace_id', '=', workspace)
        .select(['channels', 'groups'])
        .execute();
      const every = (part: 'channels' | 'groups') => [...new Set(rows.flatMap((row) => row[part]))].sort();
      return { channels: every('channels'), groups: every('groups') };
    },

    async noteGap({ about, at }) {
      await db
        .insertInto('runbook_gaps')
        .values({ workspace_id: workspace, id: newId(), about, asked_at: new Date(at) })
        .execute();
    },

    async listGaps({ since, limit, about: one }) {
      const rows = await db
        .selectFrom('runbook_gaps')
        .where('workspace_id', '=', workspace)
        .where('asked_at', '>=', new Date(since))
        .$if(one !== undefined, (query) => query.where('about', '=', one ?? ''))
        .select(({ fn }) => ['about', fn.countAll<number>().as('asked'), fn.max('asked_at').as('last')])
        .groupBy('about')
        .orderBy('asked', 'desc')
        .orderBy('about')
        .limit(limit)
        .execute();
      return rows.map(({ about, asked, last }) => ({ about, asked: Number(asked), lastAskedAt: last.getTime() }));
    },
  };
}
