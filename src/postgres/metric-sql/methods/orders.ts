import { type SqlBool, sql } from 'kysely';
import type { EventSelector } from '../../../core/event-selector.ts';
import { compileSelector } from '../../event-selector-sql.ts';
import { selectEvents } from '../../rollup-sql.ts';
import { additive, type Term } from '../additive.ts';
import { type Asked, allOf, anyOf, type Cut } from '../asked.ts';
import type { Family } from '../family.ts';
import { isCountedSelector } from '../scan.ts';
import { lastStep, namedFunnels } from './funnels.ts';

/** Orders as the workspace declares them; of a funnel, those that its last step means. */
export const orders = (asked: Asked, cut: Cut): Family =>
  additive(asked, cut, {
    numerator: ordersOf(asked),
    denominator: null,
    sample: {
      condition: () => selectEvents([{ type: 'revenue' }], asked.failureStatuses),
      of: 'events',
      isCounted: true,
    },
    sampleIsNumerator: false,
  });

/** Revenue of orders over their number. */
export function averageOrderValue(asked: Asked, cut: Cut): Family {
  const counted = ordersOf(asked);
  return additive(asked, cut, {
    numerator: { ...counted, of: 'amount_minor' },
    denominator: counted,
    sample: counted,
    sampleIsNumerator: false,
  });
}

/** Orders over attempts to check out, both as the workspace declares them. */
export function checkoutSuccess(asked: Asked, cut: Cut): Family {
  const attempts = selected(asked.config.outcomes.checkout_attempt);
  return additive(asked, cut, {
    numerator: ordersOf(asked),
    denominator: attempts,
    sample: attempts,
    sampleIsNumerator: false,
  });
}

function ordersOf(asked: Asked): Term {
  const order = selected(asked.config.outcomes.order);
  if (asked.query.filters.funnel === undefined) return order;
  const ends = namedFunnels(asked).map((funnel) => selected(lastStep(funnel)));
  return {
    condition: (scan) =>
      ends.length === 0
        ? sql<SqlBool>`false`
        : allOf([order.condition(scan), anyOf(ends.map(({ condition }) => condition(scan)))]),
    of: 'events',
    isCounted: false,
  };
}

const selected = (selector: EventSelector): Term => ({
  condition: ({ metaText }) => compileSelector(selector, metaText),
  of: 'events',
  isCounted: isCountedSelector(selector),
});
