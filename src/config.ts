import { z } from 'zod';
import { parseCron } from './core/delivery/schedule.ts';
import type { Schedule } from './core/delivery/subscription.ts';
import { SENSITIVITIES } from './core/detect/sensitivity.ts';
import type { Sensitivity } from './core/records.ts';
import { CLUSTERINGS, type Clustering } from './core/text/themes/theme.ts';
import { type EmbeddingsConfig, embeddingVariables, readEmbeddings } from './embedding-config.ts';
import { SeepassError } from './errors.ts';
import { readHookSecrets, readWebhookSecrets } from './named-secrets.ts';
import { Secret } from './secret.ts';
import { readTools, type ToolsConfig, toolVariables } from './tools-config.ts';

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
};

const secret = (prefix: string, where: string) =>
  z
    .string()
    .refine((value) => value.startsWith(prefix), { error: `must start with "${prefix}": ${where}` })
    .transform((value) => new Secret(value));

const minimumSecret = (characters: number, fix: string) =>
  z
    .string()
    .min(characters, { error: `must be at least ${characters} characters: ${fix}` })
    .transform((value) => new Secret(value));

const list = z.string().transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

/** Several of one kind, separated by commas: the first is used from now on, the others still hold. */
const secretList = (characters: number, fix: string) =>
  list
    .refine((values) => values.every((value) => value.length >= characters), {
      error: `must be at least ${characters} characters each: ${fix}`,
    })
    .transform((values) => values.map((value) => new Secret(value)));

const flag = z
  .enum(['true', 'false', '1', '0'], { error: 'must be true or false' })
  .transform((value) => value === 'true' || value === '1');

