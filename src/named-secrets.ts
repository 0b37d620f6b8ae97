/** Secrets whose setting ends with the name of what they belong to. */
import { SeepassError } from './errors.ts';
import { Secret } from './secret.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const HOOK_SECRET = /^SEEPASS_HOOK_SECRET_([A-Z0-9_]+)$/;
const WEBHOOK_SECRET = /^SEEPASS_WEBHOOK_SECRET_([A-Z0-9_]+?)(?:_NEXT)?$/;
const SHORTEST = 16;
const FIX = 'Make one with `openssl rand -hex 32`, and give the other side the same.';

/** What calls of declared webhooks are signed with. @throws SeepassError `bad_config` for one that is too short. */
export function readHookSecrets(environment: Environment): Record<string, Secret> {
  const secrets: Record<string, Secret> = {};
  for (const [name, value = ''] of Object.entries(environment)) {
    const hook = HOOK_SECRET.exec(name)?.[1];
    if (hook !== undefined) secrets[hook] = checked(name, value);
  }
  return secrets;
}

/**
 * What tools prove themselves with: several separated by commas, and those of the setting that ends with `_NEXT`, are
 * valid at the same time. @throws SeepassError `bad_config` for one that is too short.
 */
export function readWebhookSecrets(environment: Environment): Record<string, Secret[]> {
  const secrets: Record<string, Secret[]> = {};
  for (const [name, value = ''] of Object.entries(environment)) {
    const source = WEBHOOK_SECRET.exec(name)?.[1];
    if (source === undefined) continue;
    const parts = value.split(',').map((part) => part.trim());
    secrets[source] = [...(secrets[source] ?? []), ...parts.filter(Boolean).map((part) => checked(name, part))];
  }
  return secrets;
}

/** The setting that holds a source's secret. */
export function webhookSecretSetting(source: string): string {
  return `SEEPASS_WEBHOOK_SECRET_${source.toUpperCase()}`;
}

function checked(name: string, value: string): Secret {
  if (value.length >= SHORTEST) return new Secret(value);
  throw new SeepassError('bad_config', `${name} must be at least ${SHORTEST} characters.`, { fix: FIX });
}
