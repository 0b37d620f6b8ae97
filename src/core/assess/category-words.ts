import type { CauseCategory, Confidence } from './assessment.ts';

/** What each kind of cause is called in a line of its own. */
export const CATEGORY_WORDS: Readonly<Record<CauseCategory, string>> = {
  release: 'a release',
  upstream: 'a service behind it',
  credentials: 'credentials',
  rate_limit: 'a rate limit',
  payment: 'the payment provider',
  database: 'the database',
  code: 'our own code',
  configuration: 'settings',
  traffic: 'traffic',
  tracking: 'tracking',
  soft_failure: 'steps without consequence',
  single_account: 'a single account',
  unknown: 'not known',
};

/** How sure the first hypothesis is, as people say it. */
export const CONFIDENCE_WORDS: Readonly<Record<Confidence, string>> = {
  high: 'high confidence',
  medium: 'medium confidence',
  low: 'low confidence',
};
