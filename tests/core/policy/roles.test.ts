import { describe, expect, it } from 'vitest';
import { effectiveRoles, whoMayApprove } from '../../../src/core/policy/roles.ts';
import type { Role } from '../../../src/core/records.ts';

const DEFAULTS = { admins: ['U_ADMIN'], approvers: [] };
const NAMED = { admins: ['U_ADMIN'], approvers: ['U_LEAD'] };

describe('who may approve', () => {
  it.each<[string, string, Role[], typeof DEFAULTS | typeof NAMED, boolean]>([
    ['an admin, where no approver is named', 'U_ADMIN', [], DEFAULTS, true],
    ['a named approver', 'U_LEAD', [], NAMED, true],
    ['an approver by grant', 'U_ANN', ['approver'], NAMED, true],
    ['an admin by grant, where no approver is named', 'U_ANN', ['admin'], DEFAULTS, true],
    ['an admin, where others are named', 'U_ADMIN', [], NAMED, false],
    ['an analyst', 'U_ANN', ['analyst'], DEFAULTS, false],
    ['anybody else', 'U_ANN', [], DEFAULTS, false],
  ])('%s', (_, user, granted, policy, allowed) =>
    expect(effectiveRoles(user, granted, policy).includes('approver')).toBe(allowed),
  );

  it('is asked of the named approvers, else of the admins', () => {
    expect(whoMayApprove(DEFAULTS)).toEqual(['U_ADMIN']);
    expect(whoMayApprove(NAMED)).toEqual(['U_LEAD']);
  });

  it('lists a person’s roles once, least first', () => {
    expect(effectiveRoles('U_ADMIN', ['analyst', 'admin'], DEFAULTS)).toEqual([
      'viewer',
      'analyst',
      'approver',
      'admin',
    ]);
    expect(effectiveRoles('U_ANN', [], DEFAULTS)).toEqual(['viewer']);
  });
});
