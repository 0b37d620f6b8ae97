import { setTimeout as delay } from 'node:timers/promises';
import { App, type AuthorizeResult } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { SeepassError } from '../errors.ts';
import type { ReadGroupMembers } from '../pipeline/acting.ts';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import type { Messenger } from '../pipeline/ports.ts';
import { type PostingPolicy, whyForbidden } from '../pipeline/posting-policy.ts';
import { reviewChannel } from '../pipeline/review-channel.ts';
import type { Memberships } from '../pipeline/runbooks/readers.ts';
import { createSubscriptionDesk, type SubscriptionDesk, type SubscriptionDeskDeps } from '../pipeline/subscribe.ts';
import { readAlertDefaults } from '../pipeline/workspace-settings.ts';
import { createBoltLogger } from './bolt-logger.ts';
import { createClientOptions } from './client-options.ts';
import type { ListenerDeps, SlackDeps } from './deps.ts';
import { createDigestRefresher, type RefreshDigest } from './digest-refresher.ts';
import { createDirectory, type Directory } from './directory.ts';
import { createFileAccess } from './download.ts';
import { createGroupReader } from './group-members.ts';
import { createHttpReceiver, type SlackListener } from './http-receiver.ts';
import { registerListeners } from './listeners/index.ts';
import { createMemberships } from './memberships.ts';
import { createMessenger } from './messenger.ts';
import { createProgressPoster } from './progress-message.ts';
import { rehearseHome } from './publish-home.ts';
import { createSocketConnection } from './socket-connection.ts';
import { callSlack } from './web-call.ts';

/** How Slack reaches us. Secrets are plain here: the caller reveals them for this call alone. */
export type SlackTransport = { mode: 'socket'; appToken: string } | { mode: 'http'; signingSecret: string };

export interface SlackAppOptions extends Omit<SlackDeps, 'audienceOf' | 'memberships' | 'subscribing' | 'progress'> {
  /** Channels that may be subscribed, by id or name (none: all but shared ones), and the time of day where none is said. */
  subscribable?: Pick<SubscriptionDeskDeps, 'listed' | 'minute'>;
  /** Pauses a channel that may not be posted to any more, and tells its owners; left out, nothing is paused. */
  pauseChannel?: PostingPolicy['pause'];
  botToken: string;
  transport: SlackTransport;
  /** `https://slack.com/api/` but for the sandbox. */
  apiUrl: string;
}

export interface SlackApp {
  /** Checks the tokens and, in socket mode, connects. @throws SeepassError `slack_unavailable` that names the setting. */
  start(): Promise<void>;
  /** Stops taking work; never throws. */
  stop(): Promise<void>;
  /** Goes through what is slow the first time, so that nobody waits for it. @throws what the stores throw. */
  rehearse(): Promise<void>;
  /** HTTP mode only: mount it under the host's own server, which owns the port. */
  readonly requestListener: SlackListener | undefined;
  /** Opens the Home tab; null where it is not known how, as before start() and without an app token. */
  readonly homeUrl: string | null;
  readonly client: WebClient;
  readonly messenger: Messenger;
  readonly directory: Directory;
  readonly groupMembers: ReadGroupMembers;
  readonly memberships: Memberships;
  readonly refreshDigest: RefreshDigest;
  readonly subscribing: SubscriptionDesk;
}

/** Minutes after midnight. */
const NINE = 540;
/** What is under way when the app stops may finish for this long. */
const STOP_GRACE_MS = 5_000;

const identitySchema = z.object({ bot_id: z.string().optional(), user_id: z.string(), team_id: z.string() });