const environmentSchema = z.object({
  DATABASE_URL: z
    .string()
    .refine((url) => /^postgres(ql)?:\/\//.test(url), {
      error: 'must look like postgres://user:password@host:5432/database; leave it out for the embedded database',
    })
    .optional(),
  SEEPASS_WORKSPACE: z.string().min(1, { error: 'must not be empty' }).default('local'),
  SEEPASS_TIMEZONE: z
    .string()
    .refine(isZone, { error: 'must be an IANA time zone such as Europe/Berlin' })
    .default('UTC'),
  SEEPASS_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: 'must be an ISO 4217 code such as USD' })
    .default('USD'),
  SEEPASS_FAILURE_STATUSES: z
    .string()
    .regex(/^$|^\d{3}(\s*,\s*\d{3})*$/, { error: 'must be HTTP statuses separated by commas, e.g. 401,403,429' })
    .default('')
    .transform((value) => (value === '' ? [] : value.split(',').map(Number))),
  SEEPASS_PSEUDONYM_KEY: minimumSecret(16, 'make one with `openssl rand -hex 32`').optional(),
  SEEPASS_DELIVERY_KEY: secretList(16, 'make one with `openssl rand -hex 32`').default([]),
  SEEPASS_INGEST_TOKEN: minimumSecret(16, 'make one with `openssl rand -hex 24`').optional(),
  SEEPASS_HTTP_PORT: z.coerce
    .number({ error: 'must be a port number' })
    .int({ error: 'must be a port number' })
    .min(0, { error: 'must be a port number' })
    .max(65535, { error: 'must be at most 65535' })
    .default(3000),
  SEEPASS_HTTP_HOST: z.string().min(1).default('127.0.0.1'),
  SEEPASS_CHANNEL: z.string().min(1, { error: 'must be a channel id or name, e.g. C0123456789' }).optional(),
  SEEPASS_CHANNELS: list.default([]),
  SEEPASS_ADMINS: list.default([]),
  SEEPASS_APPROVERS: list.default([]),
  SEEPASS_DIGEST_CRON: z
    .string()
    .default('0 9 * * 1-5')
    .transform((cron, { addIssue }) => {
      const schedule = parseCron(cron);
      if (schedule) return schedule;
      addIssue({
        code: 'custom',
        message:
          'must be one time of day on days of the week, "minute hour * * days" such as "0 9 * * 1-5"; for more times, /seepass subscribe',
      });
      return z.NEVER;
    }),
  SEEPASS_HOURS_SETTLE_MINUTES: z.coerce
    .number({ error: 'must be a number of minutes' })
    .int({ error: 'must be whole minutes' })
    .min(0, { error: 'must be at least 0' })
    .max(59, { error: 'must be less than an hour' })
    .default(10),
  SEEPASS_HOURS_KEPT_DAYS: z.coerce
    .number({ error: 'must be a number of days' })
    .int({ error: 'must be whole days' })
    .min(35, { error: 'must be at least 35: an hour is judged by the same hours of five weeks' })
    .max(3650, { error: 'must be at most 3650' })
    .default(60),
  SEEPASS_TICKET_CLUSTERING: z
    .enum(CLUSTERINGS, { error: `must be ${CLUSTERINGS.join(' or ')}` })
    .default('average-link'),
  SEEPASS_GITHUB_TOKEN: minimumSecret(8, 'a token that may write issues').optional(),
  SEEPASS_GITHUB_URL: z
    .url({ error: 'must be a URL such as https://api.github.com' })
    .default('https://api.github.com'),
  SEEPASS_SENSITIVITY: z.enum(SENSITIVITIES, { error: `must be ${SENSITIVITIES.join(', ')}` }).default('normal'),
  SEEPASS_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be trace, debug, info, warn, error or silent',
    })
    .default('info'),
  SLACK_BOT_TOKEN: secret('xoxb-', 'the Bot User OAuth Token under OAuth & Permissions').optional(),
  SLACK_APP_TOKEN: secret('xapp-', 'an app-level token with connections:write, under Basic Information').optional(),
  SLACK_SIGNING_SECRET: minimumSecret(8, 'Signing Secret under Basic Information').optional(),
  SLACK_SOCKET_MODE: flag.default(true),
  SLACK_API_URL: z.url({ error: 'must be a URL such as https://slack.com/api/' }).default('https://slack.com/api/'),
  ANTHROPIC_API_KEY: minimumSecret(8, 'an API key from the Anthropic console').optional(),
  ANTHROPIC_BASE_URL: z.url({ error: 'must be a URL' }).optional(),
  ANTHROPIC_MODEL: z.string().min(1).default('claude-sonnet-5-5'),
  SEEPASS_MODEL_BUDGET: z.coerce
    .number({ error: 'must be dollars a day, e.g. 5' })
    .min(0, { error: 'must be at least 0' })
    .max(10_000, { error: 'must be at most 10000' })
    .default(5),
  ...toolVariables,
  ...embeddingVariables,
});

