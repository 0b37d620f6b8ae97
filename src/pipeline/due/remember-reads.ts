import type { Stores } from '../ports.ts';

/**
 * The same stores, in which what digests of one day have in common is read once: for as long as one round of posts takes,
 * after which the view is thrown away.
 */
export function rememberReads(stores: Stores): Stores {
  const { priorities, proposals, freshness, mutes, incidents } = stores;
  return {
    ...stores,
    priorities: {
      ...priorities,
      findDay: once(priorities.findDay),
      listPriorities: once(priorities.listPriorities),
      findExplanation: once(priorities.findExplanation),
    },
    proposals: { ...proposals, ensure: once(proposals.ensure), listDone: once(proposals.listDone) },
    freshness: { ...freshness, list: once(freshness.list) },
    mutes: { ...mutes, list: once(mutes.list) },
    incidents: { ...incidents, listEnded: once(incidents.listEnded) },
  };
}

/** Asks once for the same arguments; what failed is asked again. */
function once<Args extends unknown[], Result>(
  read: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  const known = new Map<string, Promise<Result>>();
  return (...args) => {
    const key = JSON.stringify(args);
    const before = known.get(key);
    if (before) return before;
    const result = read(...args);
    known.set(key, result);
    result.catch(() => known.delete(key));
    return result;
  };
}
