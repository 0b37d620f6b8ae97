import { countOf } from '../core/facts/render.ts';
import { createEmbedder } from '../embedding-use.ts';
import { SeepassError } from '../errors.ts';
import type { EmbeddingState } from '../pipeline/section-embeddings.ts';
import { type Check, fail, ok, warn } from './check.ts';
import type { CliContext } from './subcommand.ts';

const PATIENCE_MS = 10_000;
const NAME = 'embeddings';

/** Whether the provider embeds, and how far it has come with the runbooks. */
export async function checkEmbeddings(context: CliContext, database: string | undefined): Promise<Check> {
  const embedder = createEmbedder(context.config);
  if (embedder === null) return ok(NAME, 'none set up: runbooks are found by their words, everything else is the same');
  try {
    await embedder.embed(['Restart the service.'], AbortSignal.timeout(PATIENCE_MS));
  } catch (error) {
    if (!(error instanceof SeepassError)) throw error;
    return fail(NAME, error.message, `${error.fix ?? ''} Until then runbooks are found by their words.`.trim());
  }
  const state = await readState(embedder.model, context, database);
  return state === null ? ok(NAME, `${embedder.model} answers`) : describeState(embedder.model, state);
}

/** Null where the database cannot be opened, which is told by its own check. */
async function readState(
  model: string,
  context: CliContext,
  database: string | undefined,
): Promise<EmbeddingState | null> {
  try {
    const { stores, close } = await context.openStores(database);
    return await stores.sectionEmbeddings.state(model).finally(close);
  } catch (error) {
    if (error instanceof SeepassError) return null;
    throw error;
  }
}

function describeState(model: string, { sections, embedded, refused, hasPgvector }: EmbeddingState): Check {
  const found = [
    `${model} answers, ${embedded} of ${countOf(sections, 'section')} embedded`,
    ...(refused === 0 ? [] : [`${refused} refused`]),
    hasPgvector ? 'compared by pgvector' : 'compared without pgvector, about 0.2 s for 1,000 sections',
  ].join('; ');
  return embedded + refused === sections
    ? ok(NAME, found)
    : warn(NAME, found, 'A running Seepass embeds the others within a minute or two: start one, or see its log.');
}