export interface Config {
  readonly database: { readonly url: Secret | undefined };
  readonly workspace: string;
  readonly timezone: string;
  readonly currency: string;
  /** HTTP statuses below 500 that count as failures. */
  readonly failureStatuses: readonly number[];
  readonly pseudonymKey: Secret | undefined;
  readonly ingestToken: Secret | undefined;
  /** What raw deliveries are sealed with: the first seals, each opens. Empty for a key that is kept beside the database. */
  readonly deliveryKeys: readonly Secret[];
  /** What tools prove themselves with, by their names in capitals; each of a tool's is valid. */
  readonly webhookSecrets: Readonly<Record<string, readonly Secret[]>>;
  readonly http: { readonly host: string; readonly port: number };
  /** What the configured channel gets at first, and what subscriptions that say no time follow. */
  readonly digest: { readonly channel: string | undefined; readonly schedule: Schedule };
  /** Channels that may be posted to, by id or name; empty for every one but those shared with another company. */
  readonly channels: readonly string[];
  /** Minutes after its end until an hour is complete; days that hourly rollups are kept. */
  readonly hours: { readonly settleMinutes: number; readonly keptDays: number };
  /** How tickets are grouped into themes. */
  readonly ticketClustering: Clustering;
  /** How readily people are told. */
  readonly sensitivity: Sensitivity;
  readonly admins: readonly string[];
  readonly approvers: readonly string[];
  /** Opens issues; the repository is in the workspace config. */
  readonly github: { readonly token: Secret | undefined; readonly baseUrl: string };
  /** What declared webhooks are signed with, by their ids in capitals. */
  readonly hookSecrets: Readonly<Record<string, Secret>>;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly slack: {
    readonly botToken: Secret | undefined;
    readonly appToken: Secret | undefined;
    readonly signingSecret: Secret | undefined;
    readonly socketMode: boolean;
    readonly apiUrl: string;
  };
  readonly model: {
    readonly apiKey: Secret | undefined;
    readonly baseUrl: string | undefined;
    readonly name: string;
    /** US dollars a day of the workspace. */
    readonly dailyBudget: number;
  };
  /** Who embeds runbooks and questions; null where nobody does. */
  readonly embeddings: EmbeddingsConfig | null;
  /** What backfills and fetched conversations are read from. */
  readonly tools: ToolsConfig;
}

/**
 * Reads the environment once. An empty variable counts as not set.
 * @throws SeepassError `bad_config` that lists every fault with its fix and prints no value.
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environmentSchema.safeParse(present);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
    throw new SeepassError(
      'bad_config',
      `The environment has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.join('\n')}`,
      {
        fix: '\nSee .env.example for every setting.',
      },
    );
  }
  const env = parsed.data;
  return deepFreeze({
    database: { url: env.DATABASE_URL === undefined ? undefined : new Secret(env.DATABASE_URL) },
    workspace: env.SEEPASS_WORKSPACE,
    timezone: env.SEEPASS_TIMEZONE,
    currency: env.SEEPASS_CURRENCY,
    failureStatuses: env.SEEPASS_FAILURE_STATUSES,
    pseudonymKey: env.SEEPASS_PSEUDONYM_KEY,
    ingestToken: env.SEEPASS_INGEST_TOKEN,
    deliveryKeys: env.SEEPASS_DELIVERY_KEY,
    webhookSecrets: readWebhookSecrets(present),
    http: { host: env.SEEPASS_HTTP_HOST, port: env.SEEPASS_HTTP_PORT },
    digest: { channel: env.SEEPASS_CHANNEL, schedule: { ...env.SEEPASS_DIGEST_CRON, zone: env.SEEPASS_TIMEZONE } },
    channels: env.SEEPASS_CHANNELS,
    hours: { settleMinutes: env.SEEPASS_HOURS_SETTLE_MINUTES, keptDays: env.SEEPASS_HOURS_KEPT_DAYS },
    ticketClustering: env.SEEPASS_TICKET_CLUSTERING,
    sensitivity: env.SEEPASS_SENSITIVITY,
    admins: env.SEEPASS_ADMINS,
    approvers: env.SEEPASS_APPROVERS,
    github: { token: env.SEEPASS_GITHUB_TOKEN, baseUrl: env.SEEPASS_GITHUB_URL },
    hookSecrets: readHookSecrets(present),
    logLevel: env.SEEPASS_LOG_LEVEL,
    slack: {
      botToken: env.SLACK_BOT_TOKEN,
      appToken: env.SLACK_APP_TOKEN,
      signingSecret: env.SLACK_SIGNING_SECRET,
      socketMode: env.SLACK_SOCKET_MODE,
      apiUrl: env.SLACK_API_URL,
    },
    model: {
      apiKey: env.ANTHROPIC_API_KEY,
      baseUrl: env.ANTHROPIC_BASE_URL,
      name: env.ANTHROPIC_MODEL,
      dailyBudget: env.SEEPASS_MODEL_BUDGET,
    },
    embeddings: readEmbeddings(env),
    tools: readTools(env),
  });
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
