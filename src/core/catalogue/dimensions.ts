import { type Dimension, defineDimension } from './define.ts';

/** The dimensions the measures so far can be cut by. Add one here, then name it in the metrics that allow it. */
export const DIMENSIONS: readonly Dimension[] = [
  defineDimension({
    id: 'surface',
    label: 'Surface',
    synonyms: ['page', 'screen', 'route', 'flow'],
    definition: 'The route template an event happened on, without ids, locale or query string.',
  }),
  defineDimension({
    id: 'source',
    label: 'Source',
    synonyms: ['tool'],
    definition: 'The tool that sent the event.',
  }),
  defineDimension({
    id: 'release',
    label: 'Release',
    synonyms: ['version', 'deploy', 'build'],
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
    synonyms: ['error', 'exception', 'signature', 'error type'],
    definition: 'What an error has in common with others like it: its kind and place, without ids and numbers.',
  }),
  defineDimension({
    id: 'ticket_topic',
    label: 'Ticket topic',
    synonyms: ['topic', 'theme'],
    definition: 'What a support ticket is about.',
  }),
  defineDimension({
    id: 'status',
    label: 'HTTP status',
    synonyms: ['status code', 'response code'],
    definition: 'The HTTP status a request was answered with.',
  }),
  defineDimension({
    id: 'endpoint',
    label: 'Endpoint',
    synonyms: ['api', 'api route'],
    definition: 'The API route a request called.',
  }),
  defineDimension({
    id: 'account',
    label: 'Account',
    synonyms: ['company', 'org', 'customer'],
    definition: 'The customer an event belongs to; rows about single accounts need the analyst role.',
  }),
];
