import type { Stores } from '../ports.ts';

/**
 * The same stores, in which what digests of one day have in common is read once: for as long as one round of posts takes,
 * after which the view is thrown away.
 */
export function rememberReads(stores: Stores): Stores {
  const { priorities, proposals, effects, freshness, surfaces, mutes, incidents } = stores;
  return {
    ...stores,
    priorities: {
      ...priorities,
      findDay: askOnce(priorities.findDay),
      listPriorities: askOnce(priorities.listPriorities),
      findExplanation: askOnce(priorities.findExplanation),
    },
    proposals: {
      ...proposals,
      ensure: askOnce(proposals.ensure),
      listOf: askOnce(proposals.listOf),
      listDone: askOnce(proposals.listDone),
    },
    effects: { ...effects, listChecked: askOnce(effects.listChecked) },
    freshness: { list: askOnce(freshness.list), readHours: askOnce(freshness.readHours) },
    surfaces: { ...surfaces, countOther: askOnce(surfaces.countOther) },
    mutes: { ...mutes, list: askOnce(mutes.list) },
    incidents: { ...incidents, listEnded: askOnce(incidents.listEnded) },
  };
}

/** Asks once for the same arguments; what failed is asked again. */
export function askOnce<Args extends unknown[], Result>(
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
