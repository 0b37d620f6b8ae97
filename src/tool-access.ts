/** Which tools can be read from, by the environment: the one file that knows both. */
import type { Config } from './config.ts';
import type { Source } from './core/records.ts';
import { SeepassError } from './errors.ts';
import type { FetchFromTool, ToolReader } from './pipeline/backfill/tool-reader.ts';
import type { Clock } from './pipeline/ports.ts';
import type { Secret } from './secret.ts';
import { bePatient, type Patience } from './tools/be-patient.ts';
import { createClientCredentials } from './tools/client-credentials.ts';
import { createHelpScout } from './tools/helpscout.ts';
import { createIntercom, INTERCOM_VERSION } from './tools/intercom.ts';
import { createPostHog } from './tools/posthog.ts';
import { createReadOnlyClient, type ReadTool } from './tools/read-only-client.ts';
import { createSentry } from './tools/sentry.ts';

/** The sources that can be backfilled. */
export const BACKFILLED = ['helpscout', 'intercom', 'sentry', 'posthog'] as const satisfies readonly Source[];
export type Backfilled = (typeof BACKFILLED)[number];

/**
 * Reads a tool page by page, and waits when it is told to.
 * @throws SeepassError `bad_config` naming the settings that are missing.
 */
export function createToolReader(
  tools: Config['tools'],
  source: Backfilled,
  clock: Clock,
  patience: Patience,
): ToolReader {
  switch (source) {
    case 'helpscout':
      return createHelpScout(bePatient(needed(helpScoutClient(tools, clock), HELPSCOUT), patience));
    case 'intercom':
      return createIntercom(bePatient(needed(intercomClient(tools, clock), INTERCOM), patience));
    case 'sentry':
      return createSentry(
        bePatient(needed(sentryClient(tools, clock), SENTRY), patience),
        tools.sentry.organisation ?? '',
      );
    case 'posthog':
      return createPostHog(
        bePatient(needed(posthogClient(tools, clock), POSTHOG), patience),
        tools.posthog.project ?? '',
      );
  }
}

/**
 * Asks for what deliveries name: it never waits, as the queue tries again. Undefined where no tool that needs it can be
 * read from.
 */
export function createFetchFromTool(tools: Config['tools'], clock: Clock): FetchFromTool | undefined {
  const [helpScoutAsked, sentryAsked] = [helpScoutClient(tools, clock), sentryClient(tools, clock)];
  if (helpScoutAsked === undefined && sentryAsked === undefined) return undefined;
  const helpScout = helpScoutAsked && createHelpScout(helpScoutAsked);
  const sentry = sentryAsked && createSentry(sentryAsked, tools.sentry.organisation ?? '');
  return async (source, { kind, id }) => {
    if (source === 'helpscout' && kind === 'conversation') return needed(helpScout, HELPSCOUT).fetchConversation(id);
    if (source === 'sentry' && kind === 'issue') return needed(sentry, SENTRY).fetchIssueEvent(id);
    throw new SeepassError('internal', `Nobody knows how to fetch a ${kind} from ${source}.`);
  };
}

const HELPSCOUT = 'SEEPASS_HELPSCOUT_APP_ID and SEEPASS_HELPSCOUT_APP_SECRET';
const INTERCOM = 'SEEPASS_INTERCOM_TOKEN';
const SENTRY = 'SEEPASS_SENTRY_TOKEN and SEEPASS_SENTRY_ORGANISATION';
const POSTHOG = 'SEEPASS_POSTHOG_KEY and SEEPASS_POSTHOG_PROJECT';

function needed<Client>(client: Client | undefined, settings: string): Client {
  if (client !== undefined) return client;
  throw new SeepassError('bad_config', 'Nothing lets Seepass read from there.', {
    fix: `Set ${settings}, see .env.example.`,
  });
}

function helpScoutClient({ helpscout }: Config['tools'], clock: Clock): ReadTool | undefined {
  const { url, appId, appSecret } = helpscout;
  if (appId === undefined || appSecret === undefined) return undefined;
  const shared = { tool: 'Help Scout', credentials: HELPSCOUT, clock };
  const authorise = createClientCredentials({
    ...shared,
    tokenUrl: `${url}/v2/oauth2/token`,
    clientId: appId,
    clientSecret: appSecret.reveal(),
  });
  return createReadOnlyClient({ ...shared, baseUrl: url, authorise, renewable: true });
}

function intercomClient({ intercom: { url, token } }: Config['tools'], clock: Clock): ReadTool | undefined {
  return (
    token &&
    createReadOnlyClient({
      ...{ tool: 'Intercom', credentials: INTERCOM, baseUrl: url, clock },
      ...bearer(token),
      headers: { 'intercom-version': INTERCOM_VERSION },
    })
  );
}

function sentryClient({ sentry: { url, token, organisation } }: Config['tools'], clock: Clock): ReadTool | undefined {
  if (token === undefined || organisation === undefined) return undefined;
  return createReadOnlyClient({ tool: 'Sentry', credentials: SENTRY, baseUrl: url, clock, ...bearer(token) });
}

function posthogClient({ posthog: { url, key, project } }: Config['tools'], clock: Clock): ReadTool | undefined {
  if (key === undefined || project === undefined) return undefined;
  return createReadOnlyClient({ tool: 'PostHog', credentials: POSTHOG, baseUrl: url, clock, ...bearer(key) });
}

const bearer = (secret: Secret) => ({ authorise: async () => `Bearer ${secret.reveal()}`, renewable: false });
