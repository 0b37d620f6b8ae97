import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunbookText } from '../../src/core/runbook/document.ts';
import { termsOf } from '../../src/core/runbook/search-terms.ts';
import { searchRespelt } from '../../src/pipeline/runbooks/find.ts';
import type { RunbookReaders, RunbookStore } from '../../src/pipeline/runbooks.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { runbookText } from '../support/runbook-text.ts';
import { createStoreContext } from '../support/store-context.ts';

const by = { actor: 'U_MAYA', role: 'admin', channel: 'D_MAYA' } as const;

let made = 0;
/** A runbook of its own content under a name of its own. */
function aRunbook(changes: Partial<RunbookText> & { text?: string } = {}): RunbookText {
  made += 1;
  const { text = 'Restart the dispatcher.', title = `Guide ${made}`, ...rest } = changes;
  const sections = [{ headings: ['Steps'], anchor: 'steps', page: null, text }];
  const file = { key: `guide-${made}.md`, fileName: `guide-${made}.md`, contentHash: `hash ${made}` };
  return runbookText(title, [], { ...file, sections, ...rest });
}

describeOnEveryDatabase('runbooks', (open) => {
  let handle: DatabaseHandle;
  let runbooks: RunbookStore;
  let stores: ReturnType<typeof createStores>;
  beforeAll(async () => {
    handle = await open();
    stores = createStores(handle, createStoreContext());
    runbooks = stores.runbooks;
  });
  const found = async (words: string, readers: RunbookReaders = 'operator') =>
    (await searchRespelt(runbooks, termsOf({ words }), readers)).found.hits.map(({ runbook }) => runbook.title).sort();

  it('get a version for each content of a file, and none for the same again, whatever it is called', async () => {
    const first = aRunbook({ title: 'Walrus', text: 'Feed the walrus.' });
    const { runbook } = await runbooks.add(first, by);
    expect(runbook).toMatchObject({ version: 1, sections: 1, addedBy: 'U_MAYA' });
    expect(await runbooks.add({ ...first, key: 'copy.md' }, by)).toEqual({ runbook, outcome: 'same' });
    const next = await runbooks.add(
      { ...first, contentHash: 'other', sections: aRunbook({ text: 'Wash the otter.' }).sections },
      by,
    );
    expect(next).toMatchObject({ outcome: 'new_version', runbook: { number: runbook.number, version: 2 } });
    expect(await found('otter')).toEqual(['Walrus']);
    const { hits } = await runbooks.search(termsOf({ words: 'feed' }), 'operator');
    expect(hits).toEqual([]);
  });

  it('are added once where the same file comes twice at the same time', async () => {
    const one = aRunbook();
    const outcomes = await Promise.all([1, 2, 3].map(() => runbooks.add(one, by)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['added', 'same', 'same']);
  });

  it('are deleted for good, once, with an entry in the audit; their number is not given again', async () => {
    const { runbook } = await runbooks.add(aRunbook({ text: 'Shoo the heron.' }), by);
    const removals = await Promise.allSettled([1, 2].map(() => runbooks.remove(runbook.number, by)));
    expect(removals.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await found('heron')).toEqual([]);
    const { rows } = await sql<{ left: number }>`
      SELECT (SELECT count(*) FROM runbook_sections WHERE runbook_id = ${runbook.id}::uuid)
        + (SELECT count(*) FROM runbook_versions WHERE runbook_id = ${runbook.id}::uuid) AS left`.execute(
      handle.kysely,
    );
    expect(Number(rows[0]?.left)).toBe(0);
    const [entry] = await stores.audit.list(1);
    expect(entry).toMatchObject({ action: 'runbook.remove', actor: 'U_MAYA', outcome: 'deleted' });
    const next = await runbooks.add(aRunbook(), by);
    expect(next.runbook.number).toBeGreaterThan(runbook.number);
    await expect(runbooks.remove(99_999, by)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of one workspace are not another’s', async () => {
    await runbooks.add(aRunbook({ text: 'Polish the gnomon.' }), by);
    const others = createStores(handle, createStoreContext({ workspace: 'other' })).runbooks;
    expect(await others.list('operator')).toEqual([]);
    expect((await others.search(termsOf({ words: 'gnomon' }), 'operator')).hits).toEqual([]);
  });

  describe('are found', () => {
    it('by other forms of a word, and by words in the title, a heading or a keyword', async () => {
      await runbooks.add(
        aRunbook({
          title: 'Zeppelin mooring',
          keywords: ['/hangar', 'MAST_TIMEOUT'],
          sections: [{ headings: ['Zeppelin mooring', 'Rotating the mast'], anchor: 'a', page: null, text: 'Pull.' }],
        }),
        by,
      );
      for (const words of ['zeppelins', 'how do we rotate masts', '/hangar', 'MAST_TIMEOUT', 'pulled'])
        expect(await found(words), words).toContain('Zeppelin mooring');
    });

    it('by a misspelt word where nothing is spelt so', async () => {
      await runbooks.add(aRunbook({ title: 'Chandelier', text: 'Dust the chandelier.' }), by);
      expect(await found('chandeleir')).toEqual(['Chandelier']);
    });

    it('by their spelling alone on a server that refuses trigrams', async () => {
      await runbooks.add(aRunbook({ title: 'Harpsichord', text: 'Tune the harpsichord.' }), by);
      await sql`DROP EXTENSION pg_trgm`.execute(handle.kysely);
      try {
        expect(await found('harpsicord')).toEqual([]);
        expect(await found('harpsichords')).toEqual(['Harpsichord']);
      } finally {
        await sql`CREATE EXTENSION pg_trgm`.execute(handle.kysely);
      }
    });

    it('by no query syntax: what is typed is words', async () => {
      for (const words of ["'); DROP TABLE runbooks; --", 'a & | ! <-> :*', "\\' :A", '%_%', '!!'.repeat(50)])
        await expect(runbooks.search(termsOf({ words }), 'operator'), words).resolves.toBeDefined();
    });
  });

  it('are read at a section, to the end of what its heading stands over, by those who may', async () => {
    const part = (heading: string, anchor: string, text: string) => ({ headings: [heading], anchor, page: null, text });
    const sections = [part('Bell', 'bell', 'Ring.'), part('Bell', 'bell-1', 'Again.'), part('Rope', 'rope', 'Pull.')];
    const channels = ['C00000OPS'];
    const { runbook } = await runbooks.add(aRunbook({ title: 'Belfry', channels, sections }), by);
    const at = { number: runbook.number, anchor: 'bell' };
    expect(await runbooks.readSection(at, { channels, groups: [] })).toMatchObject({
      ...{ title: 'Belfry', version: 1, headings: ['Bell'], text: 'Ring.\n\nAgain.' },
    });
    expect(await runbooks.readSection(at, { channels: ['C0000ELSE'], groups: [] })).toBeUndefined();
    expect(await runbooks.readSection({ ...at, anchor: 'clapper' }, 'operator')).toBeUndefined();
    await runbooks.remove(runbook.number, by);
    expect(await runbooks.readSection(at, 'operator')).toBeUndefined();
  });

  describe('that name channels or groups', () => {
    beforeAll(async () => {
      await runbooks.add(aRunbook({ title: 'For ops', channels: ['C00000OPS'], text: 'Quokka one.' }), by);
      await runbooks.add(aRunbook({ title: 'For security', groups: ['S000000SEC'], text: 'Quokka two.' }), by);
      await runbooks.add(aRunbook({ title: 'For all', text: 'Quokka three.' }), by);
    });
    it.each<[string, RunbookReaders, string[]]>([
      ['whoever runs the command line', 'operator', ['For all', 'For ops', 'For security']],
      ['a channel', { channels: ['C00000OPS'], groups: [] }, ['For all', 'For ops']],
      ['another channel', { channels: ['C000OTHER'], groups: [] }, ['For all']],
      ['somebody of the group', { channels: [], groups: ['S000000SEC'] }, ['For all', 'For security']],
      ['somebody of nothing', { channels: [], groups: [] }, ['For all']],
      ['a channel with another company', { channels: ['C00000OPS'], groups: [], hasStrangers: true }, ['For ops']],
    ])('are found and listed for %s only as far as these may read', async (_, readers, titles) => {
      expect(await found('quokka', readers)).toEqual(titles);
      const listed = (await runbooks.list(readers))
        .map(({ title }) => title)
        .filter((title) => title.startsWith('For '));
      expect(listed.sort()).toEqual(titles);
    });

    it('are told apart in how rare a word is: what somebody may not read does not weigh', async () => {
      const { sections } = await runbooks.search(termsOf({ words: 'quokka' }), { channels: [], groups: [] });
      const all = await runbooks.search(termsOf({ words: 'quokka' }), 'operator');
      expect(sections).toBe(all.sections - 2);
    });

    it('name who has to be looked up', async () => {
      expect(await runbooks.audiences()).toEqual({ channels: ['C00000OPS'], groups: ['S000000SEC'] });
    });
  });

  it('count what was looked for in vain, most often first', async () => {
    for (const about of ['printer', 'printer', 'fax']) await runbooks.noteGap({ about, at: 1_000_000 });
    expect(await runbooks.listGaps({ since: 0, limit: 10 })).toEqual([
      { about: 'printer', asked: 2, lastAskedAt: 1_000_000 },
      { about: 'fax', asked: 1, lastAskedAt: 1_000_000 },
    ]);
    expect(await runbooks.listGaps({ since: 0, limit: 10, about: 'fax' })).toHaveLength(1);
    expect(await runbooks.listGaps({ since: 2_000_000, limit: 10 })).toEqual([]);
  });
});
