/** What makes one assessment another. */
import type { Assessment } from './assessment.ts';

/** What it was written from, as one text: its hash says whether there is anything to write anew. */
export function sourceOf({ facts, hypotheses, actions, runbooks, severity }: Assessment): string {
  return JSON.stringify([
    severity,
    facts.map(({ id, text }) => [id, text]),
    hypotheses.map(({ category, value, confidence, checks }) => [
      category,
      value,
      confidence,
      checks.map(({ asked, verdict }) => [asked, verdict]),
    ]),
    actions.map(({ action, track, needsApproval }) => [action.type, action.title, track, needsApproval]),
    runbooks.map(({ runbook, anchor }) => [runbook.number, runbook.version, anchor]),
  ]);
}

/** Whether people would do something else by it: another likely cause, surer or less sure, another first action. */
function isMaterial(before: Assessment, now: Assessment): boolean {
  const key = ({ cause, hypotheses: [first], actions: [action] }: Assessment): string =>
    JSON.stringify([cause.category, first?.value ?? null, cause.confidence, action?.action.type, action?.action.title]);
  return key(before) !== key(now);
}

/** @param before what was last stored of the same subject. */
export const numberEdition = (before: Assessment | undefined, now: Assessment): Assessment => ({
  ...now,
  edition: before === undefined ? 1 : before.edition + (isMaterial(before, now) ? 1 : 0),
});
