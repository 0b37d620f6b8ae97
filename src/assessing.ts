import { hash } from 'node:crypto';
import type { Config } from './config.ts';
import type { ModelUse } from './model-use.ts';
import type { AssessIncidentsContext } from './pipeline/assess/assess-incidents.ts';
import { asWritten } from './pipeline/assess/context.ts';
import type { Clock, Log, Stores } from './pipeline/ports.ts';
import { createRunbookSearch } from './pipeline/runbooks/find.ts';
import { buildAssessmentLine } from './slack/views/assessment-line.ts';

/** What assessing takes, from what a process has. @param model words it; null leaves it to the template. */
export function assessContext(
  { timezone, currency }: Pick<Config, 'timezone' | 'currency'>,
  { stores, clock, log }: { stores: Stores; clock: Clock; log: Log },
  model: Pick<ModelUse, 'assessor'> | null,
): AssessIncidentsContext {
  return {
    ...{ stores, clock, timezone, currency, log },
    runbooks: createRunbookSearch({ runbooks: stores.runbooks, timezone, findByMeaning: null }),
    write: model?.assessor ?? asWritten,
    sha256: (text) => hash('sha256', text, 'hex'),
    renderAssessment: buildAssessmentLine,
  };
}
