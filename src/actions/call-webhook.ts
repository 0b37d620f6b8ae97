import type { HookCaller } from '../core/action-io.ts';
import { type ActionContext, type ActionField, type ActionType, defineAction } from '../core/actions.ts';
import type { JsonObject } from '../core/records.ts';
import { type HookParameter, hookParametersSchema, type Webhook } from '../core/webhook-config.ts';

const DEFAULT_TIMEOUT_S = 20;

/** The id a declared webhook is proposed under. */
export const hookActionType = (hook: string): string => `call-webhook:${hook}`;

/** A declared webhook: signed, called once, asked for its status where a call broke off and it says where. */
export function callWebhook(webhook: Webhook, hooks: HookCaller): ActionType {
  const { id, title, url, status_url: statusUrl, risk, undo } = webhook;
  return defineAction({
    id: hookActionType(id),
    title: title.replace(/\s*\{\w+\}/g, ''),
    risk,
    idempotent: webhook.idempotent ?? false,
    timeoutMs: (webhook.timeout ?? DEFAULT_TIMEOUT_S) * 1_000,
    parameters: hookParametersSchema(webhook),
    fields: Object.entries(webhook.parameters ?? {}).map(([name, parameter]) => fieldOf(name, parameter)),
    preview: (parameters) => [
      [`Will call: POST ${shownAddress(url)} ${parametersText(parameters)}`.trim()],
      ...(hooks.hasSecret(id) ? [] : [[`It has no secret yet, so the call would fail: set ${secretName(id)}.`]]),
    ],
    execute: async (parameters, context) =>
      hooks.hasSecret(id)
        ? hooks.call({ hook: id, url, body: bodyOf(id, parameters, context) }, context)
        : { kind: 'not_done', words: `There is no secret to sign it with: set ${secretName(id)}.`, retryAfterMs: null },
    reconcile: async (_, context) =>
      statusUrl === undefined ? { kind: 'unknown' } : hooks.ask({ hook: id, url: statusUrl }, context),
    undo: (parameters) =>
      undo === undefined ? null : { type: hookActionType(undo), title: `Take back: ${title}`, risk, parameters },
  });
}

/** What the environment calls a hook's secret. */
const secretName = (hook: string): string => `SEEPASS_HOOK_SECRET_${hook.toUpperCase()}`;

function bodyOf(action: string, parameters: JsonObject, context: ActionContext): JsonObject {
  const { idempotencyKey, proposal, about, why, approvedBy, at } = context;
  return {
    action,
    parameters,
    proposal,
    surface: about.surface,
    incident: about.incidentId,
    why,
    approved_by: [...approvedBy],
    at: new Date(at).toISOString(),
    key: idempotencyKey,
  };
}

function fieldOf(name: string, { type, label, of, from, to }: HookParameter): ActionField {
  const shown = { name, label: label ?? name.replaceAll('_', ' ') };
  if (type === 'choice') return { ...shown, kind: 'choice', options: of ?? [] };
  if (type === 'text') return { ...shown, kind: 'line' };
  const range = [from === undefined ? '' : `from ${from}`, to === undefined ? '' : `to ${to}`]
    .filter(Boolean)
    .join(' ');
  return { ...shown, kind: 'number', ...(range === '' ? {} : { hint: range }) };
}

/** Without what follows the path, which may hold what is nobody's business. */
function shownAddress(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function parametersText(parameters: JsonObject): string {
  const pairs = Object.entries(parameters).map(([key, value]) => `${key}: ${String(value)}`);
  return pairs.length === 0 ? '' : `{${pairs.join(', ')}}`;
}
