/** Where the approval policy is kept: acting begins only where none of these settings changed since it was read. */

/** What the workspace declared as a file, under `approvals`. */
export const WORKSPACE_CONFIG_KEY = 'workspace_config';
/** What admins set in the App Home; it holds over the file. */
export const APPROVAL_POLICY_KEY = 'approvals.policy';

export const APPROVAL_SETTINGS: readonly string[] = [WORKSPACE_CONFIG_KEY, APPROVAL_POLICY_KEY];
