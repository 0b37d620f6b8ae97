import { z } from 'zod';
import type { OwnActs } from '../core/action-io.ts';
import { defineAction } from '../core/actions.ts';

const parametersSchema = z.strictObject({
  incident: z.uuid(),
  until: z.iso.datetime(),
});

/** Keeps an incident from pinging anybody until a moment; its message still changes. */
export const snooze = (own: OwnActs) =>
  defineAction({
    id: 'snooze',
    title: 'Snooze the incident',
    risk: 'low',
    idempotent: true,
    timeoutMs: 10_000,
    parameters: parametersSchema,
    fields: [],
    preview: ({ until }) => [['Nobody is pinged about it until ', { at: Date.parse(until) }, '.']],
    execute: ({ incident, until }, context) => own.snooze(incident, Date.parse(until), context),
  });
