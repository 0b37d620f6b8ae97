import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { createEmbedder, createEmbeddingKeeping, createMeaningSearch } from '../src/embedding-use.ts';
import { createStores } from '../src/postgres/stores.ts';
import { repeatEvery } from '../src/repeat-every.ts';
import { describeOnEveryDatabase } from './support/database.ts';
import { type EmbeddingServer, startEmbeddingServer } from './support/embedding-server.ts';
import { runbookText } from './support/runbook-text.ts';
import { silentLog } from './support/silent-log.ts';
import { createStoreContext } from './support/store-context.ts';

const log = silentLog;

describeOnEveryDatabase('while a process runs', (open) => {
  let server: EmbeddingServer;
  beforeEach(async () => {
    server = await startEmbeddingServer();
  });
  afterEach(() => server.stop());

  it('runbooks are embedded as they come, after trouble too, and are found by it', async () => {
    const stores = createStores(await open(), createStoreContext());
    const config = loadConfig({ SEEPASS_EMBEDDINGS_URL: `${server.url}/`, SEEPASS_EMBEDDINGS_MODEL: 'matters' });
    const embedder = createEmbedder(config);
    const beats: { now(): Promise<void> }[] = [];
    const repeat: typeof repeatEvery = (...how) => {
      const beat = repeatEvery(...how);
      beats.push(beat);
      return beat;
    };
    const keeping = createEmbeddingKeeping(embedder, { stores, log, repeat });
    keeping.start();
    const texts = [...Array.from({ length: 15 }, (_, at) => `Yard ${at}.`), 'Feed the walrus.'];
    await stores.runbooks.add(runbookText('Zoo', texts), { actor: 'U_MAYA', role: 'admin', channel: null });
    const [beat] = beats;
    server.fail(503);
    await expect(beat?.now()).rejects.toMatchObject({ code: 'model_unavailable' });
    server.fail(null);
    await beat?.now();
    const found = await createMeaningSearch(embedder, { stores, clock: Date.now, log })?.('Walross', 'operator');
    expect(found?.hit.anchor).toBe('part-15');
    await keeping.stop();
  });
});

describe('without a provider', () => {
  it('there is nothing to start, to stop or to ask', async () => {
    const stores = { sectionEmbeddings: refusing };
    expect(createEmbedder(loadConfig({}))).toBeNull();
    expect(createEmbedder(loadConfig({}))).toBeNull();
    const keeping = createEmbeddingKeeping(null, { stores, log, repeat: repeatEvery });
    keeping.start();
    await keeping.stop();
    expect(createMeaningSearch(null, { stores, clock: Date.now, log })).toBeNull();
  });
});

const no = () => Promise.reject(new Error('nobody asks'));
const refusing = { missing: no, keep: no, nearest: no, state: no };
