/** What a workspace can have done, from what it declares: its webhooks, its repository for issues, its owners. */
import { findOwner } from '../owners.ts';
import type { JsonObject } from '../records.ts';
import { hookParametersSchema, type Webhook } from '../webhook-config.ts';
import type { WorkspaceConfig } from '../workspace-config.ts';
import type { ActionIdea } from './actions-of-cause.ts';
import type { Capability } from './choose-actions.ts';

const ESCALATE_AFTER_MINUTES = 30;

/** Those of disabled action types are left out. */
export function capabilitiesOf({ webhooks, issues, owners, approvals }: WorkspaceConfig): Capability[] {
  const offered: Capability[] = [
    ...webhooks.flatMap((webhook) =>
      webhook.does === undefined
        ? []
        : [
            {
              call: webhook.does,
              type: `call-webhook:${webhook.id}`,
              risk: webhook.risk,
              parametersFor: (idea: ActionIdea) => hookParameters(webhook, idea),
            },
          ],
    ),
    ...(issues === null
      ? []
      : [
          {
            call: 'issue.open',
            type: 'open-issue',
            parametersFor: (idea: ActionIdea) => issueOf(idea, issues.labels ?? []),
          },
        ]),
    { call: 'owner.notify', type: 'notify-owner', parametersFor: (idea) => noticeOf(idea, owners) },
  ];
  return offered.filter(({ type }) => !approvals.disabled.includes(type));
}

/** What the idea names, else the default; null where the hook wants more than is known, or something else. */
function hookParameters(webhook: Webhook, { with: named }: ActionIdea): JsonObject | null {
  const given = Object.entries(webhook.parameters ?? {}).flatMap(([name, { default: usual }]) => {
    const value = named[name] ?? usual;
    return value === undefined ? [] : [[name, value] as const];
  });
  const parsed = hookParametersSchema(webhook).safeParse(Object.fromEntries(given));
  return parsed.success ? parsed.data : null;
}

const LONGEST_TITLE = 200;

const issueOf = ({ title, expect, with: named }: ActionIdea, labels: readonly string[]): JsonObject => ({
  title: [...title].slice(0, LONGEST_TITLE).join(''),
  body: [
    ...Object.entries(named).map(([key, value]) => `- ${key.replaceAll('_', ' ')}: ${asCode(value)}`),
    '',
    expect,
  ].join('\n'),
  labels: [...labels],
});

/** A name that came from outside, as Markdown that makes no link, picture or reference of it. */
const asCode = (name: string): string => `\`${name.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;

/** Null where nobody answers for it. */
function noticeOf(
  { title, category, expect, with: named }: ActionIdea,
  owners: WorkspaceConfig['owners'],
): JsonObject | null {
  const about = { surface: named.surface ?? null, category, signature: named.error_signature ?? null };
  const owner = findOwner(owners, about);
  if (owner === undefined) return null;
  return {
    owner: owner.owner,
    channel: owner.channel ?? null,
    text: `${title}. Expected: ${expect}`,
    escalate_to: owner.escalate_to ?? null,
    after_minutes: owner.after ?? ESCALATE_AFTER_MINUTES,
  };
}
