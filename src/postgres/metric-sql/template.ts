import type { Method } from '../../core/catalogue/define.ts';
import type { EventType } from '../../core/records.ts';
import type { Asked, Cut } from './asked.ts';
import type { Family } from './family.ts';
import { activationRate } from './methods/activation-rate.ts';
import { arrivalTypes, USE_TYPES } from './methods/arrivals.ts';
import { churn } from './methods/churn.ts';
import { funnelConversion } from './methods/funnel-conversion.ts';
import { namedFunnels } from './methods/funnels.ts';
import { newUsers } from './methods/new-users.ts';
import { averageOrderValue, checkoutSuccess, orders } from './methods/orders.ts';
import { retentionRate } from './methods/retention-rate.ts';
import { firstResponseMinutes, unansweredTickets } from './methods/support.ts';
import { partsOf, simple, typesOfParts } from './simple.ts';

/** How one metric becomes SQL. */
export interface Template {
  /** Types of events that each part of the metric needs data of; see readSpan. */
  types(asked: Asked): readonly (readonly EventType[])[];
  family(asked: Asked, cut: Cut): Family;
  /** Looks at the period before a window: nothing is known of it where there was no data before. */
  readonly looksBack?: true;
}

/** The template of a metric: that of its method, or the one that all metrics of measures share. */
export function templateOf({ metric }: Pick<Asked, 'metric'>): Template {
  if ('method' in metric.of) return METHODS[metric.of.method];
  const parts = partsOf({ metric });
  return { types: () => typesOfParts(parts), family: (asked, cut) => simple(asked, cut, parts) };
}

const left: Template = { types: () => [USE_TYPES], family: churn, looksBack: true };

const METHODS: Readonly<Record<Method, Template>> = {
  new_users: { types: (asked) => [arrivalTypes(asked)], family: newUsers },
  retention_rate: { types: (asked) => [arrivalTypes(asked), USE_TYPES], family: retentionRate },
  churned_accounts: left,
  churn_rate: left,
  funnel_conversion: {
    types: (asked) => namedFunnels(asked).flatMap(({ steps }) => steps.map(({ type }) => [type])),
    family: funnelConversion,
  },
  orders: { types: ({ config }) => [[config.outcomes.order.type]], family: orders },
  aov: { types: ({ config }) => [[config.outcomes.order.type]], family: averageOrderValue },
  checkout_success_rate: {
    types: ({ config: { outcomes } }) => [[outcomes.order.type], [outcomes.checkout_attempt.type]],
    family: checkoutSuccess,
  },
  activation_rate: {
    types: (asked) => [arrivalTypes(asked), [asked.config.outcomes.activation.type]],
    family: activationRate,
  },
  // Where no source sends replies, nobody can tell which tickets were answered.
  unanswered_tickets: { types: () => [['ticket'], ['reply']], family: unansweredTickets },
  first_response_minutes: { types: () => [['ticket'], ['reply']], family: firstResponseMinutes },
};
