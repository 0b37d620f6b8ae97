import { beforeEach, expect, it } from 'vitest';
import { ConflictError } from '../../src/errors.ts';
import type { BackfillStore } from '../../src/pipeline/backfill/backfill-store.ts';
import { createBackfillStore } from '../../src/postgres/backfill.repository.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const since = Date.parse('2026-01-01T00:00:00Z');
const until = Date.parse('2026-01-30T08:00:00Z');

describeOnEveryDatabase('the cursors of backfills', (open) => {
  let handle: DatabaseHandle;
  let store: BackfillStore;
  beforeEach(async () => {
    handle = await open();
    store = createBackfillStore(handle.kysely, createStoreContext());
  });
  const begin = (source: 'sentry' | 'intercom' = 'sentry', from = since) => store.begin(source, from, until, 'cli:ann');
  const audited = async () =>
    (await handle.pool.query('SELECT action, actor, subject_id FROM audit_entries ORDER BY at, id')).rows.map(
      ({ action, actor, subject_id }) => `${actor} ${action} ${subject_id}`,
    );

  it('begin at the beginning, and go on where they were left', async () => {
    const begun = await begin();
    expect(begun).toEqual({ source: 'sentry', since, until, cursor: null, step: 0, resumed: false });
    await store.advance(begun, { page: 2, known: ['a'] }, 50, 'cli:ann');
    expect(await store.begin('sentry', since, until + 1, 'cli:bob')).toEqual({
      ...{ source: 'sentry', since, until, step: 1, resumed: true },
      cursor: { page: 2, known: ['a'] },
    });
    expect(await audited()).toEqual(['cli:ann backfill.begin sentry']);
  });

  it('are one a source and day', async () => {
    await store.advance(await begin(), { page: 2 }, 1, 'cli:ann');
    expect(await begin('intercom')).toMatchObject({ cursor: null, resumed: false });
    expect(await begin('sentry', since + 86_400_000)).toMatchObject({ cursor: null, resumed: false });
  });

  it('move for one of two who go on with the same', async () => {
    const [one, other] = [await begin(), await begin()];
    await store.advance(one, { page: 2 }, 1, 'cli:ann');
    await expect(store.advance(other, { page: 2 }, 1, 'cli:bob')).rejects.toThrow(ConflictError);
    expect(await begin()).toMatchObject({ step: 1, cursor: { page: 2 } });
  });

  it('end, and begin anew when they are asked for again', async () => {
    const first = await begin();
    await store.advance(first, null, 7, 'cli:ann');
    await expect(store.advance(first, null, 7, 'cli:ann')).rejects.toThrow(ConflictError);
    const anew = await begin();
    expect(anew).toMatchObject({ cursor: null, resumed: false });
    // Whoever still reads for the one before cannot move this one.
    await expect(store.advance(first, { page: 2 }, 1, 'cli:ann')).rejects.toThrow(ConflictError);
    expect(await audited()).toEqual([
      'cli:ann backfill.begin sentry',
      'cli:ann backfill.finish sentry',
      'cli:ann backfill.begin sentry',
    ]);
  });
});
