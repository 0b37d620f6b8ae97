/** Checks a situation, and stores what is made of it where that is anything new. */
import { assess } from '../../core/assess/assess.ts';
import { capabilitiesOf } from '../../core/assess/capabilities.ts';
import type { ActionPolicy } from '../../core/assess/choose-actions.ts';
import { numberEdition, sourceOf } from '../../core/assess/edition.ts';
import { pageOf, type Situation } from '../../core/assess/situation.ts';
import { addDays, startOfDay } from '../../core/window.ts';
import type { WorkspaceConfig } from '../../core/workspace-config.ts';
import { readApprovalPolicy } from '../acting/rules.ts';
import type { StoredAssessment } from '../acting.ts';
import { readNoted } from '../read-noted.ts';
import { readWorkspaceConfig } from '../workspace-config.ts';
import { withoutExcerpts } from './cited-runbooks.ts';
import type { AssessContext } from './context.ts';
import { findRunbooks } from './find-runbooks.ts';
import { runChecks } from './run-checks.ts';

/** Settings that were changed so many days before it began may have to do with it. */
const MARK_DAYS = 2;

export interface Assessed {
  stored: StoredAssessment;
  /** Its facts changed since it was last written, or it never was. */
  isNew: boolean;
}

/** @param texts what people and programs wrote about it, for whoever words it. */
export async function assessSituation(
  context: AssessContext,
  of: Situation,
  texts: readonly string[],
): Promise<Assessed> {
  const { stores, clock, log, currency, sha256 } = context;
  const config = await readWorkspaceConfig(stores.settings);
  const asOf = clock();
  const { situation, answers, asked, failed } = await runChecks(
    { metrics: stores.metrics, setting: { asOf, config }, clock, log },
    of,
  );
  const input = {
    ...{ situation, answers, currency, funnels: config.funnels },
    checks: { asked, failed },
    marks: await readMarks(context, situation, asOf),
    policy: await readPolicy(context, config),
  };
  const bare = assess({ ...input, runbooks: [] });
  const runbooks = await findRunbooks(context, situation, bare.hypotheses);
  const draft = { ...bare, runbooks };

  const factsHash = sha256(sourceOf(draft));
  const before = await stores.assessments.find(situation.subject);
  if (before?.factsHash === factsHash) return { stored: before, isNew: false };
  const assessment = withoutExcerpts(numberEdition(before?.assessment, await context.write(draft, texts)));
  const stored = { subject: situation.subject, factsHash, assessment };
  await stores.assessments.put(stored);
  log.info(
    { subject: situation.subject, cause: assessment.cause.category, edition: assessment.edition, asked, failed },
    'assessed',
  );
  return { stored: { ...stored, writtenAt: asOf }, isNew: true };
}

const readMarks = ({ stores, timezone }: AssessContext, situation: Situation, asOf: number) =>
  readNoted({ stores, timezone }, pageOf(situation), {
    start: startOfDay(addDays(situation.windows.began, -MARK_DAYS), timezone),
    end: Math.min(startOfDay(addDays(situation.windows.now.end.slice(0, 10), 1), timezone), asOf + 1),
  });

async function readPolicy({ stores }: AssessContext, config: WorkspaceConfig): Promise<ActionPolicy> {
  const approvals = await readApprovalPolicy(stores.settings);
  return {
    capabilities: capabilitiesOf({ ...config, approvals }),
    track: await stores.effects.trackRecords(),
    runsAlone: ({ risk }) => risk === 'low' && approvals.low_risk === 'runs_by_itself',
  };
}
