/** A made-up product, day by day, with what is planted into its last days. Same plan and seed, same cells. */
import { createRng, type Rng } from '../../../src/core/simulate/rng.ts';
import { gammaFactor, logNormal, poisson } from '../../../src/core/simulate/samplers.ts';
import { addDays, dayNumber, weekdayOf } from '../../../src/core/window.ts';
import type { Cell } from './cells.ts';
import type { Effect, Page, Plan, PlantedErrors, Rollout } from './world-plan.ts';

export const JUDGED = '2026-01-29';
export const DAYS = 31;
export const FIRST_RELEASE = 'web@3.8.0';
const PLATFORMS = [
  ['web', 0.6],
  ['ios', 0.25],
  ['android', 0.15],
] as const;
const ACCOUNTS = Array.from({ length: 12 }, (_, index) => [`acct-${index + 1}`, 1 / (index + 2)] as const);
const WEEK = [1.05, 1.08, 1.06, 1.02, 0.98, 0.78, 0.74];
const USUAL_ERRORS = ['AbortError: request cancelled', 'NetworkError', 'E_STALE_VIEW'];

/** Every day's cells, oldest first. */
export function drawCells(plan: Plan): Cell[] {
  const rng = createRng(plan.seed, 'assessment');
  return Array.from({ length: DAYS }, (_, index) => DAYS - index).flatMap((daysAgo) =>
    plan.pages.flatMap((page) => drawPage(rng, plan, page, daysAgo)),
  );
}

function drawPage(rng: Rng, plan: Plan, page: Page, daysAgo: number): Cell[] {
  const date = addDays(JUDGED, 1 - daysAgo);
  const active = plan.effects.filter(
    ({ pages, days }) => daysAgo <= days && (pages.includes('*') || pages.includes(page.surface)),
  );
  const busy = (WEEK[weekdayOf(dayNumber(date))] ?? 1) * gammaFactor(rng, 0.006);
  const traffic = active.reduce((all, { traffic = 1 }) => all * traffic, busy);
  const tracked = active.reduce((all, { tracked: share = 1 }) => all * share, 1);
  const calls = active.reduce((all, { calls: factor = 1 }) => all * factor, 1);
  const cells = new Map<string, Cell>();
  const draw: Draw = { rng, page, date, daysAgo, active, releases: releasesOn(plan.rollouts, daysAgo), cells };
  for (const { release, share } of draw.releases) {
    drawViews(draw, release, page.views * traffic * tracked * share);
    drawRequests(draw, release, page.requests * traffic * calls * share);
  }
  for (const { script } of active)
    if (script)
      add(draw, { account: script.account, platform: 'web' }, { pageviews: poisson(rng, script.views * page.views) });
  return [...cells.values()];
}

interface Draw {
  rng: Rng;
  page: Page;
  date: string;
  daysAgo: number;
  active: readonly Effect[];
  releases: readonly { release: string; share: number }[];
  cells: Map<string, Cell>;
}

function releasesOn(rollouts: readonly Rollout[], daysAgo: number): { release: string; share: number }[] {
  let left = 1;
  const latest = rollouts.toSorted((a, b) => a.daysAgo - b.daysAgo).filter((each) => daysAgo <= each.daysAgo);
  const shares = latest.map(({ release, daysAgo: began, shares: [first, later] }) => {
    const share = left * (daysAgo === began ? first : later);
    left -= share;
    return { release, share };
  });
  return [...shares, { release: FIRST_RELEASE, share: left }].filter(({ share }) => share > 0.001);
}

function drawViews(draw: Draw, release: string, views: number): void {
  if (!(views > 0)) return;
  const { rng, page, active } = draw;
  const under = (of: { factor: number; release?: string } | undefined): number =>
    of && (of.release === undefined || of.release === release) ? of.factor : 1;
  const factor = (pick: (effect: Effect) => { factor: number; release?: string } | undefined): number =>
    active.reduce((all, effect) => all * under(pick(effect)), 1);
  const orders = active.reduce((all, { orders: share = 1 }) => all * share, 1);
  for (const [platform, part] of PLATFORMS)
    for (const [account, weight] of draw.daysAgo > SPLIT_DAYS ? ALL_AS_ONE : ACCOUNTS) {
      const seen = poisson(rng, (views * part * weight) / TOTAL_WEIGHT);
      if (seen === 0) continue;
      const actions = poisson(rng, seen * page.actionRate * factor((effect) => effect.actions));
      const bought = poisson(rng, actions * page.orderRate * orders);
      add(
        draw,
        { release, platform, account },
        {
          ...{ pageviews: seen, actions, orders: bought, revenue: bought * 4_200 },
          dropoffs: Math.min(seen, poisson(rng, seen * 0.25 * factor((effect) => effect.dropoffs))),
        },
      );
    }
  drawErrors(
    draw,
    release,
    views,
    factor((effect) => effect.usualErrors),
  );
  drawTickets(draw, views);
}

