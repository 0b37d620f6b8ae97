import { wakeSnoozed } from '../../core/incident/clock.ts';
import { announceIncidents } from './announce.ts';
import type { IncidentContext } from './context.ts';
import { showIncidents } from './show.ts';

/**
 * What time alone brings, each minute: snoozes end, what quiet hours held is posted, and what a crash left out is put
 * into the outbox. Safe to call at any time, from any process.
 * @param at epoch milliseconds.
 */
export async function beatIncidents(context: IncidentContext, at: number): Promise<void> {
  const { incidents } = context.stores;
  // One by one: where a person was first, the next beat looks again.
  for (const change of wakeSnoozed(await incidents.listLive(), at)) await incidents.save([change], 'system');
  await announceIncidents(context, at);
  await showIncidents(context);
}
