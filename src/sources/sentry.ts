import type { EventLimits } from '../core/event.ts';
import type { WebhookSource } from '../core/sources.ts';
import { fieldsOf, isFields, textAt } from './payload/fields.ts';
import { valuesOf } from './payload/lines.ts';
import { deliveryOf, ignoredPart, type PayloadPart } from './payload/parts.ts';
import { isEnvelope, isEnvelopeLine, readEnvelope } from './sentry/envelope.ts';
import { readSentryEvent } from './sentry/event.ts';
import { readIssueNotice } from './sentry/issue.ts';

/** Sentry: hooks of an integration (error, issue alert, issue), and the envelopes its SDKs send. */
export const sentrySource: WebhookSource = {
  kind: 'webhook',
  name: 'sentry',
  summary: 'Sentry errors and traced requests: hooks, SDK envelopes and events',
  setup: [
    'In Sentry open Settings, Developer Settings, Custom Integrations, Create New Integration, Internal Integration.',
    'Webhook URL: {url}. Switch Alert Rule Action on. Permissions: Issue & Event, Read.',
    'Webhooks: tick error (Business plan). Without it make an alert rule that sends every event to this integration.',
    'Save, then keep the Client Secret as the secret of sentry here: Sentry signs with it.',
    'An event that comes both ways is counted once.',
  ],
  proof: { kind: 'hmac', header: 'sentry-hook-signature', algorithm: 'sha256', encoding: 'hex' },
  keptHeaders: ['sentry-hook-resource', 'sentry-hook-timestamp', 'request-id'],
  deliveryId: ({ headers, body }) => {
    const event = textAt(body, 'data.error.event_id', 'data.event.event_id');
    return event === null ? null : `${headers['sentry-hook-resource'] ?? 'event'}:${event}`;
  },
  parse: ({ headers, body }, limits) => deliveryOf(readBody(headers['sentry-hook-resource'], body, limits)),
  parseFetched: (_need, fetched, limits) => deliveryOf([readSentryEvent(fetched, limits)]),
};

function readBody(resource: string | undefined, body: unknown, limits: EventLimits): PayloadPart[] {
  const values = valuesOf(body);
  if (isEnvelope(values)) return readEnvelope(values, limits);
  return values.map((value) => readValue(resource, value, limits));
}

/** A hook's body, or an event as it is: an export or an SDK's own. */
function readValue(resource: string | undefined, value: unknown, limits: EventLimits): PayloadPart {
  if (!isFields(value)) return { reason: 'the payload is no JSON object: send what Sentry sends' };
  if (!isFields(value.data)) return readEventAsItIs(resource, value, limits);
  const { error, event, issue } = value.data;
  if (isFields(error) && (resource ?? 'error') === 'error') return readSentryEvent(error, limits);
  if (isFields(event) && (resource ?? 'event_alert') === 'event_alert') return readSentryEvent(event, limits);
  if (isFields(issue) && (resource ?? 'issue') === 'issue') return readIssueNotice(textAt(value, 'action'), issue);
  return ignoredPart(
    [resource ?? Object.keys(value.data)[0] ?? 'hook', textAt(value, 'action')].filter(Boolean).join(' '),
  );
}

function readEventAsItIs(resource: string | undefined, value: unknown, limits: EventLimits): PayloadPart {
  const sent = fieldsOf(value);
  if (isEnvelopeLine(sent)) return ignoredPart('envelope header');
  if ('event_id' in sent || 'eventID' in sent || 'exception' in sent) return readSentryEvent(sent, limits);
  return resource === undefined
    ? { reason: 'the payload is none of Sentry: it has neither data of a hook nor an event_id' }
    : ignoredPart(resource);
}
