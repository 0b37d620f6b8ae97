import type { ActionContext } from '../../src/core/actions.ts';

/** What an executor is told of the proposal it carries out. */
export const actionContext = (changed: Partial<ActionContext> = {}): ActionContext => ({
  idempotencyKey: 'execution:0197f0aa-0000-7000-8000-000000000001',
  proposal: 'P-12',
  about: { proposalId: '0197f0aa-0000-7000-8000-000000000001', surface: '/checkout', incidentId: null },
  why: 'Errors are 6.9x normal since web@1.42.0.',
  approvedBy: ['U00000MAYA'],
  queuedAt: Date.UTC(2026, 0, 30, 15, 20),
  at: Date.UTC(2026, 0, 30, 15, 20),
  signal: AbortSignal.timeout(10_000),
  ...changed,
});
