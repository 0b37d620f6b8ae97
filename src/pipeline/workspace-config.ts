/** The workspace's own declarations, kept under one settings key. */
import { WORKSPACE_CONFIG_KEY as KEY } from '../core/policy/approval-settings.ts';
import {
  type DeclaredConfig,
  parseDeclaredConfig,
  type WorkspaceConfig,
  withDefaults,
} from '../core/workspace-config.ts';
import { SeepassError } from '../errors.ts';
import type { SettingsStore } from './ports.ts';

/**
 * What holds for the workspace.
 * @throws SeepassError `bad_config` when what is stored is not understood: another version of Seepass wrote it.
 */
export async function readWorkspaceConfig(settings: Pick<SettingsStore, 'get'>): Promise<WorkspaceConfig> {
  const { declared, faults } = parseDeclaredConfig(await settings.get(KEY));
  if (declared) return withDefaults(declared);
  throw new SeepassError('bad_config', `The stored workspace config is not understood: ${faults.join('; ')}.`, {
    fix: 'Apply it again: seepass config apply <file>.',
  });
}

/**
 * Puts the declarations in place of the former ones, with an audit row.
 * @returns false when they are those that hold already: then nothing is written.
 */
export async function applyWorkspaceConfig(
  settings: SettingsStore,
  declared: DeclaredConfig,
  actor: string,
): Promise<boolean> {
  const before = parseDeclaredConfig(await settings.get(KEY)).declared;
  if (JSON.stringify(before) === JSON.stringify(declared)) return false;
  await settings.set(KEY, declared, actor);
  return true;
}
