/** Port of marks that people set in time, which a why can point at. Reading them is in `WhyStore`. */
import type { NewAnnotation } from '../core/annotation-request.ts';
import type { Declarer } from './declarer.ts';

export interface AnnotationStore {
  /** With its audit row in the same transaction. The same mark of the same person again is the one there is. */
  add(annotation: NewAnnotation, by: Declarer): Promise<NewAnnotation & { id: string }>;
}
