/** What it costs, as far as orders tell: an interval with its basis, or why it cannot be told. */
import { countFact } from '../facts/fact.ts';
import { formatCount, formatMoney, toMinorUnits } from '../facts/render.ts';
import type { Fact, Loss } from '../records.ts';
import { countInterval } from '../stats.ts';
import type { RiskReport } from './assessment.ts';
import type { CheckAnswers } from './checks/check.ts';
import type { Situation } from './situation.ts';

type Range = NonNullable<RiskReport['lostOrders']>;

/** Two such days of one page vary by more than chance. */
const DISPERSION = 0.04;
const FEWEST_ORDERS = 10;
const HOURS_A_DAY = 24;

const NOTHING: Omit<RiskReport, 'basis'> = {
  lostOrders: null,
  lossPerHour: null,
  lossPerDay: null,
  lossOfWindow: null,
};

/** @param money minor units of one major unit, and the currency's ISO 4217 code. */
export function reportRisk(
  situation: Situation,
  answers: CheckAnswers,
  money: { currency: string },
): { risk: RiskReport; facts: Fact[] } {
  const byOrders = fromOrders(situation, answers, money.currency);
  const told = situation.loss
    ? { risk: fromLoss(situation.loss, byOrders.risk.lostOrders), facts: byOrders.facts }
    : byOrders;
  return { risk: told.risk, facts: [...told.facts, ...moneyFacts(told.risk, money.currency)] };
}

/** As the judge estimated it over the episode, by what people did not do; orders are counted. */
function fromLoss(loss: Loss, lostOrders: Range | null): RiskReport {
  const { amount, low, high } = loss;
  const days = amount > 0 ? loss.per_day / amount : 0;
  const hours = amount > 0 ? loss.per_hour / amount : 0;
  const whole = { amount, low, high };
  const things = loss.of === 'actions' ? 'actions' : 'views';
  return {
    lostOrders,
    lossPerHour: times(whole, hours),
    lossPerDay: times(whole, days),
    lossOfWindow: whole,
    basis: `Missing ${things} since it began, each worth what one brought in on average over the 28 days before.`,
  };
}

function fromOrders(
  situation: Situation,
  answers: CheckAnswers,
  currency: string,
): { risk: RiskReport; facts: Fact[] } {
  const of = ordersOf(answers);
  if (of === null) return { risk: { ...NOTHING, basis: 'Cannot be told: too few orders are known here.' }, facts: [] };
  const { now, usual, whose } = of;
  const facts = [
    countFact('risk.orders.now', `Orders ${whose}, in the window`, now),
    countFact('risk.orders.usual', `Orders ${whose}, a week earlier`, usual),
  ];
  const [least, most] = countInterval(usual, 2 * usual + DISPERSION * usual ** 2);
  const were = `Orders ${whose} were ${formatCount(now)}, ${formatCount(usual)} at the same time a week earlier`;
  if (now >= least)
    return { risk: { ...NOTHING, basis: `No loss shows: ${lower(were)}, which is inside what a week varies.` }, facts };
  const lost: Range = { amount: usual - now, low: Math.max(0, least - now), high: most - now };
  const worth = answers.get('order-value')?.total.now;
  if (!worth || worth.exposure < FEWEST_ORDERS)
    return { risk: { ...NOTHING, lostOrders: lost, basis: `${were}; what one is worth is not known.` }, facts };
  const whole = times(lost, worth.count / toMinorUnits(1, currency));
  const perHour = times(whole, 1 / Math.max(1, situation.windows.hours.now));
  return {
    risk: {
      ...{ lostOrders: lost, lossPerHour: perHour, lossPerDay: times(perHour, HOURS_A_DAY), lossOfWindow: whole },
      basis: `${were}; each worth the average order of the week before it began.`,
    },
    facts,
  };
}

/** Of the page where it takes orders, else of all pages. */
function ordersOf(answers: CheckAnswers): { now: number; usual: number; whose: string } | null {
  const candidates = [
    { total: answers.get('orders')?.total, whose: 'of the page' },
    { total: answers.get('all-orders')?.total, whose: 'of all pages' },
  ];
  for (const { total, whose } of candidates)
    if (total && total.before.count >= FEWEST_ORDERS) return { now: total.now.count, usual: total.before.count, whose };
  return null;
}

function moneyFacts({ lostOrders, lossPerHour, lossPerDay, lossOfWindow }: RiskReport, currency: string): Fact[] {
  const money = (id: string, label: string, range: Range | null): Fact[] =>
    range === null
      ? []
      : [{ id, label, value: range.amount, unit: currency, text: between(range, (major) => inMoney(major, currency)) }];
  return [
    ...(lostOrders === null
      ? []
      : [
          {
            ...{ id: 'risk.lost_orders', label: 'Orders missing', value: lostOrders.amount, unit: 'orders' },
            text: between(lostOrders, (count) => formatCount(Math.round(count))),
          },
        ]),
    ...money('risk.per_hour', 'Estimated loss an hour', lossPerHour),
    ...money('risk.per_day', 'Estimated loss a day', lossPerDay),
    ...money('risk.window', 'Estimated loss so far', lossOfWindow),
  ];
}

const inMoney = (major: number, currency: string): string => formatMoney(toMinorUnits(major, currency), currency);

function between({ low, high }: Range, text: (value: number) => string): string {
  const [from, to] = [text(low), text(high)];
  return low <= 0 ? `up to ${to}` : from === to ? to : `${from}–${to}`;
}

const times = ({ amount, low, high }: Range, factor: number): Range => ({
  amount: amount * factor,
  low: low * factor,
  high: high * factor,
});

const lower = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
