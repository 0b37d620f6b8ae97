import { type Fields, fieldsOf, firstEmail, listOf, textAt, textOf, valueAt } from '../payload/fields.ts';
import type { Tags } from './tags.ts';

/** Tags teams name the customer by, the plainest first. */
const ACCOUNT_TAGS = [
  ...['account', 'account_id', 'accountId', 'company', 'company_id', 'organization', 'organization_id'],
  ...['org', 'org_id', 'tenant', 'tenant_id', 'customer', 'customer_id', 'workspace', 'workspace_id'],
  ...['team', 'team_id'],
];

export function accountOf(sent: Fields, tags: Tags): string | null {
  const tag = ACCOUNT_TAGS.find((name) => tags[name] !== undefined);
  return (tag && tags[tag]) ?? textAt(sent.user, 'account', 'account_id', 'company', 'data.account');
}

/** Never the IP address: one office has one for all its people. */
export function userOf(sent: Fields): string | null {
  return textAt(sent.user, 'id', 'email', 'username');
}

/** Sentry makes tags of the user as well: `user` holds `email:jane@example.com` where no id is known. */
export function emailOf(sent: Fields, tags: Tags): string | undefined {
  return firstEmail(
    ...[valueAt(sent.user, 'email'), tags['user.email'], tags.user?.replace(/^(?:email|username|id):/, '')],
    ...[valueAt(sent.user, 'id'), valueAt(sent.user, 'username')],
  );
}

const ROUTE = /^(?:[A-Z]{3,7} )?(?:\/|[a-z]{2,5}:\/\/)/;

/** The page: what a tag says, else a transaction that is a route, else the request's address, else a screen's name. */
export function surfaceOf(sent: Fields, tags: Tags): string | null {
  const transaction = textAt(sent, 'transaction') ?? tags.transaction ?? null;
  const tagged = tags.surface ?? tags.route;
  if (tagged !== undefined) return tagged;
  if (transaction !== null && ROUTE.test(transaction)) return transaction;
  const culprit = textAt(sent, 'culprit');
  const address = textAt(requestOf(sent), 'url') ?? tags.url;
  return address ?? transaction ?? (culprit !== null && ROUTE.test(culprit) ? culprit : null);
}

export function requestOf(sent: Fields): Fields {
  const entry = listOf(sent.entries).find((part) => fieldsOf(part).type === 'request');
  return entry === undefined ? fieldsOf(sent.request) : fieldsOf(fieldsOf(entry).data);
}

/** What errors and transactions have in common. Headers, cookies, bodies and local variables are never read. */
export function sharedMetaOf(sent: Fields, tags: Tags): Record<string, unknown> {
  return {
    release: textOf(sent.release) ?? textAt(sent.release, 'version') ?? tags.release,
    env: textAt(sent, 'environment') ?? tags.environment,
    platform: textAt(sent, 'platform'),
    app_version: textAt(sent, 'contexts.app.app_version'),
    url: textAt(sent, 'web_url', 'permalink'),
    trace_id: textAt(sent, 'contexts.trace.trace_id') ?? tags.trace_id,
    request_id: tags.request_id ?? tags.requestId,
    plan: tags.plan,
  };
}
