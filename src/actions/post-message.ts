import { z } from 'zod';
import type { OwnActs } from '../core/action-io.ts';
import { defineAction } from '../core/actions.ts';
import { shownText } from '../core/shown-text.ts';

const parametersSchema = z.strictObject({
  channel: z.string().regex(/^[CG][A-Z0-9]{2,}$/),
  text: z.string().trim().min(1).max(2_500),
});

/** Posts words to a channel that Seepass may post to. */
export const postMessage = (own: OwnActs) =>
  defineAction({
    id: 'post-message',
    title: 'Post to a channel',
    risk: 'low',
    idempotent: true,
    timeoutMs: 10_000,
    parameters: parametersSchema,
    fields: [{ name: 'text', label: 'What to post', kind: 'text' }],
    preview: ({ channel, text }) => [['Posts in ', { id: channel }, `: ${shownText(text)}`]],
    execute: ({ channel, text }, context) => own.post(channel, text, context),
  });
