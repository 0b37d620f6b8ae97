/** The page's door: the same people and interactions tests use, over HTTP and a WebSocket. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { closeSockets } from './close-sockets.ts';
import { parseJson } from './json.ts';
import type { PageCommand, PageDeed, PageMessage, PageNews, PageResult, PageWorkspace } from './page-protocol.ts';
import type { ActingPerson } from './person.ts';
import { SlackRefusal } from './refusal.ts';
import type { StoredMessage } from './state/message-store.ts';
import type { StoredView } from './state/view-store.ts';
import { APP, type Workspace, type WorkspaceChange } from './state/workspace.ts';

export const LIVE_PATH = '/sandbox/live';

const value = z.union([z.string(), z.number(), z.array(z.string()), z.null()]).optional();
const values = z.record(z.string(), value);
const deedSchema = z.discriminatedUnion('do', [
  z.object({
    as: z.string(),
    do: z.literal('say'),
    channel: z.string(),
    text: z.string().max(12_000),
    thread: z.string().optional(),
  }),
  z.object({
    as: z.string(),
    do: z.literal('use'),
    on: z.union([z.object({ channel: z.string(), ts: z.string() }), z.object({ view: z.string() })]),
    blockId: z.string(),
    actionId: z.string(),
    value,
    held: values,
  }),
  z.object({ as: z.string(), do: z.literal('submit'), view: z.string(), values }),
  z.object({ as: z.string(), do: z.literal('close'), view: z.string(), all: z.boolean() }),
  z.object({ as: z.string(), do: z.literal('open_home') }),
]);

export interface PageApiParts {
  workspace: Workspace;
  commands: readonly PageCommand[];
  acting(personId: string): ActingPerson;
}

export class PageApi {
  readonly #parts: PageApiParts;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #watchers = new Map<WebSocket, string>();

  constructor(parts: PageApiParts) {
    this.#parts = parts;
    parts.workspace.onChange((change) => this.#push(change));
  }

  /** Everything but messages, as one person sees it. */
  describe(viewerId: string): PageWorkspace {
    const { workspace, commands } = this.#parts;
    const viewer = workspace.people.get(viewerId) ?? [...workspace.people.values()][0];
    if (viewer === undefined) throw new SlackRefusal('user_not_found');
    const channels = [...workspace.channels.values()].filter((channel) => channel.members.has(viewer.id));
    return {
      teamName: APP.teamName,
      app: { userId: APP.userId, name: APP.name },
      viewer,
      people: [...workspace.people.values()],
      channels: channels.map(({ members, created: _created, ...channel }) => ({
        ...channel,
        hasApp: members.has(APP.userId),
        memberCount: members.size,
      })),
      commands: [...commands],
      views: workspace.views.stack(viewer.id),
      home: workspace.views.home(viewer.id) ?? null,
    };
  }

  /** A channel's messages, or a thread's, oldest first. */
  messages(channelId: string, viewerId: string, threadTs?: string): PageMessage[] {
    const { workspace } = this.#parts;
    const channel = workspace.channel(channelId);
    if (!channel.members.has(viewerId)) throw new SlackRefusal('not_in_channel');
    const list =
      threadTs === undefined
        ? workspace.messages.inChannel(channel.id, viewerId)
        : workspace.messages.inThread(channel.id, threadTs, viewerId);
    return list.map((message) => this.#show(message));
  }

  /** Does what somebody did on the page. @throws SlackRefusal, or a ZodError for something it does not know */
  async perform(body: string): Promise<PageResult> {
    const deed: PageDeed = deedSchema.parse(parseJson(body));
    const person = this.#parts.acting(deed.as);
    switch (deed.do) {
      case 'say': {
        if (deed.text.startsWith('/')) return person.slash(deed.channel, deed.text);
        if (deed.thread === undefined) person.say(deed.channel, deed.text);
        else person.reply(this.#message(deed.channel, deed.thread), deed.text);
        return {};
      }
      case 'use': {
        const target = 'view' in deed.on ? this.#view(deed.on.view) : this.#message(deed.on.channel, deed.on.ts);
        return person.use(target, { blockId: deed.blockId, actionId: deed.actionId }, deed.value, deed.held);
      }
      case 'submit':
        return person.submit(this.#view(deed.view), deed.values);
      case 'close':
        await person.close(this.#view(deed.view), { all: deed.all });
        return {};
      case 'open_home':
        person.openHome();
        return {};
    }
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const viewer = new URL(request.url ?? '', 'http://sandbox').searchParams.get('as') ?? '';
    this.#server.handleUpgrade(request, socket, head, (opened) => {
      this.#watchers.set(opened, viewer);
      opened.on('close', () => this.#watchers.delete(opened));
      opened.on('error', () => opened.terminate());
    });
  }

  stop(): Promise<void> {
    return closeSockets(this.#server);
  }

  #message(channelId: string, ts: string): StoredMessage {
    const message = this.#parts.workspace.messages.find(channelId, ts);
    if (message === undefined) throw new SlackRefusal('message_not_found');
    return message;
  }

  #view(id: string): StoredView {
    const found = this.#parts.workspace.views.find((view) => view.id === id);
    if (found === undefined) throw new SlackRefusal('not_found');
    return found.view;
  }

  #show(message: StoredMessage): PageMessage {
    const { visible_to: viewer, metadata: _metadata, ...shown } = message;
    return { ...shown, ...this.#parts.workspace.messages.summary(message), isEphemeral: viewer !== undefined };
  }

  #push(change: WorkspaceChange): void {
    for (const [socket, viewer] of this.#watchers) {
      const news = this.#newsFor(change, viewer);
      if (news !== undefined) socket.send(JSON.stringify(news));
    }
  }

  #newsFor(change: WorkspaceChange, viewer: string): PageNews | undefined {
    const { workspace } = this.#parts;
    if (change.kind === 'message' || change.kind === 'message_deleted') {
      const { message } = change;
      const isSeen = workspace.channel(message.channel).members.has(viewer);
      if (!isSeen || (message.visible_to !== undefined && message.visible_to !== viewer)) return undefined;
      if (change.kind === 'message') return { kind: 'message', message: this.#show(message), isNew: change.isNew };
      return { kind: 'message_deleted', channel: message.channel, ts: message.ts };
    }
    if (change.userId !== viewer) return undefined;
    if (change.kind === 'views') return { kind: 'views', views: workspace.views.stack(viewer) };
    if (change.kind === 'home') return { kind: 'home', view: workspace.views.home(viewer) ?? null };
    return { kind: 'notice', text: change.text };
  }
}
