import { z } from 'zod';
import { defineAction } from '../core/actions.ts';

const line = z.string().min(1).max(300);

/** What would be called, with what, and what should follow. */
const simulateParameters = z.strictObject({
  would_call: line,
  with: z.record(z.string().min(1).max(60), line),
  expect: line,
});

/** Shows and records what an approved action would do, and does nothing outside Seepass. */
export const simulate = defineAction({
  id: 'simulate',
  title: 'Simulate',
  risk: 'low',
  idempotent: true,
  timeoutMs: 1_000,
  parameters: simulateParameters,
  fields: [
    { name: 'would_call', label: 'What would be called', kind: 'line' },
    { name: 'expect', label: 'What should follow', kind: 'line' },
  ],
  preview: (parameters) => [
    [`Would call: ${callText(parameters)}`],
    [`Expect: ${parameters.expect}`],
    ['This is a simulation: nothing outside Seepass changes.'],
  ],
  execute: async (parameters, context) => ({
    kind: 'done',
    summary: `Simulated: would have called ${callText(parameters)}. Nothing outside Seepass changed.`,
    link: null,
    details: { simulated: true, would_call: parameters.would_call, with: parameters.with, key: context.idempotencyKey },
  }),
});

function callText(parameters: z.infer<typeof simulateParameters>): string {
  const pairs = Object.entries(parameters.with).map(([key, value]) => `${key}: ${value}`);
  return pairs.length === 0 ? parameters.would_call : `${parameters.would_call} {${pairs.join(', ')}}`;
}
