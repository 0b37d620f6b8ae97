import { z } from 'zod';
import type { OwnActs } from '../core/action-io.ts';
import { defineAction } from '../core/actions.ts';
import { shownText } from '../core/shown-text.ts';

const slackId = z.string().regex(/^[UWSCG][A-Z0-9]{2,}$/);

const parametersSchema = z.strictObject({
  owner: slackId,
  channel: slackId.nullable(),
  text: z.string().trim().min(1).max(1_500),
  escalate_to: slackId.nullable(),
  after_minutes: z.int().min(1).max(10_080),
});

/** Tells whoever answers for it, and somebody else where nobody says that they saw it. */
export const notifyOwner = (own: OwnActs) =>
  defineAction({
    id: 'notify-owner',
    title: 'Tell the owner',
    risk: 'low',
    idempotent: true,
    timeoutMs: 10_000,
    parameters: parametersSchema,
    fields: [
      { name: 'text', label: 'What to tell', kind: 'text' },
      { name: 'after_minutes', label: 'Minutes until somebody else is told', kind: 'number' },
    ],
    preview: ({ owner, channel, text, escalate_to: next, after_minutes: after }) => [
      [
        'Tells ',
        { id: owner },
        ...(channel === null ? [' directly'] : [' in ', { id: channel }]),
        `: ${shownText(text)}`,
      ],
      next === null
        ? ['Nobody else is told where they do not answer.']
        : ['Tells ', { id: next }, ` where nobody has answered after ${after} minutes.`],
    ],
    execute: ({ owner, channel, text, escalate_to: escalateTo, after_minutes: afterMinutes }, context) =>
      own.tellOwner({ owner, channel, text, escalateTo, afterMinutes }, context),
  });
