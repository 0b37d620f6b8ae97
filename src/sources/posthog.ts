import type { EventLimits } from '../core/event.ts';
import type { WebhookSource } from '../core/sources.ts';
import { fieldsOf, isFields, textAt } from './payload/fields.ts';
import { valuesOf } from './payload/lines.ts';
import { deliveryOf, ignoredPart, type PayloadPart } from './payload/parts.ts';
import { readPostHogEvent } from './posthog/event.ts';

/** PostHog: what its webhook destination passes on, and what its SDKs send to `/batch/`. */
export const posthogSource: WebhookSource = {
  kind: 'webhook',
  name: 'posthog',
  summary: 'PostHog events: page views, actions, drop-offs, sign-ups and exceptions',
  setup: [
    'In PostHog open Data pipelines, Destinations, New destination, HTTP Webhook.',
    'Webhook URL: {url}. Method: POST. Leave the JSON body as it is.',
    'Add to the body "groups": "{groups}" where your events have groups: they name the account.',
    'Headers: add X-Seepass-Secret with the value {secret}. PostHog signs nothing, so this is its proof.',
    'Filters: leave internal and test users out. Then Create & enable, and send a test.',
  ],
  proof: { kind: 'shared_secret', headers: ['x-seepass-secret', 'authorization'] },
  keptHeaders: [],
  deliveryId: ({ body }) => textAt(body, 'event.uuid'),
  parse: ({ body }, limits) => deliveryOf(valuesOf(body).flatMap((value) => readBody(value, limits))),
};

function readBody(body: unknown, limits: EventLimits): PayloadPart[] {
  const fields = fieldsOf(body);
  // A recorded request holds its body as text.
  if (typeof fields.body === 'string' && typeof fields.path === 'string')
    return valuesOf(fields.body).flatMap((value) => readEvents(value, limits));
  return readEvents(body, limits);
}

/** One event, or the many of a batch; a webhook's event stands under `event`, beside its person and groups. */
function readEvents(body: unknown, limits: EventLimits): PayloadPart[] {
  const fields = fieldsOf(body);
  const setting = { groups: fields.groups, person: fields.person, sentAt: fields.sent_at };
  if (!Array.isArray(fields.batch))
    return [readPostHogEvent(isFields(fields.event) ? fields.event : body, setting, limits)];
  if (fields.batch.length === 0) return [ignoredPart('empty batch')];
  return fields.batch.map((event) => readPostHogEvent(event, setting, limits));
}
