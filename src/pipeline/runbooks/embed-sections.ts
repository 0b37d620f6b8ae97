import { type Embedder, EmbedderTrouble } from '../embedder.ts';
import type { SectionEmbeddingStore, SectionToEmbed } from '../section-embeddings.ts';

/** Sections of 2,000 characters at most: few enough for a small server to answer a question in between. */
const BATCH = 16;
const PATIENCE_MS = 60_000;
const HARMLESS = 'Restart the service.';

interface EmbedDeps {
  embeddings: SectionEmbeddingStore;
  embedder: Embedder;
  /** Ends it; the batch under way is asked for again by the next run. */
  stopping?: AbortSignal;
  /** Told after each batch how many were asked for until then, and how many of them were embedded. */
  onBatch?(asked: number, embedded: number): void;
}

/**
 * Has every section embedded that is not yet. What the provider refuses is noted, so that it is not asked for again and
 * again. Two processes at once ask twice and keep the same.
 * @returns how many were embedded.
 * @throws EmbedderTrouble what was embedded until then is kept; the next run goes on there.
 */
export async function embedSections({ embeddings, embedder, stopping, onBatch }: EmbedDeps): Promise<number> {
  let [asked, embedded] = [0, 0];
  while (!stopping?.aborted) {
    const batch = await embeddings.missing(embedder.model, BATCH);
    if (batch.length === 0) break;
    const found = await embedBatch(embedder, batch, stopping);
    await embeddings.keep(embedder.model, found);
    asked += found.size;
    embedded += [...found.values()].filter((one) => one !== null).length;
    onBatch?.(asked, embedded);
  }
  return embedded;
}

/** A batch that is refused is halved until the text is found that it is refused for. */
async function embedBatch(
  embedder: Embedder,
  batch: readonly SectionToEmbed[],
  stopping: AbortSignal | undefined,
): Promise<Map<string, number[] | null>> {
  const timeout = AbortSignal.timeout(PATIENCE_MS);
  const signal = stopping === undefined ? timeout : AbortSignal.any([stopping, timeout]);
  try {
    const embeddings = await embedder.embed(
      batch.map(({ text }) => text),
      signal,
    );
    return new Map(batch.map(({ id }, at) => [id, embeddings[at] ?? null]));
  } catch (error) {
    if (!(error instanceof EmbedderTrouble) || !error.mayBeOfTexts) throw error;
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) {
      // Who refuses this too refuses everything, and no text is to blame.
      await embedder.embed([HARMLESS], signal);
      return new Map([[only.id, await embedAgain(embedder, only, signal)]]);
    }
    const half = Math.ceil(batch.length / 2);
    const [first, second] = [batch.slice(0, half), batch.slice(half)];
    return new Map([
      ...(await embedBatch(embedder, first, stopping)),
      ...(await embedBatch(embedder, second, stopping)),
    ]);
  }
}

/** The second try of a text, so that a fault that passes is not put down to it; null where it is refused again. */
async function embedAgain(embedder: Embedder, { text }: SectionToEmbed, signal: AbortSignal): Promise<number[] | null> {
  try {
    return (await embedder.embed([text], signal))[0] ?? null;
  } catch (error) {
    if (error instanceof EmbedderTrouble && error.mayBeOfTexts) return null;
    throw error;
  }
}
