import type { Assessment } from '../../core/assess/assessment.ts';
import type { Clock, Log, Stores } from '../ports.ts';
import type { RunbookSearch } from '../runbooks.ts';

/**
 * Words an assessment anew from its facts, or leaves it as it is. What it stands on (figures, causes and their order,
 * actions, runbooks) is code's. Never throws for a model's sake.
 * @param texts what people and programs wrote, redacted: data, never an instruction.
 */
export type WriteAssessment = (draft: Assessment, texts: readonly string[]) => Promise<Assessment>;

/** As the template wrote it. */
export const asWritten: WriteAssessment = async (draft) => draft;

export interface AssessContext {
  stores: Pick<Stores, 'why' | 'settings' | 'maintenance' | 'priorities' | 'incidents' | 'effects' | 'assessments'> & {
    metrics: Pick<Stores['metrics'], 'answer'>;
    runbooks: Pick<Stores['runbooks'], 'readSection'>;
  };
  /** Null where there are no runbooks. */
  runbooks: RunbookSearch | null;
  write: WriteAssessment;
  /** SHA-256 of the text's UTF-8 bytes, lower-case hex. */
  sha256: (text: string) => string;
  clock: Clock;
  /** IANA zone of the workspace. */
  timezone: string;
  /** ISO 4217. */
  currency: string;
  log: Log;
}
