import { type Fields, textAt } from '../payload/fields.ts';

/** Properties of the application's own that are kept for funnels and filters, at most. */
const MAX_OWN = 40;
/** Who somebody is: nothing that is counted needs it. */
const personal =
  /(?:^|_)(?:e?mail|name|username|phone|mobile|address|street|zip|postcode|birthday|dob|ip|ssn|avatar)s?$|token|secret|password|cookie/i;
/** Read under other names, or beside the event. */
const readElsewhere = new Set([
  ...[
    'mrr',
    'revenue',
    'currency',
    'distinct_id',
    'surface',
    'order_id',
    'orderId',
    'release',
    'environment',
    'env',
    'url',
  ],
  ...['message', 'stack', 'status', 'endpoint', 'ticket_topic', 'event'],
]);

/** What is kept of an event's properties: where it happened, on what, under which release, and the application's own. */
export function propertiesOf(properties: Fields, event: string): Record<string, unknown> {
  const version = textAt(properties, '$app_version', 'app_version');
  return {
    ...(event.startsWith('$') ? {} : ownProperties(properties)),
    release: textAt(properties, 'release', '$release') ?? version,
    app_version: version,
    env: textAt(properties, '$environment', 'environment', 'env'),
    platform: platformOf(properties),
    session_id: textAt(properties, '$session_id'),
    plan: textAt(properties, 'plan'),
    campaign: textAt(properties, 'utm_campaign', '$utm_campaign'),
  };
}

function ownProperties(properties: Fields): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  let count = 0;
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('$') || key === '__proto__' || readElsewhere.has(key) || personal.test(key)) continue;
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
    if (count === MAX_OWN) break;
    own[key] = value;
    count += 1;
  }
  return own;
}

/** web, ios, android or server. */
function platformOf(properties: Fields): string | null {
  const library = textAt(properties, '$lib') ?? '';
  if (library === 'web' || textAt(properties, '$browser') !== null) return 'web';
  const system = (textAt(properties, '$os_name', '$os') ?? '').toLowerCase();
  if (/ios|ipados|iphone/.test(`${system} ${library}`)) return 'ios';
  if (/android/.test(`${system} ${library}`)) return 'android';
  return library === '' ? null : 'server';
}
