import { z } from 'zod';
import type { OwnActs } from '../core/action-io.ts';
import { defineAction } from '../core/actions.ts';

const parametersSchema = z.strictObject({
  text: z.string().trim().min(1).max(300),
  kind: z.enum(['release', 'note']),
  /** A page or a pattern; null for every page. */
  surface: z.string().min(1).max(200).nullable(),
  at: z.iso.datetime(),
});

/** Marks a moment, such as a release that was rolled back, so that charts and whys can point at it. */
export const annotate = (own: OwnActs) =>
  defineAction({
    id: 'annotate',
    title: 'Mark a moment',
    risk: 'low',
    idempotent: true,
    timeoutMs: 10_000,
    parameters: parametersSchema,
    fields: [{ name: 'text', label: 'What happened', kind: 'line' }],
    preview: ({ text, surface, at }) => [['Marks ', { at: Date.parse(at) }, ` on ${surface ?? 'every page'}: ${text}`]],
    execute: ({ text, kind, surface, at }, context) =>
      own.annotate({ text, kind, surface_pattern: surface, at: Date.parse(at) }, context),
  });
