import { expect, it } from 'vitest';
import { describeOnEveryDatabase } from '../support/database.ts';
import { dumpSchema } from '../support/schema-dump.ts';

describeOnEveryDatabase('the schema', (open) => {
  it('that a fresh migrate makes is the committed one', async () => {
    const handle = await open();
    await expect(await dumpSchema(handle.kysely)).toMatchFileSnapshot('../../migrations/schema.sql');
  });
});
