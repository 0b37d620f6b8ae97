import type { EntityType } from '../core/records.ts';
import {
  actions,
  dropoffs,
  type Effect,
  effects,
  errors,
  extraErrors,
  extraTickets,
  failures,
  forbidden,
  fromDay,
  fromHour,
  latency,
  leak,
  oneAccount,
  retries,
  traffic,
  untilDay,
} from './effects.ts';

export interface Incident {
  id: string;
  kind: string;
  /** Routes it happens on; `*` for all. */
  surfaces: readonly string[];
  /** What a detector should name. */
  entity: readonly [type: EntityType, key: string];
  /** Catalogue ids: the metric that moves most, and others that truly move. */
  metric: string;
  also: readonly string[];
  /** It starts on the day this many days before the end date (1 is the last day) and lasts so many days. */
  starts: number;
  lasts: number;
  decoy: boolean;
  /** Undefined where only a source falls silent. */
  effect?: Effect;
  /** No event of this source while it lasts. */
  silent?: 'posthog';
}

/** The release that the checkout incident began with; releases.ts ends its train there. */
const BAD_RELEASE = 'web@1.42.0';

const incident = (
  id: string,
  kind: string,
  surface: string,
  metric: string,
  [starts, lasts]: readonly [number, number],
  effect: Effect,
  also: readonly string[] = [],
): Incident => ({
  id,
  kind,
  surfaces: [surface],
  entity: ['surface', surface],
  metric,
  also,
  starts,
  lasts,
  decoy: false,
  effect,
});

const RATE_LIMITED_ON = [
  '/dashboard',
  '/cart',
  '/products/:id',
  '/orders',
  '/products',
  '/orders/:id',
  '/settings/integrations',
  '/inventory',
  '/suppliers',
  '/approvals',
  '/quotes',
  '/assistant',
  '/api/v1/orders',
  '/api/v1/products/:id',
] as const;

/** Still there on the last day: what that day's digest should lead with. */
const ACTIVE: readonly Incident[] = [
  incident(
    'checkout-provider-timeout',
    'concentration',
    '/checkout',
    'error_rate',
    [1, 1],
    fromHour(
      7,
      effects(
        errors(1.8),
        extraErrors('provider-timeout', 0.085, BAD_RELEASE),
        dropoffs(1.55),
        actions(0.72),
        extraTickets('card fails after submit', 0.08),
      ),
    ),
    ['dropoff_rate', 'ticket_rate', 'conversion_rate'],
  ),
  {
    ...incident(
      'provider-timeout-signature',
      'concentration',
      '/checkout',
      'errors',
      [1, 1],
      // The row above does it; this one says that the signature, too, is a right answer.
      () => undefined,
    ),
    entity: ['error_signature', 'PAYMENT_PROVIDER_TIMEOUT'],
  },
  incident(
    'search-latency',
    'latency',
    '/search',
    'latency_p95',
    [3, 3],
    effects(latency(2.67), extraTickets('search is slow', 0.008)),
    ['ticket_rate'],
  ),
  incident(
    'webhook-403-storm',
    'failure-storm',
    '/webhooks/orders',
    'failure_rate',
    [2, 2],
    effects(retries(1.6), forbidden(0.6), extraErrors('webhook-signature', 0.28)),
    ['error_rate', 'errors', 'requests'],
  ),
  incident('dashboard-leak', 'slow-leak', '/dashboard', 'error_rate', [10, 10], leak(1.09)),
  incident(
    'invoice-downloads',
    'errors+tickets',
    '/billing/invoices',
    'error_rate',
    [2, 2],
    effects(extraErrors('invoice-storage', 0.12), extraTickets('invoice download', 0.13), actions(0.75)),
    ['ticket_rate', 'conversion_rate'],
  ),
  {
    ...incident(
      'rate-limited-spread',
      'new-signature',
      '/search',
      'errors',
      [2, 2],
      extraErrors('rate-limited', 0.022),
    ),
    surfaces: RATE_LIMITED_ON,
    entity: ['error_signature', 'RATE_LIMITED'],
  },
];

/** Over before the last day: history to judge, and one that is back to normal today. */
const PAST: readonly Incident[] = [
  incident('reports-filter-crash', 'spike', '/reports', 'error_rate', [3, 2], extraErrors('report-filter', 0.16)),
  incident('login-loop', 'spike', '/login', 'error_rate', [52, 1], extraErrors('login-redirect', 0.12), [
    'ticket_rate',
  ]),
  incident(
    'cart-conflicts',
    'errors+dropoffs',
    '/cart',
    'error_rate',
    [45, 3],
    effects(extraErrors('cart-merge', 0.09), dropoffs(1.7)),
    ['dropoff_rate'],
  ),
  incident(
    'onboarding-lag',
    'lag',
    '/onboarding',
    'error_rate',
    [38, 3],
    effects(untilDay(2, extraErrors('vat-parse', 0.16)), fromDay(1, dropoffs(2.1))),
    ['dropoff_rate'],
  ),
  incident(
    'orders-outage',
    'outage',
    '/orders',
    'pageviews',
    [31, 1],
    effects(traffic(0.15), failures(0.62), extraErrors('orders-down', 0.35), actions(0.2)),
    ['failure_rate', 'error_rate', 'conversion_rate'],
  ),
  incident(
    'integration-sync',
    'errors+tickets',
    '/settings/integrations',
    'ticket_rate',
    [25, 3],
    effects(extraErrors('sync-mapping', 0.16), extraTickets('sync stopped', 0.14)),
    ['error_rate'],
  ),
  incident('pricing-conversion', 'conversion-drop', '/pricing', 'conversion_rate', [20, 4], actions(0.1)),
  incident('quotes-small-spike', 'spike', '/quotes', 'error_rate', [34, 1], extraErrors('upstream-502', 0.05)),
  incident('cart-latency', 'latency', '/cart', 'latency_p95', [60, 2], latency(3)),
  incident('products-spike', 'spike', '/products/:id', 'error_rate', [15, 1], extraErrors('null-price', 0.08)),
];

/** Changes that are no incident. */
const DECOYS: readonly Incident[] = [
  {
    ...incident('campaign-surge', 'traffic-surge', '/products', 'pageviews', [28, 2], traffic(2.8)),
    surfaces: ['/products', '/products/:id', '/'],
    entity: ['surface', '*'],
    decoy: true,
  },
  {
    ...incident('public-holiday', 'holiday', '*', 'pageviews', [42, 1], traffic(0.35)),
    entity: ['surface', '*'],
    decoy: true,
  },
  {
    id: 'posthog-gap',
    kind: 'tracking-gap',
    surfaces: ['*'],
    entity: ['surface', '*'],
    metric: 'pageviews',
    also: ['actions', 'dropoffs'],
    starts: 12,
    lasts: 1,
    decoy: true,
    silent: 'posthog',
  },
  {
    ...incident(
      'audit-log-script',
      'one-account',
      '/settings/audit-log',
      'pageviews',
      [7, 1],
      effects(traffic(22), oneAccount),
      ['errors', 'actions'],
    ),
    decoy: true,
  },
];

export const INCIDENTS: readonly Incident[] = [...ACTIVE, ...PAST, ...DECOYS];
