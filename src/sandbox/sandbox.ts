import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../pipeline/ports.ts';
import { type Control, createControl, FaultPlan } from './control.ts';
import { EventSender } from './delivery/events.ts';
import { HttpDelivery, type HttpTransport } from './delivery/http-delivery.ts';
import { SocketModeDelivery } from './delivery/socket-mode.ts';
import { Interactions } from './interactions/interactions.ts';
import { Modals } from './interactions/modals.ts';
import { Suggestions } from './interactions/suggestions.ts';
import { Writing } from './interactions/writing.ts';
import { readAppManifest } from './manifest.ts';
import { type Pacing, PostPacer } from './pacing.ts';
import { PageApi } from './page-api.ts';
import type { PageCommand } from './page-protocol.ts';
import { ActingPerson } from './person.ts';
import { ResponseUrls } from './response-url.ts';
import { listen } from './server.ts';
import type { StoredMessage } from './state/message-store.ts';
import { type ChannelSeed, DEFAULT_CHANNELS, DEFAULT_PEOPLE, type PersonSeed } from './state/roster.ts';
import type { StoredView } from './state/view-store.ts';
import { APP, Workspace } from './state/workspace.ts';
import { findPageFolder } from './static-page.ts';

const BOT_TOKEN = 'xoxb-sandbox-bot-token';
/** In Slack's form, which names the app. */
const APP_TOKEN = `xapp-1-${APP.appId}-sandbox-app-token`;
const SIGNING_SECRET = 'sandbox-signing-secret';
const ACK_TIMEOUT_MS = 3_000;

export interface SandboxOptions {
  host?: string;
  /** 0, the default, takes any free port. */
  port?: number;
  people?: readonly PersonSeed[];
  channels?: readonly ChannelSeed[];
  /** How events reach the app; Socket Mode unless said. */
  transport?: 'socket' | { http: HttpTransport['requestUrl']; signingSecret: string };
  /** The app's manifest file: its scopes, event subscriptions and slash commands. The repository's own unless said. */
  manifest?: string;
  /** Bot scopes other than the manifest's. */
  scopes?: readonly string[];
  /** Event subscriptions other than the manifest's. */
  events?: readonly string[];
  /** What the page's composer suggests beside the manifest's commands, e.g. their subcommands. */
  commands?: readonly PageCommand[];
  /** Epoch milliseconds; message times and expiries follow it. */
  clock?: () => number;
  /** How fast the app may post in one channel, by `clock`; as fast as it likes unless said. */
  pacing?: Pacing;
  /** How long the app may take to acknowledge; Slack's is 3,000. */
  ackTimeoutMs?: number;
  /** The built page; the package's own unless said. */
  pageFolder?: string;
  log?: Log;
}

/** A local Slack workspace: what a Bolt app needs to run, and hands for people in it. */
export interface Sandbox {
  /** The page to open. */
  readonly url: string;
  /** For Bolt's `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** Ids by name: `ids.channels['product-health']`, `ids.people.maya`. */
  readonly ids: {
    readonly channels: Readonly<Record<string, string>>;
    readonly people: Readonly<Record<string, string>>;
  };
  readonly control: Control;
  /** A person by handle, name or id. */
  as(person: string): ActingPerson;
  /** A channel's messages, oldest first; with `as`, what only that person sees too. `@maya` is her direct message with the app. */
  messages(channel: string, options?: { as?: string }): StoredMessage[];
  /** A thread: its parent, then the replies. */
  thread(message: StoredMessage, options?: { as?: string }): StoredMessage[];
  /** Every status the app has shown in a message's thread. */
  statuses(message: StoredMessage): string[];
  /** A person's open modals, the one on top last. */
  views(person: string): readonly StoredView[];
  home(person: string): StoredView | undefined;
  /** Waits until `find` returns something truthy, and returns it. @throws Error after `timeoutMs` (15,000: a busy machine is no fault) */
  until<Found>(find: () => Found, options?: { timeoutMs?: number }): Promise<NonNullable<Found>>;
  stop(): Promise<void>;
}

async function until<Found>(find: () => Found, { timeoutMs = 15_000 } = {}): Promise<NonNullable<Found>> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = find();
    if (found) return found;
    if (performance.now() > end) throw new Error(`Nothing came within ${timeoutMs} ms of: ${find.toString()}`);
    await delay(5);
  }
}

