import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { migrateToLatest } from '../../src/postgres/migrate.ts';
import { describeOnEveryDatabase } from '../support/database.ts';

describeOnEveryDatabase('migrating', (open) => {
  let handle: DatabaseHandle;
  beforeEach(async () => {
    handle = await open();
  });
  afterEach(() => handle.close());

  it('does nothing the second time', async () => {
    expect(await migrateToLatest(handle)).toEqual({ applied: [] });
  });
});
