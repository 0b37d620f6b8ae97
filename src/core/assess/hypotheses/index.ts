/** Every cause that is considered. One more file or entry here is one more cause. */
import { code, configuration, credentials, database, rateLimit } from './by-fault.ts';
import { singleAccount, softFailure, tracking, traffic } from './by-flow.ts';
import type { HypothesisMaker } from './define.ts';
import { payment, upstream } from './outside.ts';
import { release } from './release.ts';

export const HYPOTHESES: readonly HypothesisMaker[] = [
  release,
  credentials,
  rateLimit,
  payment,
  upstream,
  database,
  code,
  configuration,
  traffic,
  tracking,
  softFailure,
  singleAccount,
];
