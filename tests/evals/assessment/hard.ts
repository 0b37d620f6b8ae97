/**
 * What the hypotheses were not written for: faults that show as another kind, names that mislead, causes that leave no
 * trace. Measured, never tuned on; a miss here is what to expect of outages that are like nothing else.
 */
import { drawFamilies } from './families.ts';
import type { Family } from './family.ts';
import { HELD_OUT_NAMES } from './holdout.ts';
import type { Scenario } from './scenario.ts';

const NEW = 'web@3.10.0';
const all = { release: NEW, daysAgo: 1, shares: [1, 1] as const };
const half = { release: NEW, daysAgo: 1, shares: [0.5, 0.9] as const };

const HARD: Readonly<Record<string, Family>> = {
  'release that everybody has at once': () => ({
    ...{ causes: ['release'], page: '/cart', rollouts: [all] },
    effects: [{ pages: ['/cart'], days: 1, errors: [{ signature: 'E_CART_STATE', rate: 0.09 }] }],
  }),
  'exception with a misleading name, under a release': () => ({
    ...{ causes: ['release'], page: '/checkout', rollouts: [half] },
    effects: [
      { pages: ['/checkout'], days: 1, errors: [{ signature: 'PaymentForm.render failed', rate: 0.1, release: NEW }] },
    ],
  }),
  'slow service behind, nothing fails': () => ({
    ...{ causes: ['upstream'], page: '/orders' },
    effects: [{ pages: ['/orders'], days: 1, latency: { factor: 2.8 } }],
  }),
  'setting changed, nobody noted it': () => ({
    ...{ causes: ['configuration'], page: '/cart' },
    effects: [{ pages: ['/cart'], days: 1, actions: { factor: 0.4 } }],
  }),
  'database down, all it says is 500': () => ({
    ...{ causes: ['database'], page: '/reports' },
    effects: [{ pages: ['/reports'], days: 1, statuses: [{ status: '500', share: 0.3 }] }],
  }),
  'payment fails on one platform only': ({ rng, names }) => ({
    ...{ causes: ['payment'], page: '/checkout' },
    effects: [
      { pages: ['/checkout'], days: 1, errors: [{ signature: rng.pick(names.payment), rate: 0.07, platform: 'ios' }] },
    ],
  }),
  'innocent release days before, exception everywhere': ({ rng, names }) => ({
    ...{ causes: ['code'], page: '/search', rollouts: [{ release: NEW, daysAgo: 3, shares: [0.4, 0.9] }] },
    effects: [{ pages: ['/search'], days: 1, errors: [{ signature: rng.pick(names.code), rate: 0.08 }] }],
  }),
  'crowd that runs into a rate limit': ({ rng, names }) => ({
    ...{ causes: ['traffic', 'rate_limit'], page: '/search' },
    effects: [
      {
        ...{ pages: ['/search'], days: 1, traffic: 2.8, statuses: [{ status: '429', share: 0.2 }] },
        errors: [{ signature: rng.pick(names.rateLimit), rate: 0.1 }],
      },
    ],
  }),
  'script of one account': () => ({
    ...{ causes: ['single_account'], page: '/orders' },
    effects: [{ pages: ['/orders'], days: 1, script: { account: 'acct-5', views: 3 } }],
  }),
  'two accounts fail': ({ rng, names }) => ({
    ...{ causes: ['code'], page: '/orders' },
    effects: [
      {
        ...{ pages: ['/orders'], days: 1 },
        errors: ['acct-3', 'acct-4'].map((account) => ({ signature: rng.pick(names.code), rate: 0.05, account })),
      },
    ],
  }),
  'refused calls behind a page, no error is sent': () => ({
    ...{ causes: ['credentials'], page: '/cart' },
    effects: [{ pages: ['/cart'], days: 1, statuses: [{ status: '401', share: 0.3 }], actions: { factor: 0.5 } }],
  }),
  'orders are lost, no pair is declared': () => ({
    ...{ causes: ['soft_failure'], page: '/checkout' },
    effects: [{ pages: ['/checkout'], days: 1, orders: 0.3, tickets: { topic: 'charged but no order', rate: 0.03 } }],
  }),
};

export const hardScenarios = (): Scenario[] => drawFamilies(HARD, HELD_OUT_NAMES, [901, 902]);
