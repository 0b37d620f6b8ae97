import { dateOf, dayNumber } from '../../window.ts';
import { plainFinding, type RelatingRule, type RelationContext } from '../rule.ts';
import { errorFindings } from './co-occurrence.ts';

/** Seed 000: a top signature with more than this share is a dominant root cause candidate. */
const MIN_SHARE = 0.6;
const MIN_COUNT = 8;

interface Shares {
  signature: string;
  count: number;
  share: number;
  usualShare: number | null;
  shareOfExcess: number | null;
}

/**
 * One signature makes up most of a flagged surface's errors. The default profile wants most of what came on top of
 * normal to be that signature, so that a page whose only error ever is X is not told "X is 100%" as news.
 */
export const concentration: RelatingRule = {
  kind: 'relate',
  id: 'concentration',
  summary: 'One error signature is more than 60% of the errors of a flagged surface.',
  entityTypes: ['surface'],
  profiles: ['seed', 'default'],
  relate: (day) => {
    const flagged =
      day.profile === 'seed' ? day.findings.filter(({ rule }) => rule === 'spike') : errorFindings(day.findings);
    return [...new Set(flagged.map((finding) => finding.entity_key))].flatMap((surface) => {
      const shares = topShares(day, surface);
      if (!shares || shares.share <= MIN_SHARE) return [];
      if (day.profile === 'default' && (shares.count < MIN_COUNT || (shares.shareOfExcess ?? 1) <= MIN_SHARE))
        return [];
      const entity = { entity_type: 'surface' as const, entity_key: surface };
      return plainFinding(
        day,
        'concentration',
        entity,
        'share',
        {
          signature: shares.signature,
          count: shares.count,
          usual_share: shares.usualShare,
          lift: shares.usualShare ? shares.share / shares.usualShare : null,
          share_of_excess: shares.shareOfExcess,
        },
        { current: shares.share, ...(shares.usualShare === null ? {} : { expected: shares.usualShare }) },
      );
    });
  },
};

/** The day's largest signature on a surface; ties by name. Its own history where signature rows exist. */
function topShares(day: RelationContext, surface: string): Shares | undefined {
  const rows = day.history.signatureRows.get(surface) ?? [];
  const total = day.history.surfaces.find((entry) => entry.surface === surface)?.measures.errors;
  const errors = total?.[day.slot] ?? 0;
  const today = rows.filter(({ date }) => date === day.date);
  const top = today.reduce<{ signature: string; errors: number } | undefined>(
    (best, row) =>
      !best || row.errors > best.errors || (row.errors === best.errors && row.signature < best.signature) ? row : best,
    undefined,
  );
  if (!top) return fromDetails(day, surface, errors);
  if (errors <= 0) return undefined;
  const first = dateOf(dayNumber(day.date) - day.settings.baselineDays);
  let usual = 0;
  let usualErrors = 0;
  for (let back = 1; back <= day.settings.baselineDays && back <= day.slot; back++)
    usualErrors += total?.[day.slot - back] ?? 0;
  for (const row of rows)
    if (row.signature === top.signature && row.date >= first && row.date < day.date) usual += row.errors;
  const scale = errors > 0 ? day.settings.baselineDays : 1;
  const excess = errors - usualErrors / scale;
  return {
    signature: top.signature,
    count: top.errors,
    share: Math.min(1, top.errors / errors),
    usualShare: usualErrors > 0 ? Math.min(1, usual / usualErrors) : null,
    shareOfExcess: excess > 0 ? Math.min(1, Math.max(0, (top.errors - usual / scale) / excess)) : null,
  };
}

function fromDetails(day: RelationContext, surface: string, errors: number): Shares | undefined {
  const top = day.details.get(surface)?.top_error_signatures[0];
  if (!top || errors <= 0) return undefined;
  const share = Math.min(1, top.count / errors);
  return { signature: top.sig, count: top.count, share, usualShare: null, shareOfExcess: null };
}
