/** The page's door: the same people and interactions tests use, over HTTP and a WebSocket. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { closeSockets } from './close-sockets.ts';
import { urlOf } from './http.ts';
import { inspectMessage, inspectView } from './inspect.ts';
import type { SharedFile } from './interactions/writing.ts';
import { type JsonRecord, parseJson } from './json.ts';
import { readDeed } from './page-deeds.ts';
import type {
  PageChannel,
  PageCommand,
  PageInspection,
  PageMessage,
  PageNews,
  PageResult,
  PageWorkspace,
} from './page-protocol.ts';
import type { ActingPerson } from './person.ts';
import { SlackRefusal } from './refusal.ts';
import type { StoredMessage } from './state/message-store.ts';
import type { ReadState } from './state/read-marks.ts';
import type { Channel, Person } from './state/roster.ts';
import type { StoredView } from './state/view-store.ts';
import { APP, type Workspace, type WorkspaceChange } from './state/workspace.ts';

export const LIVE_PATH = '/sandbox/live';

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
      channels: channels.map((channel) => this.#showChannel(channel, viewer)),
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
    const deed = readDeed(parseJson(body));
    const person = this.#acting(deed.as);
    switch (deed.do) {
      case 'say': {
        if (deed.text.startsWith('/')) {
          return deed.thread === undefined ? person.slash(deed.channel, deed.text) : person.slashInThread(deed.text);
        }
        if (deed.thread === undefined) person.say(deed.channel, deed.text);
        else person.reply(this.#seen({ channel: deed.channel, ts: deed.thread }, person.id), deed.text, deed.broadcast);
        return {};
      }
      case 'use':
        return person.use(this.#target(deed.on, person.id), deed, deed.value, deed.held);
      case 'suggest':
        return person.suggestFor(this.#target(deed.on, person.id), deed, deed.query, deed.held);
      case 'submit':
        return person.submit(this.#view(deed.view, person.id), deed.values);
      case 'close':
        await person.close(this.#view(deed.view, person.id), { all: deed.all });
        return {};
      case 'open_home':
        if (deed.tab === 'messages') person.openMessagesTab();
        else person.openHome();
        return {};
      case 'react':
        person.react(this.#seen(deed.on, person.id), deed.name);
        return {};
      case 'edit':
        person.edit(this.#seen(deed.on, person.id), deed.text);
        return {};
      case 'delete':
        person.delete(this.#seen(deed.on, person.id));
        return {};
      case 'read':
        person.read(this.#seen(deed.on, person.id));
        return {};
    }
  }

  /** Files somebody dropped on the page. */
  share(form: { as: string; channel: string; thread?: string; text: string; files: SharedFile[] }): PageResult {
    const place = form.thread === undefined ? form.channel : this.#message(form.channel, form.thread);
    this.#acting(form.as).share(place, form.files, form.text);
    return {};
  }

  /** Files somebody puts into a form. */
  keep(form: { as: string; files: SharedFile[] }): PageResult {
    const person = this.#acting(form.as);
    return { files: form.files.map((file) => person.keepFile(file)) };
  }

  /** The JSON behind a message that the viewer sees. */
  inspectMessage(viewerId: string, channel: string, ts: string): PageInspection {
    return inspectMessage(this.#seen({ channel, ts }, viewerId), this.#parts.workspace);
  }

  /** The JSON behind one of the viewer's modals, or their Home tab. */
  inspectView(viewerId: string, id: string): PageInspection {
    return inspectView(this.#view(id, viewerId));
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const viewer = urlOf(request).searchParams.get('as') ?? '';
    this.#server.handleUpgrade(request, socket, head, (opened) => {
      this.#watchers.set(opened, viewer);
      opened.on('close', () => this.#watchers.delete(opened));
      opened.on('error', () => opened.terminate());
    });
  }

  stop(): Promise<void> {
    return closeSockets(this.#server);
  }

  #acting(id: string): ActingPerson {
    return this.#parts.acting(this.#parts.workspace.person(id).id);
  }

  #target(on: { channel: string; ts: string } | { view: string }, personId: string): StoredMessage | StoredView {
    return 'view' in on ? this.#view(on.view, personId) : this.#seen(on, personId);
  }

  /** A message in a channel the person is in. */
  #seen({ channel, ts }: { channel: string; ts: string }, personId: string): StoredMessage {
    const message = this.#message(channel, ts);
    const isHidden = message.visible_to !== undefined && message.visible_to !== personId;
    if (isHidden || !this.#parts.workspace.channel(channel).members.has(personId)) {
      throw new SlackRefusal('message_not_found');
    }
    return message;
  }

  #message(channelId: string, ts: string): StoredMessage {
    const message = this.#parts.workspace.messages.find(channelId, ts);
    if (message === undefined) throw new SlackRefusal('message_not_found');
    return message;
  }

  /** One of the person's own. */
  #view(id: string, personId: string): StoredView {
    const found = this.#parts.workspace.views.find((view) => view.id === id);
    if (found?.userId !== personId) throw new SlackRefusal('not_found');
    return found.view;
  }

  #showChannel(channel: Channel, viewer: Person): PageChannel {
    const { members, created: _created, ...shown } = channel;
    return {
      ...shown,
      hasApp: members.has(APP.userId),
      memberCount: members.size,
      ...this.#readState(channel, viewer),
    };
  }

  #readState(channel: Channel, viewer: Person): ReadState {
    const { messages, reads } = this.#parts.workspace;
    return reads.of(viewer, channel, messages.inChannel(channel.id, viewer.id));
  }

  #show(message: StoredMessage): PageMessage {
    const { visible_to: viewer, metadata: _metadata, ...shown } = message;
    const { messages, streams } = this.#parts.workspace;
    return {
      ...shown,
      ...messages.summary(message),
      ...(message.files === undefined ? {} : { files: message.files.map(openFile) }),
      isEphemeral: viewer !== undefined,
      isStreaming: streams.isOpen(message),
    };
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
    if (change.kind === 'app_membership') {
      const channel = workspace.channel(change.channel);
      if (!channel.members.has(viewer)) return undefined;
      return { kind: 'members', channel: channel.id, hasApp: change.isMember, memberCount: channel.members.size };
    }
    // A page reads what channels are when it is loaded.
    if (change.kind === 'channel' || change.userId !== viewer || change.kind === 'reaction') return undefined;
    if (change.kind === 'views') return { kind: 'views', views: workspace.views.stack(viewer) };
    if (change.kind === 'home') return { kind: 'home', view: workspace.views.home(viewer) ?? null };
    if (change.kind === 'read') {
      const state = this.#readState(workspace.channel(change.channel), workspace.person(viewer));
      return { kind: 'read', channel: change.channel, ...state };
    }
    return { kind: 'notice', text: change.text };
  }
}

/** A file as the page loads it: from where no token is asked for. */
const openFile = (file: JsonRecord): JsonRecord => ({
  ...file,
  url_private: file.permalink,
  url_private_download: file.permalink,
});
