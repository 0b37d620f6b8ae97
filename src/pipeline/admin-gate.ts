import { effectiveRoles, type RolePolicy } from '../core/policy/roles.ts';
import { SeepassError } from '../errors.ts';
import type { Stores } from './ports.ts';

export interface AdminGateContext {
  stores: Pick<Stores, 'roles' | 'audit'>;
  policy: RolePolicy;
}

/** Lets admins through to the settings; whoever else tries leaves an entry. @throws SeepassError `forbidden`. */
export function createAdminGate({ stores: { roles, audit }, policy }: AdminGateContext) {
  return async (actor: string, action: 'setting.open' | 'setting.change'): Promise<void> => {
    const held = effectiveRoles(actor, await roles.rolesOf(actor), policy);
    if (held.includes('admin')) return;
    await audit.append({
      ...{ actor, actor_role: held.at(-1) ?? 'viewer', action, subject_type: 'setting', subject_id: '-' },
      ...{ channel: null, outcome: 'forbidden', details: {} },
    });
    throw new SeepassError('forbidden', 'Only admins change settings.', {
      fix: 'SEEPASS_ADMINS names them; the Home tab shows who they are.',
    });
  };
}