/** Starts the workspace. @throws SeepassError `port_in_use` */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, transport = 'socket', ackTimeoutMs = ACK_TIMEOUT_MS, pacing, log } = options;
  const manifest = readAppManifest(options.manifest);
  const workspace = new Workspace({
    people: options.people ?? DEFAULT_PEOPLE,
    channels: options.channels ?? DEFAULT_CHANNELS,
    clock: options.clock ?? Date.now,
  });
  const faults = new FaultPlan();
  const socketMode = transport === 'socket' ? new SocketModeDelivery(ackTimeoutMs) : undefined;
  const signingSecret = transport === 'socket' ? SIGNING_SECRET : transport.signingSecret;
  const delivery =
    socketMode ??
    new HttpDelivery({ requestUrl: transport === 'socket' ? '' : transport.http, signingSecret }, ackTimeoutMs);
  const subscriptions = new Set(options.events ?? manifest.events);
  const events = new EventSender({ workspace, delivery, faults, subscriptions, log });
  workspace.onChange((change) => events.hear(change));
  const responses = new ResponseUrls(workspace);
  const interactions = new Interactions({ workspace, delivery, events, responses, commands: manifest.commands });
  const modals = new Modals(workspace, interactions);
  const writing = new Writing(workspace);
  const suggestions = new Suggestions(workspace, delivery);
  const acting = (name: string): ActingPerson => {
    const person = workspace.findPerson(name);
    if (person === undefined) throw new Error(`There is nobody called "${name}" in the workspace.`);
    return new ActingPerson(person, { workspace, interactions, modals, writing, suggestions });
  };
  const commands = manifest.commands.map(({ isEscaped: _isEscaped, ...command }) => command);
  const page = new PageApi({ workspace, commands: [...commands, ...(options.commands ?? [])], acting });
  const api = {
    workspace,
    faults,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    scopes: new Set(options.scopes ?? manifest.scopes),
    pacer: pacing === undefined ? undefined : new PostPacer(pacing, workspace.clock),
    openConnection: () => socketMode?.issueUrl(workspace.origin) ?? '',
    log,
  };
  const channelId = (name: string): string => {
    if (name.startsWith('@')) return workspace.openDirectMessage(acting(name).id).id;
    const channel = workspace.findChannel(name);
    if (channel === undefined) throw new Error(`There is no channel "${name}".`);
    return channel.id;
  };
  const control = createControl(faults, {
    disconnect: (warn) => socketMode?.disconnect(warn),
    verifyUrl: () => delivery.verify(),
    changeChannel: (name, change) => workspace.changeChannel(workspace.channel(channelId(name)), change),
  });
  const parts = {
    api,
    workspace,
    responses,
    page,
    control,
    pageFolder: options.pageFolder ?? findPageFolder(),
    socketMode,
  };
  const { server, origin } = await listen(parts, host, port);
  workspace.origin = origin;

  const viewerId = (name: string | undefined) => (name === undefined ? undefined : acting(name).id);
  return {
    url: `${origin}/`,
    apiUrl: `${origin}/api/`,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    signingSecret,
    ids: {
      channels: Object.fromEntries(
        [...workspace.channels.values()].map((one) => [one.kind === 'im' ? `@${one.name}` : one.name, one.id]),
      ),
      people: Object.fromEntries([...workspace.people.values()].map((person) => [person.name, person.id])),
    },
    control,
    as: acting,
    messages: (channel, { as } = {}) => workspace.messages.inChannel(channelId(channel), viewerId(as)),
    thread: (message, { as } = {}) =>
      workspace.messages.inThread(message.channel, message.thread_ts ?? message.ts, viewerId(as)),
    statuses: ({ channel, thread_ts, ts }) =>
      workspace.statuses
        .filter((one) => one.channel === channel && one.thread === (thread_ts ?? ts))
        .map(({ status }) => status),
    views: (person) => workspace.views.stack(acting(person).id),
    home: (person) => workspace.views.home(acting(person).id),
    until,
    async stop() {
      events.stop();
      faults.clear();
      await Promise.all([delivery.stop(), page.stop()]);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
