import { type Migration, sql } from 'kysely';
import { expect, it } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { termsOf } from '../../src/core/runbook/search-terms.ts';
import { createRunbookStore } from '../../src/postgres/runbook.repository.ts';
import { describeOnEveryNewDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const RUNBOOK_WORDS = '20261122070000_runbook_words';

describeOnEveryNewDatabase('runbooks of an older Seepass', (open) => {
  it('are found by little words too, and by what they were found by before', async () => {
    const handle = await open();
    for (const [name, migration] of Object.entries<Migration>(migrations))
      if (name < RUNBOOK_WORDS) await migration.up(handle.kysely);
    await sql`WITH runbook AS (
        INSERT INTO runbooks (workspace_id, id, key, title, version, channels, groups)
        VALUES ('local', gen_random_uuid(), 'kafka.md', 'Kafka is down', 1, '{}', '{}') RETURNING id
      )
      INSERT INTO runbook_sections (workspace_id, id, runbook_id, place, headings, anchor, body, words)
      SELECT 'local', gen_random_uuid(), id, 0, '["Take over"]', 'take-over', 'Take the BROKER_1 off.',
        setweight(to_tsvector('english', 'kafka is down'), 'A') || setweight(to_tsvector('english', 'take over'), 'B')
        || setweight(to_tsvector('english', 'zookeepers'), 'C') || setweight(to_tsvector('english', 'take the broker 1 off'), 'D')
      FROM runbook`.execute(handle.kysely);

    await migrations[RUNBOOK_WORDS].up(handle.kysely.withTables<never>());

    const { search } = createRunbookStore(handle.kysely, createStoreContext());
    const placesOf = async (words: string) => {
      const terms = termsOf({ words }).map((term) => ({ ...term, alternatives: [term.text] }));
      const { hits } = await search(terms, 'operator');
      return hits.flatMap((hit) =>
        hit.hits.map(({ inTitle, inHeadings, inKeywords, body }) => [inTitle, inHeadings, inKeywords, body > 0]),
      );
    };
    const only = { title: [true, false, false, false], heading: [false, true, false, false] };
    expect(await placesOf('down')).toEqual([only.title]);
    expect(await placesOf('take over')).toEqual([only.heading]);
    expect(await placesOf('zookeeper')).toEqual([[false, false, true, false]]);
    expect(await placesOf('broker')).toEqual([[false, false, false, true]]);
  });
});
