import { en, Faker } from '@faker-js/faker';
import { createRng, type Rng } from '../core/simulate/rng.ts';
import { createWeighted, logNormal } from '../core/simulate/samplers.ts';
import type { ResolvedOptions } from './options.ts';

export type Plan = 'free' | 'starter' | 'growth' | 'enterprise';

export interface Member {
  /** Looks like an e-mail address, as most products send it. */
  user: string;
  firstName: string;
  /** Index of the day they signed up; negative when they were there before. */
  joined: number;
}

export interface Account {
  name: string;
  plan: Plan;
  /** Monthly recurring revenue in whole major units; 0 on the free plan. */
  mrr: number;
  /** How active it is against the others. */
  weight: number;
  /** Day of the month it renews on, 1-28. */
  billingDay: number;
  /** Day indexes between which it is a customer. */
  joined: number;
  churned: number;
  /** In the order in which they signed up. */
  members: Member[];
}

export interface Visitor {
  account: Account;
  member: Member;
}

export interface People {
  accounts: readonly Account[];
  /** Who may show up on a day; heavy-tailed over accounts and over the members of each. */
  visitorsOf(day: number): (rng: Rng) => Visitor;
  /** Who signed up on a day. */
  joinersOf(day: number): Visitor[];
}

const PLANS: readonly {
  plan: Plan;
  share: number;
  fees: readonly number[];
  members: number;
  activity: number;
}[] = [
  { plan: 'free', share: 0.22, fees: [0], members: 2, activity: 0.35 },
  { plan: 'starter', share: 0.43, fees: [49, 49, 79, 99], members: 4, activity: 1 },
  { plan: 'growth', share: 0.27, fees: [290, 290, 390, 490, 650], members: 11, activity: 2.6 },
  { plan: 'enterprise', share: 0.08, fees: [1200, 1600, 1950, 2400, 4800], members: 34, activity: 6 },
];

// biome-ignore format: a word list reads better in rows
const TRADES = [
  'Supply', 'Outdoor', 'Hardware', 'Foods', 'Interiors', 'Medical', 'Trading', 'Wholesale', 'Kitchens', 'Coffee Roasters',
  'Logistics', 'Books', 'Garden Centre', 'Electric', 'Packaging', 'Cycles', 'Textiles', 'Paper', 'Dental', 'Brewing',
  'Optics', 'Flooring', 'Toys', 'Marine', 'Pharmacy Group', 'Catering', 'Lighting', 'Tools', 'Pet Care', 'Office Supplies',
] as const;

/** Shares of the accounts and members of 90 days: how fast customers come and go. */
const NEW_ACCOUNTS = 0.08;
const NEW_MEMBERS = 0.25;
const CHURN = 0.07;

const quarters = (options: ResolvedOptions): number => options.days / 90;

/** Own Faker instance on our own stream: the global faker is never touched. */
export function createFaker(rng: Rng): Faker {
  // Faker asks its randomizer to reseed itself on creation; our stream is seeded already.
  return new Faker({ locale: [en], randomizer: { next: () => rng.next(), seed: () => undefined } });
}

export function createPeople(options: ResolvedOptions): People {
  const rng = createRng(options.seed, 'people');
  const faker = createFaker(rng);
  const planOf = createWeighted(PLANS.map((plan) => plan.share));
  const names = new Set<string>();
  const turnover = Math.min(3, quarters(options));
  const accounts = Array.from({ length: options.accounts }, () => {
    const terms = PLANS[planOf(rng)];
    if (terms === undefined) throw new RangeError('no such plan');
    const name = unusedName(faker, rng, names);
    const joined = rng.chance(NEW_ACCOUNTS * turnover) ? 1 + rng.below(options.days) : -1 - rng.below(700);
    const churned = joined < 0 && rng.chance(CHURN * turnover) ? rng.below(options.days) : Number.POSITIVE_INFINITY;
    return {
      name,
      plan: terms.plan,
      mrr: rng.pick(terms.fees),
      weight: terms.activity * logNormal(rng, 1, 0.9),
      billingDay: 1 + rng.below(28),
      joined,
      churned,
      members: createMembers(
        faker,
        rng,
        name,
        Math.max(1, Math.round(logNormal(rng, terms.members, 0.5))),
        joined,
        options,
      ),
    } satisfies Account;
  });
  return {
    accounts,
    visitorsOf: (day) => createVisitors(accounts, day),
    joinersOf: (day) => listJoiners(accounts, day),
  };
}

function unusedName(faker: Faker, rng: Rng, taken: Set<string>): string {
  for (let tries = 0; ; tries++) {
    const family = faker.person.lastName();
    const roll = rng.next();
    const trade = rng.pick(TRADES);
    const base =
      roll < 0.55
        ? `${family} ${trade}`
        : roll < 0.8
          ? `${faker.location.state()} ${trade}`
          : `${family} & ${faker.person.lastName()}`;
    const name = tries < 5 ? base : `${base} ${tries}`;
    if (!taken.has(name)) {
      taken.add(name);
      return name;
    }
  }
}

function createMembers(
  faker: Faker,
  rng: Rng,
  company: string,
  count: number,
  accountJoined: number,
  options: ResolvedOptions,
): Member[] {
  const domain = `${company
    .toLowerCase()
    .replace(/&/g, 'and')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')}.example`;
  const taken = new Set<string>();
  const members = Array.from({ length: count }, (_, nth) => {
    const firstName = faker.person.firstName();
    const base = `${firstName}.${faker.person.lastName()}`.toLowerCase().replace(/[^a-z.]/g, '');
    const local = taken.has(base) ? `${base}${nth}` : base;
    taken.add(local);
    const late = nth > 0 && rng.chance(Math.min(0.6, NEW_MEMBERS * quarters(options)));
    const joined = late ? Math.max(accountJoined, rng.below(options.days)) : accountJoined;
    return { user: `${local}@${domain}`, firstName, joined };
  });
  return members.sort((a, b) => a.joined - b.joined);
}

function createVisitors(accounts: readonly Account[], day: number): (rng: Rng) => Visitor {
  const present = accounts.filter((account) => account.joined <= day && day < account.churned);
  const active = present.length > 0 ? present : accounts;
  const drawAccount = createWeighted(active.map((account) => account.weight));
  const membersNow = active.map((account) =>
    Math.max(1, account.members.filter((member) => member.joined <= day).length),
  );
  return (rng) => {
    const index = drawAccount(rng);
    const account = active[index];
    // The square makes a few members of each company do most of the work.
    const member = account?.members[Math.floor((membersNow[index] ?? 1) * rng.next() ** 2)];
    if (account === undefined || member === undefined) throw new RangeError('an account has no member');
    return { account, member };
  };
}

function listJoiners(accounts: readonly Account[], day: number): Visitor[] {
  return accounts.flatMap((account) =>
    account.members.filter((member) => member.joined === day).map((member) => ({ account, member })),
  );
}
