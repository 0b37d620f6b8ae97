import { standsOut } from '../../core/runbook/stand-out.ts';
import { redact } from '../../core/text/redact.ts';
import type { Embedder } from '../embedder.ts';
import type { Clock, Log } from '../ports.ts';
import type { RunbookReaders } from '../runbooks.ts';
import type { NearestSection, SectionEmbeddingStore } from '../section-embeddings.ts';

/** The section that is nearest to a question in meaning, where one stands out; null where none does. Never throws. */
export type FindByMeaning = (words: string, readers: RunbookReaders) => Promise<NearestSection | null>;

/** Somebody waits: what words find is there by then. */
const PATIENCE_MS = 2_000;
const MOST_CHARACTERS = 2_000;

/** After it failed one question, nobody waits for the provider again for so long. */
const REST_MS = 60_000;

interface FindByMeaningDeps {
  embeddings: SectionEmbeddingStore;
  embedder: Embedder;
  clock: Clock;
  log: Log;
}

/** A question is redacted before it leaves the machine. Without an answer in time, runbooks are found by their words. */
export function createFindByMeaning({ embeddings, embedder, clock, log }: FindByMeaningDeps): FindByMeaning {
  const { model } = embedder;
  let restsUntil = 0;
  return async (words, readers) => {
    if (clock() < restsUntil) return null;
    try {
      const [embedding] = await embedder.embed(
        [redact(words).slice(0, MOST_CHARACTERS)],
        AbortSignal.timeout(PATIENCE_MS),
      );
      if (embedding === undefined) return null;
      const nearest = await embeddings.nearest({ model, embedding }, readers);
      return nearest !== undefined && standsOut(nearest) ? nearest : null;
    } catch (err) {
      restsUntil = clock() + REST_MS;
      log.warn({ err }, 'runbooks are looked for by their words alone for a minute');
      return null;
    }
  };
}
