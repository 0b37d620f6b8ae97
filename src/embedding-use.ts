import type { Config } from './config.ts';
import { createHttpEmbedder } from './embeddings/http-embedder.ts';
import type { Embedder } from './pipeline/embedder.ts';
import type { Clock, Log, Stores } from './pipeline/ports.ts';
import { embedSections } from './pipeline/runbooks/embed-sections.ts';
import { createFindByMeaning, type FindByMeaning } from './pipeline/runbooks/find-by-meaning.ts';
import type { repeatEvery } from './repeat-every.ts';

/** A runbook is found by its words at once, and by its meaning within so long. */
const EMBED_BEAT_MS = 30_000;

/** Null where nobody is set up to embed. */
export function createEmbedder({ embeddings }: Pick<Config, 'embeddings'>): Embedder | null {
  return embeddings && createHttpEmbedder(embeddings);
}

/** Null where nobody is set up to embed: then runbooks are found by their words alone. */
export function createMeaningSearch(
  embedder: Embedder | null,
  { stores, clock, log }: { stores: Pick<Stores, 'sectionEmbeddings'>; clock: Clock; log: Log },
): FindByMeaning | null {
  return embedder && createFindByMeaning({ embeddings: stores.sectionEmbeddings, embedder, clock, log });
}

export interface EmbeddingKeeping {
  start(): void;
  /** Ends the batch under way; never throws. */
  stop(): Promise<void>;
}

/** Has new sections embedded while a process runs; does nothing without an embedder. */
export function createEmbeddingKeeping(
  embedder: Embedder | null,
  { stores, log, repeat }: { stores: Pick<Stores, 'sectionEmbeddings'>; log: Log; repeat: typeof repeatEvery },
): EmbeddingKeeping {
  if (embedder === null) return { start: () => undefined, stop: () => Promise.resolve() };
  const { sectionEmbeddings: embeddings } = stores;
  const stopping = new AbortController();
  const beat = repeat(
    EMBED_BEAT_MS,
    async () => {
      const sections = await embedSections({ embeddings, embedder, stopping: stopping.signal });
      if (sections > 0) log.info({ sections, model: embedder.model }, 'sections of runbooks embedded');
    },
    (err) => {
      if (stopping.signal.aborted) return;
      log.warn({ err }, 'could not embed the runbooks; they are found by their words until it succeeds');
    },
  );
  return {
    start: beat.start,
    async stop() {
      stopping.abort();
      await beat.stop();
    },
  };
}
