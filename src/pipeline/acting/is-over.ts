import { isLive } from '../../core/incident/incident.ts';
import type { Proposal } from '../../core/proposal/proposal.ts';
import type { Stores } from '../ports.ts';

/** Whether what a proposal is about has ended; a judged day never does. */
export async function isOver(
  { incidents }: { incidents: Pick<Stores['incidents'], 'find'> },
  { subject }: Pick<Proposal, 'subject'>,
): Promise<boolean> {
  if (subject.kind !== 'incident') return false;
  const incident = await incidents.find(subject.incidentId);
  return incident !== undefined && !isLive(incident);
}
