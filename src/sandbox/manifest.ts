import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { findPackageFolder } from './package-folder.ts';

const commandSchema = z.object({
  command: z.string().startsWith('/'),
  description: z.string().default(''),
  usage_hint: z.string().default(''),
  should_escape: z.boolean().default(false),
});

const manifestSchema = z.object({
  features: z.object({ slash_commands: z.array(commandSchema).default([]) }).default({ slash_commands: [] }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});

export interface ManifestCommand {
  command: string;
  description: string;
  hint: string;
  /** Mentions reach the app as entities with ids. */
  isEscaped: boolean;
}

/** What an app's manifest asks of the workspace. */
export interface AppManifest {
  readonly scopes: readonly string[];
  readonly events: readonly string[];
  readonly commands: readonly ManifestCommand[];
}

/** @param path a manifest in YAML or JSON; the repository's own unless said */
export function readAppManifest(path = join(findPackageFolder(), 'manifest.yml')): AppManifest {
  const { features, oauth_config, settings } = manifestSchema.parse(parse(readFileSync(path, 'utf8')));
  return {
    scopes: oauth_config.scopes.bot,
    events: settings.event_subscriptions.bot_events,
    commands: features.slash_commands.map(({ usage_hint: hint, should_escape: isEscaped, ...rest }) => ({
      ...rest,
      hint,
      isEscaped,
    })),
  };
}
