/** What the workspace calls an order, an attempt to check out, and being activated. */
import { configObject, type EventSelector, eventSelectorSchema } from './event-selector.ts';

export const outcomesSchema = configObject({
  order: eventSelectorSchema.optional(),
  checkout_attempt: eventSelectorSchema.optional(),
  activation: eventSelectorSchema.optional(),
});
export type Outcomes = Readonly<Record<keyof typeof outcomesSchema.shape, EventSelector>>;

/** What holds for each outcome until a workspace declares its own. */
export const DEFAULT_OUTCOMES: Outcomes = {
  order: { type: 'revenue', has: ['order_id'] },
  checkout_attempt: { type: 'action', surface: '/checkout' },
  activation: { type: 'action' },
};
