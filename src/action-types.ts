/** The action types as things are declared now: what they reach is read anew each time, so a change counts at once. */
import { createActions } from './actions/index.ts';
import type { Config } from './config.ts';
import type { ActionRegistry } from './core/actions.ts';
import { createGithubIssues } from './github/issue-tracker.ts';
import { createHookCaller } from './http/call-hook.ts';
import { createOwnActs, type OwnActsDeps } from './pipeline/own-acts.ts';
import type { Stores } from './pipeline/ports.ts';
import { readWorkspaceConfig } from './pipeline/workspace-config.ts';

export function createActionTypes(
  config: Pick<Config, 'github' | 'hookSecrets'>,
  deps: OwnActsDeps & { stores: Pick<Stores, 'settings'> },
): () => Promise<ActionRegistry> {
  const { settings } = deps.stores;
  const hooks = createHookCaller({ secretOf: (hook) => config.hookSecrets[hook.toUpperCase()]?.reveal() });
  const own = createOwnActs(deps);
  return async () => {
    const { issues, webhooks } = await readWorkspaceConfig(settings);
    const { token, baseUrl } = config.github;
    const tracker =
      issues === null || token === undefined
        ? null
        : createGithubIssues({ repository: issues.repository, token: token.reveal(), baseUrl });
    return createActions({ issues: tracker, hooks, own }, webhooks);
  };
}
