import type { RunbookDesk } from '../../src/pipeline/runbooks/desk.ts';

const nothing = (): Promise<never> => Promise.reject(new Error('not here'));

/** For tests in which nobody touches a runbook. */
export const noRunbooks: RunbookDesk = {
  requireKeeper: nothing,
  keepers: [],
  add: nothing,
  remove: nothing,
  answer: nothing,
  section: nothing,
  list: nothing,
  stale: nothing,
  stats: nothing,
};
