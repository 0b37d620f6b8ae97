import { z } from 'zod';
import type { OwnActs } from '../core/action-io.ts';
import { defineAction } from '../core/actions.ts';

const parametersSchema = z.strictObject({
  channel: z.string().regex(/^[CG][A-Z0-9]{2,}$/),
  /** As `/seepass subscribe` takes them. */
  words: z.string().trim().min(1).max(300),
});

/** Subscribes a channel, in the name of whoever approved it. */
export const subscribe = (own: OwnActs) =>
  defineAction({
    id: 'subscribe',
    title: 'Subscribe a channel',
    risk: 'low',
    idempotent: true,
    timeoutMs: 10_000,
    parameters: parametersSchema,
    fields: [{ name: 'words', label: 'What it is told', kind: 'line', hint: 'As /seepass subscribe takes it' }],
    preview: ({ channel, words }) => [[{ id: channel }, ` is told: ${words}`]],
    execute: ({ channel, words }, context) => own.subscribe(channel, words, context),
  });
