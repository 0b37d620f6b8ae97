/** Which events a funnel's step or one side of a reconciliation means: data, never SQL. */
import { z } from 'zod';
import { EVENT_TYPES, SOURCES } from './records.ts';
import { normaliseEndpoint, normaliseRoute } from './text/route.ts';

export const configText = (longest: number) =>
  z
    .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be text: quote it') })
    .trim()
    .min(1, { error: 'must not be empty' })
    .max(longest, { error: `must be at most ${longest} characters` });

/** Refuses what is not known, naming what is: a mistyped key would otherwise say nothing and do nothing. */
export const configObject = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code, keys, input }) => {
      if (code === 'unrecognized_keys' && Array.isArray(keys))
        return `does not know ${keys.map((key) => `"${key}"`).join(', ')}: it knows ${Object.keys(shape).join(', ')}`;
      return input === undefined ? 'is missing' : `must hold keys and values: ${Object.keys(shape).join(', ')}`;
    },
  });

/** Lets a check between keys run whatever else is wrong, so that all faults come at once. */
export const isObject = ({ value }: { value: unknown }): boolean => typeof value === 'object' && value !== null;

export const configId = configText(60).regex(/^[a-z][a-z0-9_]*$/, {
  error: 'must be lower-case words joined by underscores, such as paid_without_order',
});

export const oneOf = <const Members extends readonly [string, ...string[]]>(members: Members) =>
  z.enum(members, { error: `must be one of ${members.join(', ')}` });

/** A page. A `*` stands for any characters; without one it is made the template its events are stored under. */
export const surfaceSchema = configText(200).transform((sent, context) => {
  if (sent.includes('*')) return sent.toLowerCase();
  const route = normaliseRoute(sent);
  if (route !== null) return route;
  context.addIssue({ code: 'custom', message: 'must be a page such as /checkout, or a pattern such as /checkout*' });
  return z.NEVER;
});

const scalar = z
  .union([configText(200), z.number(), z.boolean()], { error: 'must be text, a number, true or false' })
  .transform(String);

const oneStatus = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^[1-5](\d\d|xx)$/));
const statuses = z.union([oneStatus.transform((status) => [status]), z.array(oneStatus).min(1).max(20)], {
  error: 'must be an HTTP status such as 403, a hundred such as 2xx, or a list of them',
});

const keys = z
  .union([configText(200).transform((key) => [key]), z.array(configText(200)).min(1).max(20)], {
    error: 'must be a key of meta such as order_id, or a list of them',
  })
  .transform((list) => [...new Set(list)].sort());

/** An event is selected when everything that is named holds. */
export const eventSelectorSchema = configObject({
  type: oneOf(EVENT_TYPES),
  source: oneOf(SOURCES).optional(),
  surface: surfaceSchema.optional(),
  /** The name its source gives the event: `meta.event`. */
  event: configText(200).optional(),
  endpoint: configText(200)
    .transform((sent) => normaliseEndpoint(sent) ?? sent)
    .optional(),
  /** HTTP statuses, each one (403) or a hundred (2xx); an event without a status has none of them. */
  status: statuses.optional(),
  /** Further keys of meta, and the value each must have. */
  meta: z
    .record(z.string(), scalar, { error: 'must hold keys of meta and their values' })
    .transform((meta) => Object.fromEntries(Object.entries(meta).sort(([a], [b]) => (a < b ? -1 : 1))))
    .optional(),
  /** Keys of meta that must be there, whatever their value. */
  has: keys.optional(),
});
export type EventSelector = z.infer<typeof eventSelectorSchema>;
