/** What the page shows, and the one place that changes it. */
import type { PageChannel, PageDeed, PageFile, PageMessage, PageNews, PageWorkspace } from '../page-protocol.ts';
import { type Answer, type Inspected, keep, listen, perform, readMessages, readWorkspace, share } from './api.ts';

export const HOME = 'home';
const AS_KEY = 'seepass-sandbox-as';

export interface Thread {
  channel: string;
  ts: string;
  messages: PageMessage[];
}

export type Part = 'workspace' | 'members' | 'messages' | 'thread' | 'views' | 'home' | 'inspector';
/** Without its sender: the store adds who is acting. */
export type Deed = PageDeed extends infer One ? (One extends PageDeed ? Omit<One, 'as'> : never) : never;

/** Deeds whose failure their own control shows, or that nobody waits for. */
const SHOWN_IN_PLACE = new Set<Deed['do']>(['submit', 'suggest', 'read']);

export class Store {
  workspace!: PageWorkspace;
  /** A channel id, or {@link HOME}. */
  place = '';
  messages: PageMessage[] = [];
  /** Where the unread messages of the open channel begin: the last one that was read. */
  newSince: string | undefined;
  thread: Thread | undefined;
  /** The message or view whose JSON is shown. */
  inspected: Inspected | undefined;
  readonly #listeners = new Set<(part: Part) => void>();
  readonly #onNotice: (text: string) => void;
  #hangUp: () => void = () => {};

  constructor(onNotice: (text: string) => void) {
    this.#onNotice = onNotice;
  }

  get viewerId(): string {
    return this.workspace.viewer.id;
  }

  get channel(): PageChannel | undefined {
    return this.#channelOf(this.place);
  }

  /** The viewer's direct messages with the app. */
  get directMessage(): PageChannel | undefined {
    return this.workspace.channels.find((channel) => channel.kind === 'im');
  }

  onChange(listener: (part: Part) => void): void {
    this.#listeners.add(listener);
  }

  async start(): Promise<void> {
    const asked = /\/archives\/([A-Z0-9]+)/.exec(location.pathname)?.[1] ?? location.hash.replace(/^#\/?/, '');
    await this.actAs(localStorage.getItem(AS_KEY) ?? '', asked);
    addEventListener('hashchange', () => {
      const place = location.hash.replace(/^#\/?/, '');
      if (place !== this.place && this.#isPlace(place)) void this.open(place);
    });
    addEventListener('focus', () => this.#markRead());
  }

  /** Becomes somebody else; stays in the same channel where they are in it too. */
  async actAs(personId: string, place = this.place): Promise<void> {
    this.workspace = await readWorkspace(personId);
    localStorage.setItem(AS_KEY, this.viewerId);
    this.thread = undefined;
    this.inspected = undefined;
    this.#hangUp();
    this.#hangUp = listen(this.viewerId, {
      onNews: (news) => this.#hear(news),
      onLost: () => this.#onNotice('The workspace does not answer. Trying again until it is back.'),
      onReturn: () => void this.#reload(),
    });
    await this.open(this.#isPlace(place) ? place : (this.workspace.channels[0]?.id ?? HOME));
    for (const part of ['thread', 'inspector', 'views', 'home'] as const) this.#tell(part);
  }

  async open(place: string): Promise<void> {
    const isFirst = this.place === '';
    this.place = place;
    const address = `/#/${place}`;
    if (isFirst) history.replaceState(null, '', address);
    else if (location.hash !== `#/${place}`) history.pushState(null, '', address);
    if (this.thread !== undefined && this.thread.channel !== place) this.closeThread();
    if (this.inspected !== undefined) this.inspect(undefined);
    const { channel } = this;
    this.newSince = channel !== undefined && channel.unread > 0 ? channel.lastRead : undefined;
    const messages = channel === undefined ? [] : await readMessages(place, this.viewerId);
    if (this.place !== place) return;
    this.messages = messages;
    if (channel === undefined) void this.do({ do: 'open_home', tab: 'home' });
    else if (channel.kind === 'im') void this.do({ do: 'open_home', tab: 'messages' });
    this.#tell('workspace');
    this.#tell('messages');
    this.#markRead();
  }

  async openThread(message: PageMessage): Promise<void> {
    const ts = message.thread_ts ?? message.ts;
    try {
      const messages = await readMessages(message.channel, this.viewerId, ts);
      this.thread = { channel: message.channel, ts, messages };
      if (this.inspected !== undefined) this.inspect(undefined);
      this.#tell('thread');
    } catch {
      this.#onNotice('The thread could not be opened. Try again.');
    }
  }

  closeThread(): void {
    this.thread = undefined;
    this.#tell('thread');
  }

  inspect(what: Inspected | undefined): void {
    this.inspected = what;
    this.#tell('inspector');
  }

  notice(text: string): void {
    this.#onNotice(text);
  }

  /** Does something as the acting person; failures are shown as notices. */
  async do(deed: Deed): Promise<Answer> {
    const result = await perform({ ...deed, as: this.viewerId });
    if (!SHOWN_IN_PLACE.has(deed.do)) this.#tellFailure(result);
    return result;
  }

  async share(place: { channel: string; thread?: string | undefined; text: string }, files: readonly File[]) {
    const result = await share({ ...place, as: this.viewerId }, files);
    this.#tellFailure(result);
    return result;
  }

  /** Keeps a file for a form; undefined when that failed, which the page has said. */
  async keepFile(file: File): Promise<PageFile | undefined> {
    const result = await keep(this.viewerId, file);
    this.#tellFailure(result);
    return result.files?.[0];
  }

  #tellFailure({ failure, isTold }: Answer): void {
    if (failure !== undefined && !isTold) this.#onNotice(failure);
  }

  #channelOf(id: string): PageChannel | undefined {
    return this.workspace.channels.find((channel) => channel.id === id);
  }

  #isPlace(place: string): boolean {
    return place === HOME || this.#channelOf(place) !== undefined;
  }

