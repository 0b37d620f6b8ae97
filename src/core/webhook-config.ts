/** Addresses that a workspace lets Seepass call once people approved: what each does, and the parameters it takes. */
import { z } from 'zod';
import { configId, configObject, configText, isObject, oneOf } from './event-selector.ts';
import type { JsonObject } from './records.ts';

const RISKS = ['low', 'medium', 'high'] as const;
const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Only encrypted ones, but on the machine itself; a secret in an address would be shown with it. */
const address = configText(500).superRefine((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const fault =
    url === null
      ? 'must be an address such as https://deploy.example/rollback'
      : url.protocol !== 'https:' && !(url.protocol === 'http:' && LOCAL.has(url.hostname))
        ? 'must begin with https://'
        : url.username !== '' || url.password !== ''
          ? 'must hold no user or password: calls are signed instead'
          : null;
  if (fault !== null) context.addIssue({ code: 'custom', message: fault });
});

const whole = (least: number, most: number) =>
  z
    .int({ error: 'must be a whole number' })
    .min(least, { error: `must be at least ${least}` })
    .max(most, { error: `must be at most ${most}` });

const anyNumber = z.number({ error: 'must be a number' });

const parameterSchema = configObject({
  type: oneOf(['text', 'number', 'choice']),
  label: configText(60).optional(),
  /** Of text, in characters. */
  longest: whole(1, 300).optional(),
  /** Of a number. */
  from: anyNumber.optional(),
  to: anyNumber.optional(),
  /** Of a choice. */
  of: z
    .array(configText(75), { error: 'must be a list' })
    .min(1, { error: 'must not be empty' })
    .max(100, { error: 'must have at most 100 entries' })
    .optional(),
  /** What stands there where a proposal names nothing else. */
  default: z.union([configText(300), z.number()], { error: 'must be text or a number' }).optional(),
}).superRefine(
  (parameter, context) => {
    if (parameter.type === 'choice' && parameter.of === undefined)
      context.addIssue({ code: 'custom', path: ['of'], message: 'is missing: the choices' });
    if (parameter.default !== undefined && !valueSchema(parameter).safeParse(parameter.default).success)
      context.addIssue({ code: 'custom', path: ['default'], message: 'does not fit the parameter itself' });
  },
  { when: isObject },
);
export type HookParameter = z.infer<typeof parameterSchema>;

export const webhookSchema = configObject({
  id: configId,
  title: configText(120),
  /** The suggestion it carries out, such as deploy.rollback; left out where only people propose it. */
  does: configText(60)
    .regex(/^[a-z]+\.[a-z][a-z-]*$/, { error: 'must be two words such as deploy.rollback' })
    .optional(),
  url: address,
  /** Asked with ?key= what became of a call that nobody heard the end of. */
  status_url: address.optional(),
  risk: oneOf(RISKS),
  /** Whether calling it twice under one key does it once. */
  idempotent: z.boolean({ error: 'must be true or false' }).optional(),
  /** In seconds. */
  timeout: whole(1, 120).optional(),
  parameters: z
    .record(configId, parameterSchema, { error: 'must hold the names of parameters and what each may be' })
    .refine((all) => Object.keys(all).length <= 20, { error: 'must have at most 20 entries' })
    .optional(),
  /** Another hook's id, which takes it back with the same parameters. */
  undo: configId.optional(),
});
export type Webhook = z.infer<typeof webhookSchema>;

/** What the declared parameters let through: no other key, nothing missing. */
export function hookParametersSchema({ parameters = {} }: Webhook): z.ZodType<JsonObject> {
  return z.strictObject(
    Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, valueSchema(parameter)])),
  );
}

function valueSchema({ type, longest = 300, from, to, of = [] }: HookParameter): z.ZodType<string | number> {
  switch (type) {
    case 'text':
      return z
        .string({ error: 'must be text' })
        .trim()
        .min(1, { error: 'must not be empty' })
        .max(longest, { error: `must be at most ${longest} characters` });
    case 'choice':
      return z.enum(of, { error: `must be one of ${of.join(', ')}` });
    case 'number': {
      const least = from ?? Number.MIN_SAFE_INTEGER;
      const most = to ?? Number.MAX_SAFE_INTEGER;
      return z
        .number({ error: 'must be a number' })
        .min(least, { error: `must be at least ${least}` })
        .max(most, { error: `must be at most ${most}` });
    }
  }
}
