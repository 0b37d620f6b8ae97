import { type Dimension, defineDimension } from './define.ts';

/** What metrics can be filtered and grouped by. Add one here, then name it in the metrics that allow it. */
export const DIMENSIONS: readonly Dimension[] = [
  defineDimension({
    id: 'surface',
    label: 'Surface',
    synonyms: ['page', 'screen', 'route', 'url', 'path', 'view'],
    definition: 'The route template an event happened on, without ids, locale or query string.',
  }),
  defineDimension({
    id: 'source',
    label: 'Source',
    synonyms: ['data source', 'integration'],
    definition: 'The tool that sent the event.',
  }),
  defineDimension({
    id: 'release',
    label: 'Release',
    synonyms: ['version', 'deploy', 'deployment', 'build', 'app version'],
    definition: 'The release the event ran under, as its source names it.',
  }),
  defineDimension({
    id: 'env',
    label: 'Environment',
    synonyms: ['environment'],
    definition: 'Production, staging and the like, as the source names it.',
  }),
  defineDimension({
    id: 'error_signature',
    label: 'Error signature',
    synonyms: ['signature', 'error type', 'kind of error', 'exception type', 'error code', 'error group', 'error kind'],
    definition: 'What an error has in common with others like it: its kind and place, without ids and numbers.',
  }),
  defineDimension({
    id: 'ticket_topic',
    label: 'Ticket topic',
    synonyms: ['topic', 'theme', 'ticket theme', 'subject'],
    definition: "What a support ticket is about: the source's own topic, else the theme it was grouped into.",
  }),
  defineDimension({
    id: 'category',
    label: 'Category',
    synonyms: ['ticket category', 'ticket type', 'kind of ticket'],
    definition: 'The category a support tool gave a ticket.',
  }),
  defineDimension({
    id: 'platform',
    label: 'Platform',
    synonyms: ['device', 'os', 'operating system', 'client'],
    definition: 'Web, iOS, Android and the like, as the source names it.',
  }),
  defineDimension({
    id: 'severity',
    label: 'Severity',
    synonyms: ['severity level', 'sev', 'urgency'],
    definition: 'From 0 to 4, 4 worst.',
  }),
  defineDimension({
    id: 'status',
    label: 'HTTP status',
    synonyms: ['status code', 'response code', 'http code'],
    definition: 'The HTTP status a request was answered with.',
  }),
  defineDimension({
    id: 'endpoint',
    label: 'Endpoint',
    synonyms: ['api', 'api route', 'api endpoint', 'api call'],
    definition: 'The API route a request called.',
  }),
  defineDimension({
    id: 'stage',
    label: 'Stage',
    synonyms: ['step', 'drop-off stage', 'checkout step'],
    definition: 'The step a person left at.',
  }),
  defineDimension({
    id: 'account',
    label: 'Account',
    synonyms: ['company', 'org', 'organisation', 'organization', 'customer', 'client account', 'tenant'],
    definition: 'The customer an event belongs to; rows about single accounts need the analyst role.',
  }),
  defineDimension({
    id: 'plan',
    label: 'Plan',
    synonyms: ['tier', 'pricing plan', 'subscription', 'package', 'segment'],
    definition: 'The plan the account was on when the event happened.',
  }),
  defineDimension({
    id: 'tool',
    label: 'Assistant tool',
    synonyms: ['tool', 'tool name', 'function'],
    definition: 'The tool the assistant called.',
  }),
  defineDimension({
    id: 'use_case',
    label: 'Use case',
    synonyms: ['usecase', 'purpose', 'job to be done'],
    definition: 'What a conversation with the assistant was for.',
  }),
  defineDimension({
    id: 'funnel',
    label: 'Funnel',
    synonyms: ['journey'],
    definition: 'A way people take through the product, as the workspace declares it.',
  }),
];
