import type { SourceDescriptor, WebhookSource } from '../core/sources.ts';
import { SeepassError } from '../errors.ts';
import { aggregatesSource } from './aggregates.ts';
import { apiLogSource } from './api-log.ts';
import { appSource } from './app.ts';
import { eventsSource } from './events.ts';
import { helpscoutSource } from './helpscout.ts';
import { intercomSource } from './intercom.ts';
import { payloadsOf } from './payload/of-webhook.ts';
import { posthogSource } from './posthog.ts';
import { sentrySource } from './sentry.ts';

/** Every tool that may send to `POST /webhooks/:source`. */
export const webhooks: readonly WebhookSource[] = [
  posthogSource,
  intercomSource,
  helpscoutSource,
  sentrySource,
  apiLogSource,
];

/** Every format `import --source` reads. */
export const sources: readonly SourceDescriptor[] = [
  eventsSource,
  appSource,
  aggregatesSource,
  ...webhooks.map(payloadsOf),
];

export function findWebhookSource(name: string): WebhookSource | undefined {
  return webhooks.find((source) => source.name === name);
}

/**
 * The source of that name.
 * @throws SeepassError `bad_arguments` naming what can be read.
 */
export function getSource(name: string): SourceDescriptor {
  const source = sources.find((candidate) => candidate.name === name);
  if (source !== undefined) return source;
  const names = sources.map((candidate) => candidate.name).join(' or ');
  throw new SeepassError('bad_arguments', `There is no source named ${JSON.stringify(name.slice(0, 40))}.`, {
    fix: `Use ${names}.`,
  });
}