/** The Bolt app: the same one in production, in the demo's sandbox and in the tests. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { log, botToken, apiUrl, transport } = options;
  const client = new WebClient(botToken, createClientOptions(apiUrl, log));
  const socket =
    transport.mode === 'socket' ? createSocketConnection({ appToken: transport.appToken, apiUrl, log }) : null;
  const http = transport.mode === 'http' ? createHttpReceiver({ signingSecret: transport.signingSecret, log }) : null;
  const receiver = socket?.receiver ?? http?.receiver;
  if (!receiver) throw new SeepassError('bad_config', 'Slack needs socket mode or a signing secret.');

  let identity: AuthorizeResult = { botToken };
  const app = new App({
    receiver,
    // Known after start(): Bolt's own check would call Slack before the first acknowledgement.
    authorize: async () => ({ ...identity }),
    clientOptions: createClientOptions(apiUrl, log),
    logger: createBoltLogger(log),
    // The default keeps every conversation's state in memory for ever.
    convoStore: false,
  });
  app.error(async (error) => log.error({ err: error }, 'a Slack listener failed outside its own guard'));
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  app.use(async ({ next }) => {
    const work = next();
    running.add(work);
    await work.finally(() => running.delete(work));
  });
  const directory = createDirectory(client, options.clock);
  const { stores, clock, timezone, currency, newId, answering, label, desk, proposals, chartOf, rules, home } = options;
  const { audienceOf } = directory;
  const groupMembers = createGroupReader(client, log);
  const memberships = createMemberships(directory, groupMembers);
  const subscribing = createSubscriptionDesk({
    subscriptions: stores.subscriptions,
    readAlertDefaults: () => readAlertDefaults(stores.settings),
    answering,
    channels: directory,
    clock,
    timezone,
    ...(options.subscribable ?? { listed: [], minute: NINE }),
  });
  const listed = options.subscribable?.listed ?? [];
  const posting = { channels: directory, listed, pause: options.pauseChannel ?? (async () => undefined) };
  const common = { stores, clock, timezone, currency, newId, log };
  const deps: ListenerDeps = {
    ...common,
    answering,
    audienceOf,
    whyForbidden: (channel) => whyForbidden(posting, channel),
    reviewChannel: (channel) => reviewChannel({ posting, subscriptions: stores.subscriptions, log }, channel),
    subscribing,
    label,
    proposals,
    stop: options.stop,
    cycle: options.cycle,
    progress: createProgressPoster(client, (channel) => whyForbidden(posting, channel)),
    ownerNotices: options.ownerNotices,
    assessments: options.assessments,
    drawChart: options.drawChart,
    desk,
    chartOf,
    rules,
    runbooks: options.runbooks,
    memberships,
    files: createFileAccess(client, { botToken, apiUrl }),
    home,
    client,
    stopping: stopping.signal,
  };
  registerListeners(app, deps);

  return {
    client,
    directory,
    groupMembers,
    memberships,
    subscribing,
    refreshDigest: createDigestRefresher(deps),
    messenger: createMessenger(client, directory, options.drawChart && { drawChart: options.drawChart, log }),
    requestListener: http?.listener,
    get homeUrl() {
      return homeUrl(identity.teamId, transport);
    },
    async start() {
      const who = identitySchema.parse(await naming('SLACK_BOT_TOKEN', callSlack(client, 'auth.test')));
      identity = {
        botToken,
        botUserId: who.user_id,
        teamId: who.team_id,
        ...(who.bot_id ? { botId: who.bot_id } : {}),
      };
      if (socket) await naming('SLACK_APP_TOKEN', socket.start());
      log.info({ mode: transport.mode, team: who.team_id }, 'Slack is connected');
    },
    rehearse: () => rehearseHome(deps),
    async stop() {
      stopping.abort();
      await socket?.stop();
      await Promise.race([Promise.allSettled(running), delay(STOP_GRACE_MS, undefined, { ref: false })]);
    },
  };
}

/** Slack's own link into the tab. An app token names its app, and nothing else that we have does. */
function homeUrl(team: string | undefined, transport: SlackTransport): string | null {
  const app = transport.mode === 'socket' ? /^xapp-\d+-(A[A-Z0-9]+)-/.exec(transport.appToken)?.[1] : undefined;
  return team === undefined || app === undefined ? null : `slack://app?team=${team}&id=${app}&tab=home`;
}

/** Says which setting is wrong when Slack refuses a token. */
async function naming<T>(setting: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof DeliveryError) || error.failure !== 'permanent') throw error;
    throw new SeepassError('slack_unavailable', `Slack refused ${setting}: ${error.reason}.`, {
      fix: `Copy it again from https://api.slack.com/apps into ${setting}.`,
      cause: error,
    });
  }
}