/** No check looks at accounts further back. */
const SPLIT_DAYS = 16;
const TOTAL_WEIGHT = ACCOUNTS.reduce((sum, [, weight]) => sum + weight, 0);

const ALL_AS_ONE = [['acct-1', TOTAL_WEIGHT]] as const;

function drawErrors(draw: Draw, release: string, exposure: number, usual: number): void {
  const { rng, page, active } = draw;
  const dims = (of: Partial<PlantedErrors>) => ({
    release,
    platform: of.platform ?? pick(rng, PLATFORMS),
    account: of.account ?? pick(rng, ACCOUNTS),
  });
  const put = (signature: string, count: number, of: Partial<PlantedErrors>) => {
    for (let index = 0; index < count; index++) add(draw, { ...dims(of), error_signature: signature }, { errors: 1 });
  };
  for (const signature of USUAL_ERRORS)
    put(
      signature,
      poisson(rng, (exposure * page.errorRate * usual * gammaFactor(rng, 0.02)) / USUAL_ERRORS.length),
      {},
    );
  for (const planted of active.flatMap(({ errors = [] }) => errors)) {
    if (planted.release !== undefined && planted.release !== release) continue;
    put(planted.signature, poisson(rng, exposure * planted.rate), planted);
  }
}

function drawTickets(draw: Draw, views: number): void {
  const { rng, page, active } = draw;
  const topics = [
    { topic: 'how do I export', rate: page.ticketRate },
    ...active.flatMap(({ tickets }) => (tickets ? [tickets] : [])),
  ];
  for (const { topic, rate } of topics)
    for (let left = poisson(rng, views * rate); left > 0; left--)
      add(draw, { account: pick(rng, ACCOUNTS), ticket_topic: topic }, { tickets: 1 });
}

function drawRequests(draw: Draw, release: string, requests: number): void {
  if (!(requests > 0)) return;
  const { rng, page, active } = draw;
  const endpoint = `POST /api${page.surface}`;
  const slow = active.reduce(
    (all, { latency }) =>
      latency && (latency.release === undefined || latency.release === release) ? all * latency.factor : all,
    1,
  );
  const usual = [
    { status: '404', share: 0.008 },
    { status: '500', share: 0.003 },
    { status: '403', share: 0.002 },
  ];
  const answers: { status: string; share: number; account?: string }[] = [
    ...usual,
    ...active.flatMap(({ statuses = [] }) => statuses),
  ];
  const failing = answers.reduce((sum, { share }) => sum + share, 0);
  const p95 = logNormal(rng, page.latency * slow, 0.05);
  add(draw, { release, status: '200', endpoint }, { requests: poisson(rng, requests * Math.max(0, 1 - failing)) }, p95);
  for (const { status, share, account } of answers) {
    const count = poisson(rng, requests * share);
    const isFailure = status >= '500';
    for (let index = 0; index < count; index++)
      add(
        draw,
        {
          ...{ release, status, endpoint, account: account ?? pick(rng, ACCOUNTS) },
          ...(isFailure ? { error_signature: `HTTP_${status} ${endpoint}` } : {}),
        },
        { requests: 1, ...(isFailure ? { request_failures: 1, errors: 1 } : {}) },
        p95,
      );
  }
  if (page.views === 0) drawErrors(draw, release, requests, 1);
}

function pick(rng: Rng, weighted: readonly (readonly [string, number])[]): string {
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0);
  let left = rng.next() * total;
  for (const [value, weight] of weighted) {
    left -= weight;
    if (left <= 0) return value;
  }
  return weighted[0]?.[0] ?? '';
}

type Dims = Pick<Cell, 'release' | 'platform' | 'account' | 'status' | 'endpoint' | 'error_signature' | 'ticket_topic'>;
type Counts = Pick<
  Cell,
  'pageviews' | 'actions' | 'dropoffs' | 'errors' | 'tickets' | 'requests' | 'request_failures' | 'orders' | 'revenue'
>;

function add({ cells, page, date }: Draw, dims: Dims, counts: Counts, p95?: number): void {
  const key = JSON.stringify(dims);
  const cell = cells.get(key) ?? { date, surface: page.surface, ...dims, ...(p95 === undefined ? {} : { p95 }) };
  cells.set(key, cell);
  for (const name of COUNTED) {
    const count = counts[name];
    if (count) cell[name] = (cell[name] ?? 0) + count;
  }
}

const COUNTED = [
  'pageviews',
  'actions',
  'dropoffs',
  'errors',
  'tickets',
  'requests',
  'request_failures',
  'orders',
  'revenue',
] as const;
