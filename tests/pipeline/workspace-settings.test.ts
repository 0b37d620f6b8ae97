import { beforeEach, expect, it } from 'vitest';
import type { Stores } from '../../src/pipeline/ports.ts';
import { createSettingsDesk, readAlertDefaults, type SettingsDesk } from '../../src/pipeline/workspace-settings.ts';
import { storesOf } from '../slack/world.ts';
import { describeOnOneDatabase } from '../support/database.ts';

const ADMIN = 'U0000MAYA';

describeOnOneDatabase('the settings of admins', (open) => {
  let stores: Stores;
  let desk: SettingsDesk;
  beforeEach(async () => {
    stores = storesOf(await open());
    desk = createSettingsDesk({ stores, policy: { admins: [ADMIN], approvers: [] } });
  });
  const audited = async () => (await stores.audit.list(20)).map(({ action, subject_id }) => `${action} ${subject_id}`);
  const settings = { quietHours: null, weeklyBudget: 4, sensitivity: null };

  it('are kept from everybody else, to look at and to change', async () => {
    const refused = { code: 'forbidden' };
    await expect(desk.open('U00000SAM')).rejects.toMatchObject(refused);
    await expect(desk.save({ settings, approvers: ['U00000SAM'] }, 'U00000SAM')).rejects.toMatchObject(refused);
    expect(await stores.audit.list(9)).toMatchObject([
      { action: 'setting.change', actor: 'U00000SAM', outcome: 'forbidden' },
      { action: 'setting.open', actor: 'U00000SAM', outcome: 'forbidden' },
    ]);
  });

  it('write what is different alone, and take a role back from whoever is left out', async () => {
    await desk.save({ settings, approvers: ['U00000ANA', 'U00000LEO'] }, ADMIN);
    expect((await audited()).toSorted()).toEqual([
      'role.grant U00000ANA',
      'role.grant U00000LEO',
      'setting.change delivery.weekly_budget',
    ]);
    await desk.save({ settings, approvers: ['U00000LEO'] }, ADMIN);
    expect((await audited()).filter((entry) => entry.startsWith('role.revoke'))).toEqual(['role.revoke U00000ANA']);
    expect(await desk.open(ADMIN)).toMatchObject({ settings, approvers: ['U00000LEO'] });
    expect(await stores.roles.rolesOf('U00000ANA')).toEqual([]);
    expect(await readAlertDefaults(stores.settings)).toEqual({ quiet: null, weeklyBudget: 4 });
  });

  it('may be changed by an admin who was named here', async () => {
    await stores.roles.grant('U00000ANA', 'admin', ADMIN);
    await desk.save({ settings, approvers: [] }, 'U00000ANA');
    expect(await stores.settings.get('delivery.weekly_budget')).toBe(4);
  });
});
