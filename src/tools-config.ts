/** Where the tools that are read from are, and what lets us read. Part of the environment; see config.ts. */
import { z } from 'zod';
import { Secret } from './secret.ts';

const LOCAL = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A credential is sent there: only encrypted, but on the machine itself. */
const address = (standard: string) =>
  z
    .url({ protocol: /^https?$/, error: `must be a URL such as ${standard}` })
    .refine((url) => !url.startsWith('http:') || LOCAL.has(new URL(url).hostname), {
      error: 'must begin with https://: a credential is sent there',
    })
    .default(standard)
    .transform((url) => url.replace(/\/+$/, ''));

const credential = (where: string) =>
  z
    .string()
    .min(8, { error: `must be at least 8 characters: ${where}` })
    .transform((value) => new Secret(value));

const name = (what: string) => z.string().regex(/^[\w.-]{1,100}$/, { error: `must be ${what}` });

export const toolVariables = {
  SEEPASS_HELPSCOUT_APP_ID: name('the App ID of an OAuth2 application, under My Apps').optional(),
  SEEPASS_HELPSCOUT_APP_SECRET: credential('the App Secret of that application').optional(),
  SEEPASS_HELPSCOUT_URL: address('https://api.helpscout.net'),
  SEEPASS_INTERCOM_TOKEN: credential('the access token of an app in the Developer Hub').optional(),
  SEEPASS_INTERCOM_URL: address('https://api.intercom.io'),
  SEEPASS_SENTRY_TOKEN: credential('the token of an internal integration that may read issues and events').optional(),
  SEEPASS_SENTRY_ORGANISATION: name('the slug of the organisation').optional(),
  SEEPASS_SENTRY_URL: address('https://sentry.io'),
  SEEPASS_POSTHOG_KEY: credential('a personal API key with query:read').optional(),
  SEEPASS_POSTHOG_PROJECT: name("the project's id").optional(),
  SEEPASS_POSTHOG_URL: address('https://us.posthog.com'),
};

type ToolEnvironment = z.infer<z.ZodObject<typeof toolVariables>>;

/** Of each tool where it is, without a slash at the end, and what it asks for; undefined where that is not set. */
export interface ToolsConfig {
  readonly helpscout: {
    readonly url: string;
    readonly appId: string | undefined;
    readonly appSecret: Secret | undefined;
  };
  readonly intercom: { readonly url: string; readonly token: Secret | undefined };
  readonly sentry: {
    readonly url: string;
    readonly token: Secret | undefined;
    readonly organisation: string | undefined;
  };
  readonly posthog: { readonly url: string; readonly key: Secret | undefined; readonly project: string | undefined };
}

export function readTools(env: ToolEnvironment): ToolsConfig {
  return {
    helpscout: {
      url: env.SEEPASS_HELPSCOUT_URL,
      appId: env.SEEPASS_HELPSCOUT_APP_ID,
      appSecret: env.SEEPASS_HELPSCOUT_APP_SECRET,
    },
    intercom: { url: env.SEEPASS_INTERCOM_URL, token: env.SEEPASS_INTERCOM_TOKEN },
    sentry: {
      url: env.SEEPASS_SENTRY_URL,
      token: env.SEEPASS_SENTRY_TOKEN,
      organisation: env.SEEPASS_SENTRY_ORGANISATION,
    },
    posthog: {
      url: env.SEEPASS_POSTHOG_URL,
      key: env.SEEPASS_POSTHOG_KEY,
      project: env.SEEPASS_POSTHOG_PROJECT,
    },
  };
}
