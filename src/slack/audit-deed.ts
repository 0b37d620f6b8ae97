import type { AuditEntry } from '../core/records.ts';
import type { SlackDeps } from './deps.ts';

/** What a person did or tried here. */
type Deed = Pick<AuditEntry, 'action' | 'subject_type' | 'subject_id' | 'outcome' | 'details'> & {
  /** Slack user id. */
  user: string;
  /** Empty where it is not known. */
  channel: string;
};

/** Records what a person did that no store records with a change of its own. */
export async function auditDeed(
  { stores, answering }: Pick<SlackDeps, 'stores' | 'answering'>,
  { user, channel, ...deed }: Deed,
): Promise<void> {
  const roles = await answering.rolesOf(user);
  await stores.audit.append({
    ...deed,
    actor: user,
    actor_role: roles.at(-1) ?? 'viewer',
    channel: channel === '' ? null : channel,
  });
}
