/** The kinds of incident the assessment is measured on, drawn with different sizes, places and names. */
import type { CauseCategory } from '../../../src/core/assess/assessment.ts';
import { createRng, type Rng } from '../../../src/core/simulate/rng.ts';
import { type Names, plan, type Scenario } from './scenario.ts';
import { type Effect, JUDGED, type Rollout } from './world.ts';

interface Draw {
  seed: number;
  rng: Rng;
  names: Names;
  scale: number;
}

type Drawn = Pick<Scenario, 'causes' | 'page'> & {
  effects: readonly Effect[];
  rollouts?: readonly Rollout[];
} & Partial<Pick<Scenario, 'marks' | 'unmatched'>>;

export type Family = (draw: Draw) => Drawn;

const WITH_VIEWS = ['/checkout', '/cart', '/search', '/orders', '/reports'] as const;
const NEW = 'web@3.10.0';

const from = (rng: Rng, low: number, high: number): number => low + (high - low) * rng.next();
const one = (rng: Rng, pages: readonly string[] = WITH_VIEWS): string => rng.pick(pages);
const rollout = (rng: Rng, daysAgo = 1): Rollout => ({
  ...{ release: NEW, daysAgo },
  shares: [from(rng, 0.4, 0.7), from(rng, 0.75, 0.97)],
});
const causes = (...of: readonly CauseCategory[]) => of;

const errorsOn = (page: string, signature: string, rate: number, more: object = {}): Effect => ({
  ...{ pages: [page], days: 1 },
  errors: [{ signature, rate, ...more }],
});

/** By name; each is drawn several times. */
export const FAMILIES: Readonly<Record<string, Family>> = {
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

/** Pages with little traffic: an incident there is a handful of events. */
const SMALL = 0.14;
const SMALL_FAMILIES = [
  'release brings an exception',
  'payment provider fails',
  'webhook calls are refused',
  'exception everywhere, no release',
  'one account fails alone',
  'errors that say nothing',
];

/** Every family so many times, and some of them on small pages. */
export function drawScenarios(names: Names, seeds: readonly number[]): Scenario[] {
  const all = drawFamilies(FAMILIES, names, seeds);
  const small = seeds
    .slice(0, 2)
    .flatMap((seed) => SMALL_FAMILIES.map((family) => drawOne(FAMILIES, family, seed, names, SMALL)));
  return [...all, ...small];
}

export const drawFamilies = (
  families: Readonly<Record<string, Family>>,
  names: Names,
  seeds: readonly number[],
): Scenario[] =>
  seeds.flatMap((seed) => Object.keys(families).map((family) => drawOne(families, family, seed, names, null)));

function drawOne(
  families: Readonly<Record<string, Family>>,
  family: string,
  seed: number,
  names: Names,
  size: number | null,
): Scenario {
  const label = size === null ? family : `small: ${family}`;
  const rng = createRng(seed, label);
  const scale = size ?? from(rng, 0.6, 1.8);
  const make = families[family];
  if (!make) throw new RangeError(`there is no family "${family}"`);
  const { effects, rollouts = [], ...rest } = make({ seed, rng, names, scale });
  return { id: `${label} #${seed}`, family: label, ...rest, plan: plan(seed, scale, effects, rollouts) };
}
