/** A soft failure: one thing happened and the other that belongs to it did not, such as paid without order. */
import { z } from 'zod';
import {
  configId,
  configObject,
  configText,
  eventSelectorSchema,
  isObject,
  oneOf,
  surfaceSchema,
} from './event-selector.ts';

/** What two events have in common when they belong together. */
export const JOIN_KEYS = ['order_id', 'request_id', 'conversation_id', 'account'] as const;
export type JoinKey = (typeof JOIN_KEYS)[number];

const MINUTES_A_DAY = 1440;

export const reconciliationSchema = configObject({
  id: configId,
  /** What it is called when a left event has no right one: "paid without order". */
  label: configText(60),
  left: eventSelectorSchema,
  right: eventSelectorSchema,
  by: oneOf(JOIN_KEYS),
  /** Minutes. */
  within: z
    .int({ error: 'must be whole minutes, such as 15' })
    .min(1, { error: 'must be at least 1 minute' })
    .max(MINUTES_A_DAY, { error: `must be at most ${MINUTES_A_DAY} minutes, a day` }),
  /** Share of left events that may stay without a right one. */
  tolerance: z
    .number({ error: 'must be a share such as 0.01' })
    .min(0, { error: 'must be at least 0' })
    .lt(1, { error: 'must be below 1: it is a share, so 0.01 is one in a hundred' })
    .default(0.01),
  /** The page it is told on; the left events' own where it is not given. */
  surface: surfaceSchema.refine((page) => !page.includes('*'), { error: 'must be one page, without *' }).optional(),
}).refine(({ left, right }) => left === undefined || JSON.stringify(left) !== JSON.stringify(right), {
  error: 'must not select the same events as left',
  path: ['right'],
  when: isObject,
});
export type Reconciliation = z.infer<typeof reconciliationSchema>;

/** What became of one page's left events of a day. */
export interface ReconciledDay {
  /** YYYY-MM-DD, of the left events. */
  date: string;
  surface: string;
  /** Left events whose time has passed. */
  left: number;
  unmatched: number;
}

/** A reconciliation with what was counted for it over a range of days. */
export interface Reconciled {
  reconciliation: Reconciliation;
  days: readonly ReconciledDay[];
  /** Right events of each day that had any, on all pages together. */
  right: readonly { date: string; count: number }[];
}