  async #reload(): Promise<void> {
    this.workspace = await readWorkspace(this.viewerId);
    await this.open(this.place);
    this.#tell('views');
  }

  /** What is on screen has been seen, while somebody looks at it. */
  #markRead(): void {
    const { channel } = this;
    const latest = this.messages.at(-1);
    if (channel === undefined || latest === undefined || document.hidden) return;
    if (Number(latest.ts) <= Number(channel.lastRead)) return;
    this.#changeChannel(channel.id, { lastRead: latest.ts, unread: 0, mentions: 0 });
    void this.do({ do: 'read', on: { channel: channel.id, ts: latest.ts } });
  }

  #changeChannel(id: string, change: Partial<PageChannel>): void {
    const { channels } = this.workspace;
    this.workspace.channels = channels.map((channel) => (channel.id === id ? { ...channel, ...change } : channel));
    this.#tell('workspace');
  }

  #hear(news: PageNews): void {
    switch (news.kind) {
      case 'message':
        this.#place(news.message, news.isNew);
        break;
      case 'message_deleted':
        this.messages = this.messages.filter((message) => message.ts !== news.ts);
        if (this.thread?.ts === news.ts) this.closeThread();
        else if (this.thread !== undefined) {
          this.thread.messages = this.thread.messages.filter((message) => message.ts !== news.ts);
        }
        this.#tell('messages');
        this.#tell('thread');
        break;
      case 'views':
        this.workspace.views = news.views;
        this.#tell('views');
        break;
      case 'home':
        this.workspace.home = news.view;
        this.#tell('home');
        break;
      case 'notice':
        this.#onNotice(news.text);
        break;
      case 'members':
        this.#changeChannel(news.channel, { hasApp: news.hasApp, memberCount: news.memberCount });
        this.#tell('members');
        break;
      case 'read':
        this.#changeChannel(news.channel, { lastRead: news.lastRead, unread: news.unread, mentions: news.mentions });
        break;
    }
  }

  #place(message: PageMessage, isNew: boolean): void {
    const isReply =
      message.thread_ts !== undefined && message.thread_ts !== message.ts && message.reply_broadcast !== true;
    if (message.channel === this.place && !isReply) {
      this.messages = put(this.messages, message);
      this.#tell('messages');
      this.#markRead();
    } else if (isNew && message.user !== this.viewerId && !isReply) this.#countUnread(message);
    const { thread } = this;
    if (thread?.channel === message.channel && (message.thread_ts ?? message.ts) === thread.ts) {
      thread.messages = put(thread.messages, message);
      this.#tell('thread');
    }
  }

  #countUnread(message: PageMessage): void {
    const channel = this.#channelOf(message.channel);
    if (channel === undefined) return;
    const isNamed = channel.kind === 'im' || message.text.includes(`<@${this.viewerId}>`);
    this.#changeChannel(channel.id, { unread: channel.unread + 1, mentions: channel.mentions + (isNamed ? 1 : 0) });
  }

  #tell(part: Part): void {
    for (const listener of this.#listeners) listener(part);
  }
}

/** The list with a message added, or replaced in its place. */
function put(messages: readonly PageMessage[], message: PageMessage): PageMessage[] {
  const at = messages.findLastIndex((other) => other.ts === message.ts);
  return at < 0 ? [...messages, message] : messages.with(at, message);
}
