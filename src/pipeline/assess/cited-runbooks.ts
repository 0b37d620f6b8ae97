/** What an assessment cites of runbooks: stored is where it stands, and what it says is read whenever it is shown. */
import type { Assessment } from '../../core/assess/assessment.ts';
import { type Citation, excerptOf } from '../../core/runbook/citation.ts';
import type { RunbookStore } from '../runbooks.ts';

/** An assessment is one for all its readers. */
const EVERYBODY = { channels: [], groups: [] } as const;

/** As it is stored: a runbook that is removed or restricted later leaves none of its words behind. */
export const withoutExcerpts = (assessment: Assessment): Assessment => ({
  ...assessment,
  runbooks: assessment.runbooks.map((citation) => ({ ...citation, excerpt: '' })),
});

/** As it is shown: with what the sections say now, and without those that are gone or not for everybody any more. */
export async function withReadableExcerpts(
  runbooks: Pick<RunbookStore, 'readSection'>,
  assessment: Assessment,
): Promise<Assessment> {
  const readable: Citation[] = [];
  for (const citation of assessment.runbooks) {
    const { runbook, anchor } = citation;
    const section = await runbooks.readSection({ number: runbook.number, anchor }, EVERYBODY);
    if (section === undefined) continue;
    const { title, version, headings, text } = section;
    readable.push({ ...citation, runbook: { ...runbook, title, version }, headings, excerpt: excerptOf(text) });
  }
  return { ...assessment, runbooks: readable };
}
