import type { CauseCategory, Hypothesis } from '../../core/assess/assessment.ts';
import type { Situation } from '../../core/assess/situation.ts';
import type { Citation } from '../../core/runbook/citation.ts';
import type { AssessContext } from './context.ts';

const MOST = 3;

/** How runbooks call each kind of trouble. */
const WORDS: Readonly<Partial<Record<CauseCategory, string>>> = {
  release: 'roll back release',
  upstream: 'upstream service timeout',
  credentials: 'credentials expired unauthorized forbidden',
  rate_limit: 'rate limit',
  payment: 'payment provider failure',
  database: 'database slow queries locks',
  code: 'application error',
  configuration: 'configuration feature flag',
  traffic: 'traffic load scaling',
  tracking: 'tracking data missing',
  soft_failure: 'paid without order reconciliation',
};

/** Sections that everybody may read: an assessment is one for all its readers. */
export async function findRunbooks(
  { runbooks, clock, log }: Pick<AssessContext, 'runbooks' | 'clock' | 'log'>,
  { surfaces, topics, signature }: Situation,
  hypotheses: readonly Hypothesis[],
): Promise<Citation[]> {
  if (runbooks === null) return [];
  const leading = hypotheses.slice(0, 2);
  const named = leading.flatMap(({ category, value }) => (value === null || category === 'release' ? [] : [value]));
  try {
    const { covering } = await runbooks.find({
      need: {
        surface: surfaces[0] ?? null,
        signatures: [...new Set([...(signature === null ? [] : [signature]), ...named])],
        categories: leading.flatMap(({ category }) => WORDS[category] ?? []),
        topics: topics.slice(0, 2),
      },
      readers: { channels: [], groups: [] },
      asOf: clock(),
      limit: MOST,
    });
    return covering.map(({ citation }) => citation);
  } catch (error) {
    log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'an assessment goes without runbooks');
    return [];
  }
}
