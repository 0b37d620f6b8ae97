import type { Role } from '../core/records.ts';
import { SeepassError } from '../errors.ts';
import type { Declarer } from '../pipeline/ports.ts';
import type { SlackDeps } from './deps.ts';

/** Who declares something, with the highest role they have. @param channel empty where it is not known. */
export async function declarerOf({ answering }: SlackDeps, user: string, channel: string): Promise<Declarer> {
  const roles = await answering.rolesOf(user);
  return { actor: user, role: roles.at(-1) ?? 'viewer', channel: channel === '' ? null : channel };
}

const MAY_HIDE: readonly Role[] = ['analyst', 'approver', 'admin'];

/**
 * Like `declarerOf`, of what changes verdicts for everybody.
 * @throws SeepassError `forbidden` that says who may.
 */
export async function declarerOfMaintenance(deps: SlackDeps, user: string, channel: string): Promise<Declarer> {
  const by = await declarerOf(deps, user, channel);
  if (MAY_HIDE.includes(by.role)) return by;
  await deps.stores.audit.append({
    ...{ actor: by.actor, actor_role: by.role, channel: by.channel, action: 'maintenance.declare' },
    ...{ subject_type: 'maintenance', subject_id: '-', outcome: 'forbidden', details: {} },
  });
  throw new SeepassError(
    'forbidden',
    'Analysts, approvers and admins declare maintenance: it changes what is judged.',
    {
      fix: 'Ask an admin of Seepass. Anybody may snooze a page: `/seepass snooze /checkout 2h`.',
    },
  );
}
