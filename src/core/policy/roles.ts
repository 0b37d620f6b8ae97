import { ROLES, type Role } from '../records.ts';

/** What the configuration says; roles granted in the database come on top. */
export interface RolePolicy {
  /** Platform user ids. */
  admins: readonly string[];
  /** Platform user ids; when empty, admins approve. */
  approvers: readonly string[];
}

/** Every role a person has, from configuration and grants, least first. Everybody is a viewer. */
export function effectiveRoles(userId: string, granted: readonly Role[], policy: RolePolicy): Role[] {
  const held = new Set<Role>(['viewer', ...granted]);
  if (policy.admins.includes(userId)) held.add('admin');
  if (policy.approvers.includes(userId)) held.add('approver');
  if (policy.approvers.length === 0 && held.has('admin')) held.add('approver');
  return ROLES.filter((role) => held.has(role));
}

/** The configured people to ask for an approval; empty when only grants in the database name any. */
export function whoMayApprove(policy: RolePolicy): readonly string[] {
  return policy.approvers.length > 0 ? policy.approvers : policy.admins;
}
