import type { WebhookDoor } from '../../src/http/webhooks.ts';

/** A door that no tool may come through. */
export const closedWebhooks: WebhookDoor = {
  find: () => undefined,
  names: [],
  secretsOf: () => ({ secrets: [], setting: '' }),
  receive: () => Promise.reject(new Error('nothing is received here')),
  fullFor: () => null,
  count: () => undefined,
};
