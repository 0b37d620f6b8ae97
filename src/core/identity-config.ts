/** By what a person and an account are known in each tool, so that they are one across tools: data, never code. */
import { z } from 'zod';
import { configObject, configText, isObject, oneOf } from './event-selector.ts';
import { readEmail } from './identity-email.ts';
import { type Event, type Json, SOURCES } from './records.ts';

const MOST = 20;

const userPath = configText(200).regex(/^(?:user|email|account|meta(?:\.[\w$-]+){1,5})$/, {
  error: 'must be user, email, account or a key of meta such as meta.customer_id',
});
/** Names of accounts are stored as they are: an address cannot be one. */
const accountPath = configText(200).regex(/^(?:user|account|meta(?:\.[\w$-]+){1,5})$/, {
  error: 'must be user, account or a key of meta such as meta.company',
});

const ruleSchema = configObject({
  source: oneOf(SOURCES),
  user: userPath.optional(),
  account: accountPath.optional(),
}).refine(({ user, account }) => user !== undefined || account !== undefined, {
  error: 'must name user or account',
  when: isObject,
});

export const identitySchema = z
  .array(ruleSchema, { error: 'must be a list' })
  .max(MOST, { error: `must have at most ${MOST} entries` });

export type IdentityRule = z.infer<typeof ruleSchema>;

/**
 * A function that puts the declared keys in place of an event's user and account. Keys are compared without case and
 * outer blanks; where an event has none, it keeps what its tool sent. Of several rules for a source the first with a
 * value holds.
 */
export function createIdentifier(rules: readonly IdentityRule[]): (event: Event) => Event {
  const bySource = new Map(SOURCES.map((source) => [source, rules.filter((rule) => rule.source === source)]));
  return (event) => {
    const own = bySource.get(event.source) ?? [];
    if (own.length === 0) return event;
    const user = firstValue(event, own, 'user')?.toLowerCase();
    const account = firstValue(event, own, 'account');
    return { ...event, user: user ?? event.user, account: account ?? event.account };
  };
}

function firstValue(event: Event, rules: readonly IdentityRule[], key: 'user' | 'account'): string | undefined {
  for (const rule of rules) {
    const value = rule[key] === undefined ? undefined : valueAt(event, rule[key]);
    if (value !== undefined) return value;
  }
  return undefined;
}

function valueAt(event: Event, path: string): string | undefined {
  // Where the id is an address already, nothing else has to say it.
  if (path === 'email') return event.email ?? readEmail(event.user);
  const [root, ...keys] = path.split('.');
  let value: Json | undefined = root === 'meta' ? event.meta : root === 'user' ? event.user : event.account;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
      return undefined;
    value = value[key];
  }
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim().slice(0, 200) || undefined : undefined;
}
