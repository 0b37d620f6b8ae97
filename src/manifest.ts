import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from './paths.ts';

const manifestSchema = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});

/** What manifest.yml asks Slack for: the bot's scopes, and the events it listens to. */
export interface Manifest {
  readonly scopes: readonly string[];
  readonly events: readonly string[];
}

export function readManifest(): Manifest {
  const { oauth_config, settings } = manifestSchema.parse(
    parse(readFileSync(join(packageRoot, 'manifest.yml'), 'utf8')),
  );
  return { scopes: oauth_config.scopes.bot, events: settings.event_subscriptions.bot_events };
}
