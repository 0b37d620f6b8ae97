import type { ActionIo } from '../core/action-io.ts';
import { type ActionRegistry, createActionRegistry } from '../core/actions.ts';
import type { Webhook } from '../core/webhook-config.ts';
import { annotate } from './annotate.ts';
import { callWebhook } from './call-webhook.ts';
import { declareMaintenance } from './declare-maintenance.ts';
import { notifyOwner } from './notify-owner.ts';
import { openIssue } from './open-issue.ts';
import { postMessage } from './post-message.ts';
import { simulate } from './simulate.ts';
import { snooze } from './snooze.ts';
import { subscribe } from './subscribe.ts';

/**
 * Every action type a proposal may name; adding one is a new file here and a line in this list. A declared webhook is
 * a type of its own; issues can be opened where a repository and a token are configured.
 */
export function createActions({ issues, hooks, own }: ActionIo, webhooks: readonly Webhook[]): ActionRegistry {
  return createActionRegistry([
    simulate,
    notifyOwner(own),
    postMessage(own),
    annotate(own),
    declareMaintenance(own),
    snooze(own),
    subscribe(own),
    ...(issues === null ? [] : [openIssue(issues)]),
    ...webhooks.map((webhook) => callWebhook(webhook, hooks)),
  ]);
}
