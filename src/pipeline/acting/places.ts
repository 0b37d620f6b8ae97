/** Where people see a proposal: under the messages of what it is about. */
import type { Proposal } from '../../core/proposal/proposal.ts';
import { addDays } from '../../core/window.ts';
import { DIGEST_KIND } from '../digest-message.ts';
import { dueSubject } from '../due/due-subject.ts';
import { INCIDENT_KIND } from '../incidents/show.ts';
import type { Stores } from '../ports.ts';

export interface ProposalPlace {
  channel: string;
  /** The message under which it is told, as the outbox knows it. */
  parent: { kind: string; subject: string };
}

/**
 * Under an incident's message wherever that was posted, and under the digests of its day; nowhere where it was told
 * nowhere. A channel comes once.
 */
export async function placesOf(
  { alerts, digests }: Pick<Stores, 'alerts' | 'digests'>,
  { subject }: Pick<Proposal, 'subject'>,
): Promise<ProposalPlace[]> {
  if (subject.kind === 'incident') {
    const posted = (await alerts.list(subject.incidentId)).filter(({ held }) => held === null);
    const parent = { kind: INCIDENT_KIND, subject: subject.incidentId };
    return posted.map(({ channel }) => ({ channel, parent }));
  }
  const range = { start: subject.date, end: addDays(subject.date, 1) };
  const places = new Map<string, ProposalPlace>();
  for (const { channel, subscriptionId, dueAt } of await digests.listForDates(range))
    if (!places.has(channel))
      places.set(channel, { channel, parent: { kind: DIGEST_KIND, subject: dueSubject(subscriptionId, dueAt) } });
  return [...places.values()];
}
