import { type Migration, sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { createProposalStore } from '../../src/postgres/proposal.repository.ts';
import { describeOnEveryNewDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const APPROVALS = '20261122010000_approvals';

describeOnEveryNewDatabase('proposals of an older Seepass', (open) => {
  it('keep who decided them and what came of it, and are shown to nobody again', async () => {
    const handle = await open();
    for (const [name, migration] of Object.entries<Migration>(migrations))
      if (name < APPROVALS) await migration.up(handle.kysely);
    const rows = [
      ['1', '/a', 'proposed', null, null, null],
      ['2', '/b', 'dismissed', 'U_ANN', '2026-01-29T10:00:00Z', null],
      ['3', '/c', 'done', 'U_ANN', '2026-01-29T10:00:00Z', { summary: 'Simulated.', simulated: true }],
      ['4', '/d', 'failed', 'U_ANN', '2026-01-29T10:00:00Z', { summary: 'It was busy.' }],
      ['5', '/e', 'expired', null, null, null],
      ['6', '/f', 'approved', 'U_ANN', '2026-01-29T10:00:00Z', null],
    ] as const;
    for (const [digit, page, state, by, at, outcome] of rows)
      await sql`INSERT INTO proposals (workspace_id, id, date, entity_type, entity_key, action_type, title, risk,
          parameters, state, created_at, expires_at, decided_by, decided_at, executed_at, outcome)
        VALUES ('local', ${`00000000-0000-7000-8000-00000000000${digit}`}, '2026-01-28', 'surface', ${page}, 'simulate',
          'Roll back', 'low', '{}', ${state}, ${`2026-01-29T08:00:0${digit}Z`}, '2026-02-05T08:00:00Z', ${by}, ${at},
          ${outcome === null ? null : at}, ${outcome === null ? null : JSON.stringify(outcome)})`.execute(
        handle.kysely,
      );

    await migrations[APPROVALS].up(handle.kysely.withTables<never>());

    const proposals = createProposalStore(handle.kysely, createStoreContext());
    const found = await Promise.all(rows.map((_, index) => proposals.findByNumber(index + 1)));
    expect(found.map((one) => [one?.state, one?.decidedBy, one?.approvals.length, one?.execution?.state])).toEqual([
      ['proposed', null, 0, undefined],
      ['rejected', 'U_ANN', 0, undefined],
      ['approved', 'U_ANN', 1, 'done'],
      ['approved', 'U_ANN', 1, 'failed'],
      ['expired', null, 0, undefined],
      // A process died over it. Nothing but a simulation could be under way then, and it is not begun again.
      ['approved', 'U_ANN', 1, 'cancelled'],
    ]);
    expect(found[2]).toMatchObject({
      subject: { kind: 'priority', date: '2026-01-28', entity_type: 'surface', entity_key: '/c' },
      execution: { summary: 'Simulated.', details: { simulated: true }, finishedAt: Date.UTC(2026, 0, 29, 10) },
    });
    expect(await proposals.listBehind(10)).toEqual([]);
  });
});
