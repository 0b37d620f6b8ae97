/** The four tools that can be backfilled, made up, with what each is asked to read and what should be stored of it. */
import type { Backfilled } from '../../src/tool-access.ts';
import { helpScoutHolding, startMadeUpHelpScout } from './made-up-helpscout.ts';
import { intercomHolding, startMadeUpIntercom } from './made-up-intercom.ts';
import { postHogHolding, startMadeUpPostHog } from './made-up-posthog.ts';
import { sentryHolding, startMadeUpSentry } from './made-up-sentry.ts';
import type { MadeUpTool } from './made-up-tool.ts';

export const SINCE = '2026-08-01';
const from = Date.parse(SINCE);

export interface MadeUp {
  name: Backfilled;
  start(): Promise<MadeUpTool>;
  settings(url: string): Record<string, string>;
  /** Of every event since that day. */
  ids: readonly string[];
}

const helpscout = helpScoutHolding(19, from);
const intercom = intercomHolding(15, from);
const sentry = sentryHolding(9, from);
const posthog = postHogHolding(203, from);

export const madeUpTools: readonly MadeUp[] = [
  {
    ...{ name: 'helpscout', ids: helpscout.ids, start: () => startMadeUpHelpScout(helpscout) },
    settings: (url) => ({
      SEEPASS_HELPSCOUT_URL: url,
      SEEPASS_HELPSCOUT_APP_ID: 'app-id',
      SEEPASS_HELPSCOUT_APP_SECRET: 'app-secret',
    }),
  },
  {
    ...{ name: 'intercom', ids: intercom.ids, start: () => startMadeUpIntercom(intercom) },
    settings: (url) => ({ SEEPASS_INTERCOM_URL: url, SEEPASS_INTERCOM_TOKEN: 'intercom-token' }),
  },
  {
    ...{ name: 'sentry', ids: sentry.ids, start: () => startMadeUpSentry(sentry) },
    settings: (url) => ({
      SEEPASS_SENTRY_URL: url,
      SEEPASS_SENTRY_TOKEN: 'sentry-token',
      SEEPASS_SENTRY_ORGANISATION: 'acme',
    }),
  },
  {
    ...{ name: 'posthog', ids: posthog.ids, start: () => startMadeUpPostHog(posthog) },
    settings: (url) => ({
      SEEPASS_POSTHOG_URL: url,
      SEEPASS_POSTHOG_KEY: 'phx_posthog-key',
      SEEPASS_POSTHOG_PROJECT: '17',
    }),
  },
];
