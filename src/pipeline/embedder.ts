import { SeepassError } from '../errors.ts';

/** Turns texts into embeddings: directions that lie the closer, the more alike the texts mean. One for every provider. */
export interface Embedder {
  /** Names the provider and its model: embeddings of two models say nothing of each other. */
  readonly model: string;
  /**
   * One embedding of length 1 for each text, in the texts' order.
   * @throws EmbedderTrouble when the provider does not answer, refuses, or the signal ends the call.
   */
  embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]>;
}

/** The provider of embeddings did not answer, or refused. Its words hold nothing of what was sent or said. */
export class EmbedderTrouble extends SeepassError {
  /** It may be for these texts: others may pass. */
  readonly mayBeOfTexts: boolean;

  constructor(message: string, options: { fix: string; mayBeOfTexts?: boolean; cause?: unknown }) {
    super('model_unavailable', message, options);
    this.name = 'EmbedderTrouble';
    this.mayBeOfTexts = options.mayBeOfTexts ?? false;
  }
}
