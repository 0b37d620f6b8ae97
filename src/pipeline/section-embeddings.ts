/** What is kept of what sections mean, for those who set up a provider of embeddings. */
import type { RunbookHit } from '../core/runbook/fuse.ts';
import type { Nearness } from '../core/runbook/stand-out.ts';
import type { RunbookReaders } from './runbooks.ts';

export interface SectionToEmbed {
  id: string;
  /** Title, headings and body. */
  text: string;
}

export interface NearestSection extends Nearness {
  /** Without terms: it was found by none. */
  hit: RunbookHit;
}

export interface EmbeddingState {
  /** Of all runbooks. */
  sections: number;
  /** Of these, compared in meaning. */
  embedded: number;
  /** Whose text the provider refused: they are found by their words. */
  refused: number;
  /** The database compares by pgvector; number by number otherwise, which is slower. */
  hasPgvector: boolean;
}

export interface SectionEmbeddingStore {
  /** Sections that have no embedding of this model yet. */
  missing(model: string, limit: number): Promise<SectionToEmbed[]>;
  /** Keeps them by the sections' ids; of a section that was removed meanwhile nothing. @param embeddings null where refused. */
  keep(model: string, embeddings: ReadonlyMap<string, readonly number[] | null>): Promise<void>;
  /** The nearest of the sections that the readers may read; undefined where none of them has an embedding of this kind. */
  nearest(
    asked: { model: string; embedding: readonly number[] },
    readers: RunbookReaders,
  ): Promise<NearestSection | undefined>;
  state(model: string): Promise<EmbeddingState>;
}
