import { assess } from '../../src/core/assess/assess.ts';
import type { Assessment } from '../../src/core/assess/assessment.ts';
import type { CheckAnswer, CheckId, Part } from '../../src/core/assess/checks/check.ts';
import { situationOfPriority } from '../../src/core/assess/situation-of-priority.ts';
import type { Mark } from '../../src/core/query/why/why.ts';
import type { Priority } from '../../src/core/records.ts';
import type { Citation } from '../../src/core/runbook/citation.ts';
import { withDefaults } from '../../src/core/workspace-config.ts';
import { checkoutIncident } from './priority.ts';

type Counts = readonly [now: number, ofNow: number, before: number, ofBefore: number];

export const part = (
  value: string | null,
  [now, ofNow, before, ofBefore]: Counts,
  bucket: string | null = null,
): Part => ({
  ...{ value, bucket },
  now: { count: now, exposure: ofNow },
  before: { count: before, exposure: ofBefore },
});

export const answer = (parts: readonly Part[], total?: Part): CheckAnswer => ({
  parts,
  total: total ?? part(null, [0, 0, 0, 0]),
});

/** What the checks of the mock-up's incident found: errors at a payment provider, under one release alone. */
export const checkoutAnswers = (): Map<CheckId, CheckAnswer> =>
  new Map<CheckId, CheckAnswer>([
    ['rate-by-release', answer([part('web@1.42.0', [142, 1350, 0, 0]), part('web@1.41.3', [6, 430, 0, 0])])],
    ['releases-before', answer([part('web@1.41.3', [149, 12_460, 0, 0])])],
    ['release-start', answer([part(null, [0, 0, 0, 0], '2026-01-28'), part(null, [1350, 0, 0, 0], '2026-01-29')])],
    [
      'errors-by-signature',
      answer([part('PAYMENT_PROVIDER_TIMEOUT', [105, 0, 30, 0]), part('TypeError at cart.ts', [12, 0, 80, 0])]),
    ],
    ['rate-by-platform', answer([], part(null, [148, 1780, 149, 12_460]))],
    ['orders', answer([], part(null, [48, 0, 96, 0]))],
    ['order-value', answer([], part(null, [9_400, 650, 0, 0]))],
    ['actions', answer([], part(null, [400, 0, 560, 0]))],
    ['errors-by-page', answer([part('/checkout', [148, 0, 149, 0]), part('/cart', [20, 0, 150, 0])])],
  ]);

export const runbook = (): Citation => ({
  runbook: { number: 3, title: 'Checkout payments', version: 2 },
  headings: ['Checkout payments', 'Rolling back'],
  anchor: 'rolling-back',
  link: 'https://docs.example/checkout#rolling-back',
  excerpt: 'Roll back the web release, then watch the error rate for ten minutes.',
});

interface Changes {
  priority?: Priority;
  answers?: ReadonlyMap<CheckId, CheckAnswer>;
  marks?: readonly Mark[];
  runbooks?: readonly Citation[];
  failed?: number;
}

/** The assessment of the mock-up's incident, or of another one. */
export function assessment(changes: Changes = {}): Assessment {
  const {
    priority = checkoutIncident(),
    answers = checkoutAnswers(),
    marks = [],
    runbooks = [runbook()],
    failed = 0,
  } = changes;
  return assess({
    situation: situationOfPriority(priority, { currency: 'USD', timezone: 'Europe/Berlin' }),
    ...{ answers, marks, runbooks, currency: 'USD', checks: { asked: 18, failed } },
    funnels: withDefaults({}).funnels,
    policy: { capabilities: [], track: [], runsAlone: () => false },
  });
}
