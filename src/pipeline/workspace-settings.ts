/** The workspace's settings as they are stored, and how admins change them. */
import type { AlertDefaults } from '../core/delivery/wish.ts';
import {
  parseSettings,
  SETTING_KEYS,
  type SettingsChange,
  type SettingsForm,
  type WorkspaceSettings,
} from '../core/delivery/workspace-settings.ts';
import type { RolePolicy } from '../core/policy/roles.ts';
import { createAdminGate } from './admin-gate.ts';
import type { SettingsStore, Stores } from './ports.ts';

/** What holds now; the default of everything that was never set. */
export async function readWorkspaceSettings(settings: Pick<SettingsStore, 'get'>): Promise<WorkspaceSettings> {
  const [quietHours, weeklyBudget, sensitivity] = await Promise.all([
    settings.get(SETTING_KEYS.quietHours),
    settings.get(SETTING_KEYS.weeklyBudget),
    settings.get(SETTING_KEYS.sensitivity),
  ]);
  return parseSettings({ quietHours, weeklyBudget, sensitivity });
}

/** What alerts that say nothing of it get. */
export async function readAlertDefaults(settings: Pick<SettingsStore, 'get'>): Promise<AlertDefaults> {
  const { quietHours, weeklyBudget } = await readWorkspaceSettings(settings);
  return { quiet: quietHours, weeklyBudget };
}

export interface SettingsDesk {
  /** @throws SeepassError `forbidden` for everybody but admins. */
  open(actor: string): Promise<SettingsForm>;
  /** Writes what is different, each with its audit row. @throws SeepassError `forbidden` as above. */
  save(change: SettingsChange, actor: string): Promise<void>;
}

export function createSettingsDesk({
  stores: { settings, roles, audit },
  policy,
}: {
  stores: Pick<Stores, 'settings' | 'roles' | 'audit'>;
  policy: RolePolicy;
}): SettingsDesk {
  const refuseOthers = createAdminGate({ stores: { roles, audit }, policy });

  return {
    async open(actor) {
      await refuseOthers(actor, 'setting.open');
      const [held, approvers] = await Promise.all([readWorkspaceSettings(settings), roles.list('approver')]);
      return { settings: held, approvers, configured: policy };
    },

    async save(change, actor) {
      await refuseOthers(actor, 'setting.change');
      const before = await readWorkspaceSettings(settings);
      for (const name of ['quietHours', 'weeklyBudget', 'sensitivity'] as const) {
        if (JSON.stringify(before[name]) !== JSON.stringify(change.settings[name]))
          await settings.set(SETTING_KEYS[name], change.settings[name], actor);
      }
      const granted = new Set(await roles.list('approver'));
      const wanted = new Set(change.approvers);
      for (const user of wanted) if (!granted.has(user)) await roles.grant(user, 'approver', actor);
      for (const user of granted) if (!wanted.has(user)) await roles.revoke(user, 'approver', actor);
    },
  };
}
