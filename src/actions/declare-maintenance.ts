import { z } from 'zod';
import type { OwnActs } from '../core/action-io.ts';
import { defineAction } from '../core/actions.ts';

const parametersSchema = z
  .strictObject({
    /** A page or a pattern; null for every page. */
    surface: z.string().min(1).max(200).nullable(),
    from: z.iso.datetime(),
    until: z.iso.datetime(),
    reason: z.string().trim().min(1).max(200),
  })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), {
    error: 'must be later than from',
    path: ['until'],
  });

/** Declares a window in which pages are neither judged nor taken for normal. */
export const declareMaintenance = (own: OwnActs) =>
  defineAction({
    id: 'declare-maintenance',
    title: 'Declare maintenance',
    risk: 'medium',
    idempotent: true,
    timeoutMs: 10_000,
    parameters: parametersSchema,
    fields: [{ name: 'reason', label: 'Reason', kind: 'line' }],
    preview: ({ surface, from, until, reason }) => [
      [
        `${surface ?? 'Every page'} is not judged from `,
        { at: Date.parse(from) },
        ' to ',
        { at: Date.parse(until) },
        `: ${reason}`,
      ],
    ],
    execute: ({ surface, from, until, reason }, context) =>
      own.maintain(
        { surface_pattern: surface, starts_at: Date.parse(from), ends_at: Date.parse(until), reason },
        context,
      ),
  });
