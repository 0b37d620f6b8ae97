import { effectiveRoles, type RolePolicy } from '../../core/policy/roles.ts';
import type { Role } from '../../core/records.ts';
import { ConflictError, SeepassError } from '../../errors.ts';
import type { Stores } from '../ports.ts';
import type { Actor, StopDesk } from '../proposal-desk.ts';
import { safeReason } from './safe-reason.ts';

interface StopDeskContext {
  stores: Pick<Stores, 'stops' | 'roles' | 'audit'>;
  policy: RolePolicy;
  /** All may go on: what was held may be carried out at once. */
  wake: () => void;
  /** How the platform writes a person; the bare id when left out. */
  mention?: (userId: string) => string;
}

/** Approvers and admins may stop and resume; whoever else tries leaves an audit entry. */
export function createStopDesk({ stores, policy, wake, mention = (userId) => userId }: StopDeskContext): StopDesk {
  async function roleFor(what: 'stop' | 'resume', { actor, channel }: Actor): Promise<Role> {
    const roles = effectiveRoles(actor, await stores.roles.rolesOf(actor), policy);
    const role = roles.at(-1) ?? 'viewer';
    if (roles.includes('approver') || roles.includes('admin')) return role;
    await stores.audit.append({
      ...{ actor, actor_role: role, channel, outcome: 'forbidden', details: {} },
      action: `execution.${what}`,
      subject_type: 'execution',
      subject_id: 'all',
    });
    throw new SeepassError('forbidden', `Only approvers and admins may ${what} all actions.`);
  }

  return {
    get: () => stores.stops.get(),

    async stop(reason, by) {
      const role = await roleFor('stop', by);
      const stopped = await stores.stops.stop(safeReason(reason), { ...by, role });
      const held = await stores.stops.get();
      if (stopped && held) return held;
      throw new ConflictError(
        held ? `${mention(held.stoppedBy)} stopped all actions already.` : 'Somebody let actions run again meanwhile.',
      );
    },

    async resume(by) {
      const role = await roleFor('resume', by);
      if (!(await stores.stops.resume({ ...by, role }))) throw new ConflictError('Nothing is stopped.');
      wake();
    },
  };
}
