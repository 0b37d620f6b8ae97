/** Incidents that show in errors, answers and latency. */
import { causes, errorsOn, type Family, from, NEW, one, rollout, WITH_VIEWS } from './family.ts';

export const FAULTS: Readonly<Record<string, Family>> = {
  'release brings an exception': ({ rng, names }) => {
    const page = one(rng);
    const effect = errorsOn(page, rng.pick(names.code), from(rng, 0.05, 0.15), { release: NEW });
    return { causes: causes('release'), page, rollouts: [rollout(rng)], effects: [effect] };
  },
  'release brings more of the usual errors': ({ rng }) => {
    const page = one(rng);
    const usualErrors = { factor: from(rng, 4, 9), release: NEW };
    return {
      ...{ causes: causes('release'), page, rollouts: [rollout(rng)] },
      effects: [{ pages: [page], days: 1, usualErrors }],
    };
  },
  'release of the day before makes it slow': ({ rng }) => {
    const page = one(rng, ['/search', '/orders', '/reports']);
    const latency = { factor: from(rng, 1.9, 3), release: NEW };
    return {
      causes: causes('release'),
      page,
      rollouts: [rollout(rng, 2)],
      effects: [{ pages: [page], days: 2, latency }],
    };
  },
  'release loses conversions': ({ rng }) => {
    const page = one(rng, ['/checkout', '/cart']);
    const actions = { factor: from(rng, 0.2, 0.45), release: NEW };
    return {
      causes: causes('release'),
      page,
      rollouts: [rollout(rng)],
      effects: [{ pages: [page], days: 1, actions }],
    };
  },
  'payment timeouts under one release': ({ rng, names }) => {
    const effect = errorsOn('/checkout', rng.pick(names.payment), from(rng, 0.06, 0.15), { release: NEW });
    return { causes: causes('release'), page: '/checkout', rollouts: [rollout(rng)], effects: [effect] };
  },
  'innocent release, upstream fails': ({ rng, names }) => {
    const page = one(rng);
    const rate = from(rng, 0.06, 0.15);
    return {
      ...{ causes: causes('upstream'), page, rollouts: [rollout(rng)] },
      effects: [errorsOn(page, rng.pick(names.upstream), rate)],
    };
  },
  'innocent release, credentials expire': ({ rng, names }) => ({
    ...{ causes: causes('credentials'), page: '/webhooks/orders', rollouts: [rollout(rng)] },
    effects: [
      {
        ...{ pages: ['/webhooks/orders'], days: 1, statuses: [{ status: '403', share: from(rng, 0.3, 0.7) }] },
        errors: [{ signature: rng.pick(names.credentials), rate: from(rng, 0.15, 0.4) }],
      },
    ],
  }),
  'innocent release, payment provider fails': ({ rng, names }) => ({
    ...{ causes: causes('payment'), page: '/checkout', rollouts: [rollout(rng)] },
    effects: [
      {
        ...errorsOn('/checkout', rng.pick(names.payment), from(rng, 0.07, 0.16)),
        actions: { factor: 0.7 },
        orders: 0.8,
      },
    ],
  }),
  'payment provider fails': ({ rng, names }) => ({
    ...{ causes: causes('payment'), page: '/checkout' },
    effects: [
      {
        ...errorsOn('/checkout', rng.pick(names.payment), from(rng, 0.05, 0.15)),
        ...{ dropoffs: { factor: 1.5 }, actions: { factor: 0.65 }, tickets: { topic: 'card fails', rate: 0.02 } },
      },
    ],
  }),
  'upstream answers 502': ({ rng }) => {
    const page = one(rng, [...WITH_VIEWS, '/webhooks/orders']);
    const statuses = [{ status: rng.pick(['502', '503', '504']), share: from(rng, 0.08, 0.3) }];
    return { causes: causes('upstream'), page, effects: [{ pages: [page], days: 1, statuses }] };
  },
  'upstream times out on many pages': ({ rng, names }) => {
    const errors = [{ signature: rng.pick(names.upstream), rate: from(rng, 0.05, 0.12) }];
    const effect = { pages: ['/orders', '/cart', '/reports'], days: 1, errors, latency: { factor: 1.7 } };
    return { causes: causes('upstream'), page: one(rng, effect.pages), effects: [effect] };
  },
  'webhook calls are refused': ({ rng, names }) => ({
    ...{ causes: causes('credentials'), page: '/webhooks/orders' },
    effects: [
      {
        ...{ pages: ['/webhooks/orders'], days: 1 },
        statuses: [{ status: rng.pick(['401', '403']), share: from(rng, 0.2, 0.8) }],
        errors: [{ signature: rng.pick(names.credentials), rate: from(rng, 0.1, 0.4) }],
      },
    ],
  }),
  'rate limit under more calls': ({ rng, names }) => {
    const page = one(rng, ['/search', '/orders', '/reports']);
    return {
      ...{ causes: causes('rate_limit'), page },
      effects: [
        {
          ...{
            pages: [page],
            days: 1,
            calls: from(rng, 1.3, 2),
            statuses: [{ status: '429', share: from(rng, 0.1, 0.3) }],
          },
          errors: [{ signature: rng.pick(names.rateLimit), rate: from(rng, 0.05, 0.15) }],
        },
      ],
    };
  },
  'database locks and waits': ({ rng, names }) => {
    const page = one(rng, ['/orders', '/reports', '/cart']);
    const errors = [{ signature: rng.pick(names.database), rate: from(rng, 0.05, 0.14) }];
    return {
      ...{ causes: causes('database'), page },
      effects: [{ pages: [page], days: 1, errors, latency: { factor: from(rng, 1.5, 3) } }],
    };
  },
  'slow queries, nothing fails': ({ rng }) => {
    const page = one(rng, ['/orders', '/reports', '/search']);
    return {
      causes: causes('database'),
      page,
      effects: [{ pages: [page], days: 1, latency: { factor: from(rng, 2, 4) } }],
    };
  },
  'exception on one platform': ({ rng, names }) => {
    const page = one(rng);
    const platform = rng.pick(['ios', 'android']);
    const effect = errorsOn(page, rng.pick(names.code), from(rng, 0.05, 0.1), { platform });
    return { causes: causes('code'), page, effects: [effect] };
  },
  'exception everywhere, no release': ({ rng, names }) => {
    const page = one(rng);
    return { causes: causes('code'), page, effects: [errorsOn(page, rng.pick(names.code), from(rng, 0.05, 0.12))] };
  },
};
