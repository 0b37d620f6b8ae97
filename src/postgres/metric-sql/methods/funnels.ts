import type { EventSelector } from '../../../core/event-selector.ts';
import type { Funnel } from '../../../core/funnel.ts';
import type { CheckedQuery } from '../../../core/query/metric-query.ts';
import type { WorkspaceConfig } from '../../../core/workspace-config.ts';
import { SeepassError } from '../../../errors.ts';

/**
 * The funnels a question is about: those its filter names, all that are declared where it is cut by funnel, else the
 * first one. None where none is declared.
 * @throws SeepassError `not_found` for one that is not declared.
 */
export function namedFunnels({
  query,
  config: { funnels },
}: {
  query: CheckedQuery;
  config: Pick<WorkspaceConfig, 'funnels'>;
}): readonly Funnel[] {
  const named = query.filters.funnel;
  if (named === undefined) return query.group_by.includes('funnel') ? funnels : funnels.slice(0, 1);
  return [named].flat().map((id) => {
    const funnel = funnels.find((one) => one.id === String(id));
    if (funnel) return funnel;
    throw new SeepassError('not_found', `There is no funnel called ${id}.`, {
      fix: `Declared: ${funnels.map((one) => one.id).join(', ') || 'none'}. Add funnels with seepass config apply.`,
    });
  });
}

export function lastStep({ id, steps }: Funnel): EventSelector {
  const last = steps.at(-1);
  if (!last) throw new RangeError(`The funnel ${id} has no steps: its schema lets none through.`);
  return last;
}
