import type { EventLimits } from '../../core/event.ts';
import {
  type Fields,
  fieldsOf,
  firstEmail,
  isFields,
  listOf,
  numberAt,
  textAt,
  textOf,
  valueAt,
} from '../payload/fields.ts';
import { instantFrom } from '../payload/instant.ts';
import { eventPart, ignoredPart, type PayloadPart } from '../payload/parts.ts';
import { describeError } from '../payload/stack.ts';
import { typeOfEvent } from './event-kind.ts';
import { propertiesOf } from './properties.ts';

/** What stands around an event. */
export interface EventSetting {
  groups: unknown;
  /** The webhook destination says whose event it is; the SDKs leave that to PostHog. */
  person: unknown;
  /** When its batch was sent: taken where the event says no time, as PostHog does itself. */
  sentAt: unknown;
}

/** One PostHog event, as its SDKs send it or its webhook destination passes it on. */
export function readPostHogEvent(sent: unknown, setting: EventSetting, limits: EventLimits): PayloadPart {
  if (!isFields(sent)) return { reason: 'the event is no object: send what PostHog sends' };
  const name = textAt(sent, 'event');
  if (name === null) return { reason: 'event is missing: a PostHog event needs its name' };
  const type = typeOfEvent(name);
  if (type === null) return ignoredPart(name);
  const properties = fieldsOf(sent.properties);
  const id = textAt(sent, 'uuid') ?? textAt(properties, '$insert_id');
  const paid = type === 'action' && !UNPAID.test(name) ? paymentOf(properties, id) : null;
  return eventPart(
    {
      ts: instantFrom(sent.timestamp ?? setting.sentAt),
      source: 'posthog',
      type: paid === null ? type : 'revenue',
      account: accountOf(properties, setting.groups),
      user: textAt(sent, 'distinct_id') ?? textAt(properties, 'distinct_id'),
      email: emailOf(sent, properties, setting.person),
      surface: textAt(properties, '$current_url', '$pathname', '$screen_name', 'surface', 'page', 'path', 'route'),
      severity: type === 'error' ? severityOf(properties) : null,
      value: paid?.amount ?? null,
      id,
      meta: {
        ...propertiesOf(properties, name),
        ...(type === 'error' ? errorOf(properties) : {}),
        ...(paid === null ? {} : { order_id: paid.order, currency: textAt(properties, 'currency', '$currency') }),
        event: name,
        url: textAt(sent, 'url'),
      },
    },
    limits,
  );
}

const COMPANY_GROUPS = ['company', 'organization', 'organisation', 'account', 'customer', 'workspace', 'team'];

/** The key of the company the person acted for; of several kinds of group the one that is a company. */
function accountOf(properties: Fields, groups: unknown): string | null {
  for (const sent of [properties.$groups, groups]) {
    const found = fieldsOf(sent);
    const kind = COMPANY_GROUPS.find((name) => Object.hasOwn(found, name)) ?? Object.keys(found)[0];
    // The SDKs send a group's key, the webhook destination an object about it.
    const key = kind === undefined ? null : (textOf(found[kind]) ?? textAt(found[kind], 'id', 'key'));
    if (key !== null) return key;
  }
  return textAt(properties, '$group_0', 'account_id', 'account', 'company_id');
}

/** The person's address; an event's own property comes last, since an invitation may name somebody else there. */
function emailOf(sent: Fields, properties: Fields, person: unknown): string | undefined {
  return firstEmail(
    ...[valueAt(person, 'properties.email'), valueAt(properties, '$set.email'), valueAt(properties, '$set_once.email')],
    ...[valueAt(sent, '$set.email'), valueAt(sent, 'distinct_id'), valueAt(properties, 'email')],
  );
}

/** These name the money that did not come. */
const UNPAID = /cancel|churn|fail|refund|declin|abandon/i;

/** Money in an event: a monthly amount of the account, or an order of its own. */
function paymentOf(properties: Fields, id: string | null): { amount: number; order: string | null } | null {
  const monthly = numberAt(properties, 'mrr');
  if (monthly !== null) return { amount: monthly, order: null };
  const amount = numberAt(properties, '$revenue', 'revenue');
  return amount === null ? null : { amount, order: textAt(properties, 'order_id', 'orderId', '$order_id') ?? id };
}

function errorOf(properties: Fields): Record<string, unknown> {
  const [first] = listOf(properties.$exception_list);
  const { message, stack } = describeError(
    first ?? { type: properties.$exception_type, value: properties.$exception_message },
  );
  return {
    message,
    stack: stack ?? textAt(properties, '$exception_stack_trace_raw'),
    error_code: textAt(properties, 'error_code', '$exception_code'),
  };
}

function severityOf(properties: Fields): number {
  const level = textAt(properties, '$exception_level', '$level', '$sentry_level');
  return level === 'fatal' ? 4 : level === 'warning' ? 2 : 3;
}
