import { hash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { beforeEach, expect, it } from 'vitest';
import { exportAudit } from '../../src/pipeline/audit/export-audit.ts';
import { dropOldAudit, sealAudit } from '../../src/pipeline/audit/seal-audit.ts';
import { verifyAudit } from '../../src/pipeline/audit/verify-audit.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import { insertAuditEntry } from '../../src/postgres/audit.repository.ts';
import { type DatabaseHandle, openDatabase } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import type { Database } from '../../src/postgres/tables.ts';
import { verifyFile } from '../core/audit/chain-made-up.ts';
import { describeOnEveryDatabase, describeOnServer } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { createStoreContext } from '../support/store-context.ts';

const DAY = 86_400_000;
const sha256 = (text: string): string => hash('sha256', text, 'hex');
const entry = (action: string, subject_id = 'x') => ({
  ...({ actor: 'U_MAYA', actor_role: 'admin', action, subject_type: 'setting', subject_id } as const),
  ...{ channel: null, outcome: 'done', details: { half: 0.5, words: 'ä "quoted" \u2028' } },
});

describeOnEveryDatabase('the chain of the audit', (open) => {
  let handle: DatabaseHandle;
  let stores: Stores;
  let context: ReturnType<typeof createStoreContext>;
  beforeEach(async () => {
    handle = await open();
    context = createStoreContext();
    stores = createStores(handle, context);
  });

  const verify = (known: string | null = null) => verifyAudit(stores, { workspace: 'local', sha256, known });
  const seal = () => sealAudit(stores, silentLog);
  const append = async (...actions: string[]): Promise<void> => {
    for (const action of actions) await stores.audit.append(entry(action));
  };
  /** As somebody who owns the database and turns its triggers off. */
  const tamper = (statement: string): Promise<void> =>
    handle.kysely.transaction().execute(async (trx) => {
      await sql`SELECT set_config('session_replication_role', 'replica', true)`.execute(trx);
      await sql.raw(statement).execute(trx);
    });
  const exported = async (after = 0): Promise<string[]> => {
    const lines: string[] = [];
    await exportAudit(stores, {
      ...{ workspace: 'local', after, sha256, clock: context.clock },
      write: async (line) => void lines.push(line),
    });
    return lines;
  };

  it('seals what there is in a segment for each class, and nothing twice', async () => {
    await append('setting.change', 'question.ask', 'setting.change', 'accounts.view');
    expect(await verify()).toMatchObject({ sound: true, segments: 0, unsealed: 4 });
    expect(await seal()).toEqual({ segments: 3, entries: 4 });
    expect(await seal()).toEqual({ segments: 0, entries: 0 });
    expect(await verify()).toMatchObject({ sound: true, segments: 3, entries: 4, unsealed: 0, dropped: 0 });
  });

  it('seals an entry of an earlier time that is committed after others were sealed', async () => {
    const other = await openDatabase(handle.join, { log: silentLog });
    const late = createStoreContext();
    await append('setting.change');
    context.advance(60_000);
    await append('setting.change');
    await seal();
    await other.kysely.transaction().execute((trx) => insertAuditEntry(trx, late, entry('setting.change', 'late')));
    await other.close();
    expect(await seal()).toEqual({ segments: 1, entries: 1 });
    expect(await verify()).toMatchObject({ sound: true, entries: 3, unsealed: 0 });
  });

  it('holds every entry exactly once while many write, some take back, and several seal', async () => {
    const others = await Promise.all([1, 2, 3].map(() => openDatabase(handle.join, { log: silentLog })));
    const processes = [handle, ...others].map((each) => ({ db: each.kysely, stores: createStores(each, context) }));
    const write = async (db: Kysely<Database>, process: number): Promise<void> => {
      for (let number = 0; number < 25; number += 1) {
        const action = ['question.ask', 'setting.change', 'proposal.approve'][number % 3] ?? '';
        await db
          .transaction()
          .execute(async (trx) => {
            await insertAuditEntry(trx, context, entry(action, `${process}:${number}`));
            if (number % 5 === 4) throw new RangeError('taken back');
          })
          .catch((error: unknown) => {
            if (!(error instanceof RangeError)) throw error;
          });
      }
    };
    await Promise.all(
      processes.flatMap(({ db, stores: own }, index) => [
        write(db, index),
        (async () => {
          for (let turn = 0; turn < 6; turn += 1) await own.auditChain.seal(7);
        })(),
      ]),
    );
    await seal();
    await Promise.all(others.map((other) => other.close()));
    const { rows } = await sql<{ subject_id: string; sequence: number }>`
      SELECT subject_id, sequence FROM audit_entries ORDER BY sequence`.execute(handle.kysely);
    expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
    expect(new Set(rows.map(({ subject_id }) => subject_id)).size).toBe(80);
    expect(await verify()).toMatchObject({ sound: true, entries: 80, unsealed: 0 });
  });

  it.each([
    ['a changed word', "UPDATE audit_entries SET actor = 'U9' WHERE sequence = 2", 'entry 2: it was changed'],
    [
      'a changed detail',
      `UPDATE audit_entries SET details = '{"half": 1}' WHERE sequence = 1`,
      'entry 1: it was changed',
    ],
    ['a removed entry', 'DELETE FROM audit_entries WHERE sequence = 2', 'entry 3: 1 before it are missing'],
    ['a removed last entry', 'DELETE FROM audit_entries WHERE sequence = 3', 'its last 1 of 3 entries are missing'],
    [
      'an inserted entry',
      `INSERT INTO audit_entries SELECT workspace_id, gen_random_uuid(), at, actor, actor_role, action, subject_type,
        subject_id, channel, outcome, details, segment, 9, hash FROM audit_entries WHERE sequence = 3`,
      'it is in no segment',
    ],
    [
      'swapped entries',
      `UPDATE audit_entries SET sequence = -sequence WHERE sequence < 3;
       UPDATE audit_entries SET sequence = 3 + sequence WHERE sequence < 0`,
      'it was changed',
    ],
    ['a removed segment', 'DELETE FROM audit_segments WHERE number = 1', 'it follows segment 0'],
    [
      'swapped segments',
      `UPDATE audit_segments SET number = 9 WHERE number = 1; UPDATE audit_segments SET number = 1 WHERE number = 2;
       UPDATE audit_segments SET number = 2 WHERE number = 9`,
      'was changed',
    ],
    ['a changed header', "UPDATE audit_segments SET class = 'questions' WHERE number = 1", 'its header was changed'],
    [
      'a removal that looks like retention',
      `UPDATE audit_segments SET dropped_by = gen_random_uuid() WHERE number = 1;
       DELETE FROM audit_entries WHERE segment = 1`,
      'no sealed entry tells',
    ],
  ])('shows %s', async (_, statements, words) => {
    await append('setting.change', 'setting.change', 'setting.change');
    await seal();
    await append('setting.change');
    await seal();
    for (const statement of statements.split(';\n')) await tamper(statement);
    const verdict = await verify();
    expect(verdict.sound).toBe(false);
    expect(verdict.faults.join(' ')).toContain(words);
  });

  it('shows that its end was cut only to who kept a hash', async () => {
    await append('setting.change');
    await seal();
    await append('setting.change');
    await seal();
    const { end } = await verify();
    await tamper('DELETE FROM audit_segments WHERE number = 2');
    await tamper('DELETE FROM audit_entries WHERE segment = 2');
    expect((await verify()).sound).toBe(true);
    expect((await verify(end.hash)).faults).toEqual([expect.stringContaining('the chain was cut, or made anew')]);
  });

  it.each([
    ['UPDATE audit_entries SET outcome = outcome'],
    ['UPDATE audit_entries SET hash = hash'],
    ["UPDATE audit_entries SET actor = 'U9', segment = 9, sequence = 9, hash = 'x' WHERE sequence IS NULL"],
    ['DELETE FROM audit_entries'],
    ['TRUNCATE audit_entries'],
    ['TRUNCATE audit_segments'],
    ['DELETE FROM audit_segments'],
    ['UPDATE audit_segments SET count = 1'],
    ['UPDATE audit_segments SET dropped_by = (SELECT id FROM audit_entries LIMIT 1)'],
    [
      `INSERT INTO audit_entries SELECT workspace_id, gen_random_uuid(), at, actor, actor_role, action, subject_type,
        subject_id, channel, outcome, details, 1, 99, 'x' FROM audit_entries LIMIT 1`,
    ],
  ])('refuses %s', async (statement) => {
    await append('setting.change');
    await seal();
    await append('setting.change');
    await expect(sql.raw(statement).execute(handle.kysely)).rejects.toThrow(/append-only/);
    expect(await verify()).toMatchObject({ sound: true, entries: 1, unsealed: 1 });
  });

  it('drops whole segments past their time, class by class, and still verifies', async () => {
    await append('question.ask', 'setting.change');
    await seal();
    context.advance(89 * DAY);
    await append('question.ask');
    await seal();
    expect(await dropOldAudit(stores, context.clock(), silentLog)).toEqual({ segments: 0, entries: 0 });
    context.advance(2 * DAY);
    expect(await dropOldAudit(stores, context.clock(), silentLog)).toEqual({ segments: 1, entries: 1 });
    expect(await dropOldAudit(stores, context.clock(), silentLog)).toEqual({ segments: 0, entries: 0 });
    expect(await verify()).toMatchObject({ sound: true, segments: 4, dropped: 1, entries: 3, unsealed: 0 });
    expect((await stores.audit.list(9)).map(({ action }) => action)).toEqual([
      'audit.drop',
      'question.ask',
      'setting.change',
    ]);
    context.advance(800 * DAY);
    await dropOldAudit(stores, context.clock(), silentLog);
    expect(await verify()).toMatchObject({ sound: true, dropped: 3 });
    expect(verifyFile(await exported())).toMatchObject({ sound: true, dropped: 3 });
  });

  it('keeps what the workspace config says, by class', async () => {
    await stores.settings.set('workspace_config', { audit: { keep_days: { questions: 400 } } }, 'U1');
    await append('question.ask');
    await seal();
    context.advance(399 * DAY);
    expect(await dropOldAudit(stores, context.clock(), silentLog)).toEqual({ segments: 0, entries: 0 });
    context.advance(2 * DAY);
    expect(await dropOldAudit(stores, context.clock(), silentLog)).toEqual({ segments: 1, entries: 1 });
  });

  it('comes out as a file that verifies by itself, whole or from a segment on', async () => {
    await append('question.ask', 'setting.change');
    await seal();
    await append('proposal.approve');
    await seal();
    expect(verifyFile(await exported())).toMatchObject({ sound: true, segments: 3, entries: 3 });
    expect(verifyFile(await exported(2))).toMatchObject({ sound: true, segments: 1, entries: 1 });
    expect(verifyFile(await exported(3))).toMatchObject({ sound: true, segments: 0, entries: 0 });
    await expect(exported(4)).rejects.toThrow('There is no segment 4.');
  });

  it('is each workspace’s own', async () => {
    const other = createStores(handle, createStoreContext({ workspace: 'other' }));
    await append('setting.change');
    await other.audit.append(entry('setting.change'));
    await seal();
    expect(await verify()).toMatchObject({ sound: true, entries: 1 });
    expect((await other.auditChain.end()).unsealed).toBe(1);
    await sealAudit(other, silentLog);
    expect((await other.auditChain.end()).end.number).toBe(1);
  });

  it('finds entries by who, what and when, latest first, page by page', async () => {
    await append('question.ask', 'setting.change');
    context.advance(1_000);
    await stores.audit.append({ ...entry('proposal.approve'), actor: 'cli:ana' });
    await append('setting.change');
    const all = { actor: null, about: null, since: null, before: null };
    const actionsOf = async (filter: Partial<Parameters<typeof stores.audit.find>[0]>, limit = 9) =>
      (await stores.audit.find({ ...all, ...filter }, limit)).map(({ action }) => action);
    expect(await actionsOf({})).toEqual(['setting.change', 'proposal.approve', 'setting.change', 'question.ask']);
    expect(await actionsOf({ actor: 'cli' })).toEqual(['proposal.approve']);
    expect(await actionsOf({ actor: 'U_MAYA', about: ['setting'] })).toEqual(['setting.change', 'setting.change']);
    expect(await actionsOf({ since: context.clock() })).toEqual(['setting.change', 'proposal.approve']);
    const [first] = await stores.audit.find(all, 1);
    expect(await actionsOf({ before: first ?? null }, 2)).toEqual(['proposal.approve', 'setting.change']);
  });
});

describeOnServer('the chain of the audit, between connections', (open) => {
  it('leaves out what is not committed, and seals it after what came later', async () => {
    const handle = await open();
    const context = createStoreContext();
    const stores = createStores(handle, context);
    const slow = await handle.kysely.startTransaction().execute();
    await insertAuditEntry(slow, context, entry('setting.change', 'slow'));
    context.advance(1_000);
    await stores.audit.append(entry('setting.change', 'quick'));
    expect(await sealAudit(stores, silentLog)).toEqual({ segments: 1, entries: 1 });
    await slow.commit().execute();
    expect(await sealAudit(stores, silentLog)).toEqual({ segments: 1, entries: 1 });
    const { rows } = await sql`SELECT subject_id FROM audit_entries ORDER BY sequence`.execute(handle.kysely);
    expect(rows).toEqual([{ subject_id: 'quick' }, { subject_id: 'slow' }]);
    expect(await verifyAudit(stores, { workspace: 'local', sha256, known: null })).toMatchObject({ sound: true });
  });
});
