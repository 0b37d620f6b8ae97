import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Embedder, EmbedderTrouble } from '../../../src/pipeline/embedder.ts';
import { embedSections } from '../../../src/pipeline/runbooks/embed-sections.ts';
import { createRunbookSearch } from '../../../src/pipeline/runbooks/find.ts';
import { createFindByMeaning } from '../../../src/pipeline/runbooks/find-by-meaning.ts';
import type { RunbookReaders } from '../../../src/pipeline/runbooks.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { createStores } from '../../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../../support/database.ts';
import { type EmbeddingServer, startEmbeddingServer } from '../../support/embedding-server.ts';
import { runbookText } from '../../support/runbook-text.ts';
import { silentLog } from '../../support/silent-log.ts';
import { createStoreContext } from '../../support/store-context.ts';

const by = { actor: 'U_MAYA', role: 'admin', channel: null } as const;
const MATTERS = ['walrus', 'otter', 'heron', 'zeppelin'];

/** A dozen sections about nothing in particular, and one about each matter. */
const zoo = runbookText('Zoo', [
  ...Array.from({ length: 12 }, (_, at) => `Sweep yard ${at}.`),
  ...MATTERS.map((matter) => `Feed the ${matter}.`),
]);

describeOnEveryDatabase('sections that are found by their meaning', (open) => {
  let handle: DatabaseHandle;
  let server: EmbeddingServer;
  let stores: ReturnType<typeof createStores>;
  beforeEach(async () => {
    handle = await open();
    stores = createStores(handle, createStoreContext());
    server = await startEmbeddingServer();
  });
  afterEach(() => server.stop());

  const embed = () => embedSections({ embeddings: stores.sectionEmbeddings, embedder: server.embedder });
  const state = () => stores.sectionEmbeddings.state(server.embedder.model);
  let now = 0;
  const search = () => {
    const { runbooks, sectionEmbeddings: embeddings } = stores;
    const findByMeaning = createFindByMeaning({
      embeddings,
      embedder: server.embedder,
      clock: () => now,
      log: silentLog,
    });
    return createRunbookSearch({ runbooks, timezone: 'UTC', findByMeaning });
  };
  const find = async (words: string, readers: RunbookReaders = 'operator') => {
    const { covering, nearest } = await search().find({ need: { words }, readers, asOf: Date.now() });
    const names = (some: typeof nearest) =>
      some.map(({ citation: { runbook, excerpt } }) => `${runbook.title}: ${excerpt}`);
    return { covering: names(covering), nearest: names(nearest) };
  };

  it('are named as near where no word leads to them, and never quoted as covering it', async () => {
    await stores.runbooks.add(zoo, by);
    expect(await embed()).toBe(16);
    expect(await find('Was frisst ein Walross?')).toEqual({ covering: [], nearest: ['Zoo: Feed the walrus.'] });
    expect(await find('que mange une loutre')).toEqual({ covering: [], nearest: ['Zoo: Feed the otter.'] });
    expect(await find('how do I renew a passport')).toEqual({ covering: [], nearest: [] });
  });

  it('take the last of three places beside what words find, and are named once', async () => {
    const signs = runbookText(
      'Signs',
      ['Airship', 'Airship two', 'Airship three'].map((at) => `${at}: paint the sign.`),
    );
    await stores.runbooks.add(signs, by);
    await stores.runbooks.add(zoo, by);
    await embed();
    const sign = await find('paint signs for the luftschiff');
    const shown = [...sign.covering, ...sign.nearest];
    expect(shown).toHaveLength(3);
    expect(new Set(shown).size).toBe(3);
    const both = await find('feed the zeppelin');
    expect([...both.covering, ...both.nearest].filter((one) => one === 'Zoo: Feed the zeppelin.')).toHaveLength(1);
  });

  it('are the same ones with pgvector and without', async () => {
    await stores.runbooks.add(zoo, by);
    await embed();
    const embedding = async (text: string) =>
      (await server.embedder.embed([text], AbortSignal.timeout(5_000)))[0] ?? [];
    const nearest = async (text: string) =>
      stores.sectionEmbeddings.nearest({ model: server.embedder.model, embedding: await embedding(text) }, 'operator');
    const asIs = await nearest('Reiher');
    expect(asIs).toMatchObject({ sections: 16, hit: { headings: ['Part 14'], hits: [] } });
    const { hasPgvector } = await state();
    // A server may have it or not; the embedded database does.
    expect(hasPgvector || handle.kind === 'server').toBe(true);
    await sql`DROP EXTENSION IF EXISTS vector`.execute(handle.kysely);
    try {
      expect((await state()).hasPgvector).toBe(false);
      const without = await nearest('Reiher');
      expect(without?.hit).toEqual(asIs?.hit);
      for (const figure of ['similarity', 'mean', 'deviation'] as const)
        expect(without?.[figure]).toBeCloseTo(asIs?.[figure] ?? Number.NaN, 5);
    } finally {
      if (hasPgvector) await sql`CREATE EXTENSION vector`.execute(handle.kysely);
    }
  });

  it('are found by those alone who may read them, and are compared with nothing else', async () => {
    const channels = ['C0000KEEPERS'];
    await stores.runbooks.add({ ...zoo, channels }, by);
    await stores.runbooks.add(
      runbookText(
        'Yard',
        Array.from({ length: 12 }, (_, at) => `Rake lawn ${at}.`),
      ),
      by,
    );
    await embed();
    const outside = { channels: ['C0000OTHERS'], groups: [] };
    expect((await find('Walross', { channels, groups: [] })).nearest).toEqual(['Zoo: Feed the walrus.']);
    expect((await find('Walross', outside)).nearest).toEqual([]);
    expect((await find('Walross', { ...outside, hasStrangers: true })).nearest).toEqual([]);
    const [embedding = []] = await server.embedder.embed(['Walross'], AbortSignal.timeout(5_000));
    const asked = { model: server.embedder.model, embedding };
    expect((await stores.sectionEmbeddings.nearest(asked, outside))?.sections).toBe(12);
  });

  it('are embedded once: again only when they change, or the model does, and gone with their runbook', async () => {
    const { runbook } = await stores.runbooks.add(zoo, by);
    await Promise.all([embed(), embed()]);
    expect(await state()).toMatchObject({ sections: 16, embedded: 16, refused: 0 });
    const before = server.texts().length;
    expect(await embed()).toBe(0);
    expect(server.texts()).toHaveLength(before);
    await stores.runbooks.add({ ...zoo, contentHash: 'next', sections: zoo.sections.slice(0, 11) }, by);
    expect(await embed()).toBe(11);
    expect((await stores.sectionEmbeddings.state('another')).embedded).toBe(0);
    expect(await stores.sectionEmbeddings.missing('another', 100)).toHaveLength(11);
    await stores.runbooks.remove(runbook.number, by);
    expect(await state()).toMatchObject({ sections: 0, embedded: 0 });
  });

  it.each([400, 500])('lack only what the provider refuses with HTTP %i, which is asked for once', async (refusal) => {
    await server.stop();
    server = await startEmbeddingServer({ refuses: /unspeakable/, refusal });
    const texts = [...zoo.sections.map(({ text }) => text), 'Say the unspeakable.'];
    await stores.runbooks.add(runbookText('Zoo', texts), by);
    expect(await embed()).toBe(16);
    expect(await state()).toMatchObject({ sections: 17, embedded: 16, refused: 1 });
    const before = server.texts().length;
    expect(await embed()).toBe(0);
    expect(server.texts()).toHaveLength(before);
    expect((await find('Walross')).nearest).toEqual(['Zoo: Feed the walrus.']);
  });

  it('are not taken for refused where a fault of the provider passes', async () => {
    await stores.runbooks.add(runbookText('One', ['Feed the walrus.']), by);
    let asked = 0;
    const embedder: Embedder = {
      model: server.embedder.model,
      async embed(texts, signal) {
        asked += 1;
        if (asked === 1) throw new EmbedderTrouble('HTTP 500', { fix: 'Again.', mayBeOfTexts: true });
        return server.embedder.embed(texts, signal);
      },
    };
    expect(await embedSections({ embeddings: stores.sectionEmbeddings, embedder })).toBe(1);
    expect(await state()).toMatchObject({ embedded: 1, refused: 0 });
  });

  it.each([400, 401, 500])(
    'are all embedded later where the provider answers everything with HTTP %i',
    async (status) => {
      await stores.runbooks.add(zoo, by);
      server.fail(status);
      await expect(embed()).rejects.toMatchObject({ code: 'model_unavailable' });
      expect(await state()).toMatchObject({ embedded: 0, refused: 0 });
    },
  );

  it('leave what words find as it is where the provider is down, or has been swapped for one of other dimensions', async () => {
    await stores.runbooks.add(zoo, by);
    await embed();
    const found = await find('feed the walrus');
    expect(found.nearest[0]).toBe('Zoo: Feed the walrus.');
    await sql`UPDATE runbook_sections SET embedding = embedding[1:7] WHERE cardinality(embedding) > 0`.execute(
      handle.kysely,
    );
    expect(await find('Walross')).toEqual({ covering: [], nearest: [] });
    server.fail(500);
    expect(await find('feed the walrus')).toEqual(found);
  });

  it('are not waited for in the minute after the provider failed a question, and embedded all the same', async () => {
    const searching = search();
    const ask = async () => {
      const found = await searching.find({ need: { words: 'Walross' }, readers: 'operator', asOf: Date.now() });
      return found.nearest.length;
    };
    server.fail(500);
    expect(await ask()).toBe(0);
    server.fail(null);
    await stores.runbooks.add(zoo, by);
    expect(await embed()).toBe(16);
    const before = server.texts().length;
    expect(await ask()).toBe(0);
    expect(server.texts()).toHaveLength(before);
    now += 60_000;
    expect(await ask()).toBe(1);
  });

  it('are asked for with a redacted question, and not at all for an assessment', async () => {
    await stores.runbooks.add(zoo, by);
    await embed();
    const before = server.texts().length;
    const need = { surface: '/walrus', signatures: ['WALRUS_TIMEOUT'], categories: [], topics: [] };
    await search().find({ need, readers: 'operator', asOf: Date.now() });
    expect(server.texts()).toHaveLength(before);
    await find('walross of mira@example.com with key sk-ant-api03-abcdefghijklmnopqrstuvwxyz012345');
    const asked = server.texts().at(-1);
    expect(asked).toContain('walross');
    expect(asked).not.toMatch(/mira@|sk-ant/);
  });
});
