import type { ErrorFamily } from './error-family.ts';
import type { Reading } from './reading.ts';

/** On a page, and for an error on its own. */
const FAMILY_TITLES: Readonly<Record<Exclude<ErrorFamily, 'credentials'>, readonly [surface: string, error: string]>> =
  {
    'rate-limit': ['Check which rate limit {entity} runs into', 'Find the rate limit behind {entity}'],
    payment: ["Check the payment provider's status for {entity}", "Check the payment provider's status for {entity}"],
    database: [
      'Look at slow queries and locks behind {entity}',
      'Look for slow queries and locks that end in {entity}',
    ],
    upstream: ['Check the service behind {entity} for timeouts', 'Check the service that answers with {entity}'],
    code: ['Hand {signature.1} to the owner of {entity}', 'Hand {entity} to its owner'],
  };

/** What would be called for each family. */
export const FAMILY_CALLS: Readonly<Record<ErrorFamily, string>> = {
  credentials: 'checklist.verify-credentials',
  'rate-limit': 'checklist.rate-limit',
  payment: 'status-page.read',
  database: 'database.slow-queries',
  upstream: 'service.health',
  code: 'issue.open',
};

/** The title, with facts as placeholders, of what to look at first for an error of that family. */
export function familyTitle(family: ErrorFamily, { priority }: Pick<Reading, 'priority'>): string {
  if (family !== 'credentials') return FAMILY_TITLES[family][priority.entity_type === 'surface' ? 0 : 1];
  return /hook/i.test(priority.entity_key)
    ? 'Verify the webhook credentials of {entity}'
    : 'Verify the credentials behind {entity}';
}
