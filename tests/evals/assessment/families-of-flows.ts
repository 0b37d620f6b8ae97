/** Incidents that show in what comes through, in one account, in settings, or in two ways at once. */

import { causes, errorsOn, type Family, from, NEW, one, rollout } from './family.ts';

import { JUDGED } from './world.ts';

export const FLOWS: Readonly<Record<string, Family>> = {
  'a crowd comes': ({ rng }) => {
    const page = one(rng, ['/search', '/cart']);
    return {
      ...{ causes: causes('traffic'), page },
      effects: [
        {
          ...{ pages: [page], days: 1, traffic: from(rng, 2.2, 4), latency: { factor: from(rng, 1.6, 2.4) } },
          ...{ usualErrors: { factor: from(rng, 1.8, 2.6) }, statuses: [{ status: '500', share: 0.015 }] },
        },
      ],
    };
  },
  'tracking of a page is lost': ({ rng }) => {
    const page = one(rng);
    return { causes: causes('tracking'), page, effects: [{ pages: [page], days: 1, tracked: from(rng, 0, 0.12) }] };
  },
  'a page is down': ({ rng }) => {
    const page = one(rng, ['/orders', '/cart', '/reports']);
    return {
      ...{ causes: causes('upstream'), page },
      effects: [{ pages: [page], days: 1, traffic: 0.2, statuses: [{ status: '503', share: from(rng, 0.5, 0.8) }] }],
    };
  },
  'paid without order': ({ rng }) => ({
    ...{ causes: causes('soft_failure'), page: '/checkout', unmatched: { share: from(rng, 0.15, 0.5), days: 1 } },
    effects: [{ pages: ['/checkout'], days: 1, orders: from(rng, 0.5, 0.7) }],
  }),
  'one account fails alone': ({ rng, names }) => {
    const page = one(rng);
    const kinds = [names.code, names.plain, names.upstream];
    const effect = errorsOn(page, rng.pick(rng.pick(kinds)), from(rng, 0.05, 0.12), { account: 'acct-9' });
    return { causes: causes('single_account'), page, effects: [effect] };
  },
  'one account is refused': ({ rng, names }) => ({
    ...{ causes: causes('single_account'), page: '/webhooks/orders' },
    effects: [
      {
        ...{ pages: ['/webhooks/orders'], days: 1, statuses: [{ status: '401', share: 0.15, account: 'acct-11' }] },
        errors: [{ signature: rng.pick(names.credentials), rate: from(rng, 0.08, 0.2), account: 'acct-11' }],
      },
    ],
  }),
  'a setting is missing': ({ rng, names }) => {
    const page = one(rng);
    const errors = [{ signature: rng.pick(names.configuration), rate: from(rng, 0.05, 0.12) }];
    return { causes: causes('configuration'), page, effects: [{ pages: [page], days: 1, errors }] };
  },
  'a flag was switched': ({ rng }) => {
    const page = one(rng, ['/checkout', '/cart']);
    const mark = { kind: 'note', date: JUDGED, text: 'new price table enabled by feature flag' };
    return {
      ...{ causes: causes('configuration'), page, marks: [mark] },
      effects: [{ pages: [page], days: 1, actions: { factor: from(rng, 0.3, 0.5) } }],
    };
  },
  'addresses that are gone': ({ rng }) => {
    const page = one(rng);
    const statuses = [{ status: '404', share: from(rng, 0.15, 0.35) }];
    const usualErrors = { factor: from(rng, 4, 7) };
    return { causes: causes('configuration'), page, effects: [{ pages: [page], days: 1, statuses, usualErrors }] };
  },
  'two at once: release and upstream': ({ rng, names }) => {
    const page = one(rng);
    return {
      ...{ causes: causes('release', 'upstream'), page, rollouts: [rollout(rng)] },
      effects: [
        errorsOn(page, rng.pick(names.code), from(rng, 0.07, 0.1), { release: NEW }),
        errorsOn(page, rng.pick(names.upstream), from(rng, 0.04, 0.06)),
      ],
    };
  },
  'two at once: refused and limited': ({ rng, names }) => ({
    ...{ causes: causes('credentials', 'rate_limit'), page: '/webhooks/orders' },
    effects: [
      {
        ...{ pages: ['/webhooks/orders'], days: 1 },
        statuses: [
          { status: '403', share: 0.2 },
          { status: '429', share: 0.15 },
        ],
        errors: [
          { signature: rng.pick(names.credentials), rate: 0.12 },
          { signature: rng.pick(names.rateLimit), rate: 0.1 },
        ],
      },
    ],
  }),
  'errors that say nothing': ({ rng, names }) => {
    const page = one(rng);
    return { causes: causes('unknown'), page, effects: [errorsOn(page, rng.pick(names.plain), from(rng, 0.05, 0.1))] };
  },
  'people leave, nothing else moves': ({ rng }) => {
    const page = one(rng, ['/checkout', '/cart']);
    return {
      causes: causes('unknown'),
      page,
      effects: [{ pages: [page], days: 1, dropoffs: { factor: from(rng, 1.6, 2.1) } }],
    };
  },
  'innocent release, people leave': ({ rng }) => {
    const page = one(rng, ['/checkout', '/cart']);
    return {
      ...{ causes: causes('unknown'), page, rollouts: [rollout(rng)] },
      effects: [{ pages: [page], days: 1, dropoffs: { factor: from(rng, 1.7, 2.2) } }],
    };
  },
};
