import { countOf } from '../core/facts/render.ts';
import { createEmbedder } from '../embedding-use.ts';
import { SeepassError } from '../errors.ts';
import type { Embedder } from '../pipeline/embedder.ts';
import type { Stores } from '../pipeline/ports.ts';
import { embedSections } from '../pipeline/runbooks/embed-sections.ts';
import type { SectionEmbeddingStore } from '../pipeline/section-embeddings.ts';
import { showProgress } from './progress.ts';
import type { CliContext } from './subcommand.ts';

/** Has new sections embedded at once, where a provider is set up. That it fails is told and harms nothing. */
export async function embedAdded(
  { sectionEmbeddings: embeddings }: Pick<Stores, 'sectionEmbeddings'>,
  { json }: { json?: boolean | undefined },
  context: CliContext,
): Promise<void> {
  const embedder = createEmbedder(context.config);
  if (embedder === null) return;
  try {
    const embedded = await embedWithProgress(embeddings, embedder, context);
    if (embedded > 0 && !json)
      context.stdout.write(`${countOf(embedded, 'section')} can be found by meaning (${embedder.model})\n`);
  } catch (error) {
    if (!(error instanceof SeepassError)) throw error;
    context.stderr.write(`seepass: ${error.line} Runbooks are found by their words; a running Seepass tries again.\n`);
  }
}

async function embedWithProgress(
  embeddings: SectionEmbeddingStore,
  embedder: Embedder,
  { stderr, clock }: CliContext,
): Promise<number> {
  const { sections, embedded, refused } = await embeddings.state(embedder.model);
  const progress = showProgress<{ embedded: number }>(stderr, clock, {
    total: sections - embedded - refused,
    beside: '{embedded} embedded',
    line: (figures) => `${countOf(figures.embedded, 'section')} embedded`,
  });
  try {
    return await embedSections({
      embeddings,
      embedder,
      onBatch: (asked, done) => progress.update(asked, { embedded: done }),
    });
  } finally {
    progress.stop();
  }
}
