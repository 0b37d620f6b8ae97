/** What the page shows, and the one place that changes it. */
import type { PageChannel, PageDeed, PageMessage, PageNews, PageResult, PageWorkspace } from '../page-protocol.ts';
import { listen, perform, readMessages, readWorkspace } from './api.ts';

export const HOME = 'home';
const AS_KEY = 'seepass-sandbox-as';

export interface Thread {
  channel: string;
  ts: string;
  messages: PageMessage[];
}

export type Part = 'workspace' | 'messages' | 'thread' | 'views' | 'home';
/** Without its sender: the store adds who is acting. */
export type Deed = PageDeed extends infer One ? (One extends PageDeed ? Omit<One, 'as'> : never) : never;

export class Store {
  workspace!: PageWorkspace;
  /** A channel id, or {@link HOME}. */
  place = '';
  messages: PageMessage[] = [];
  thread: Thread | undefined;
  readonly unread = new Set<string>();
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
    return this.workspace.channels.find((channel) => channel.id === this.place);
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
  }

  /** Becomes somebody else; stays in the same channel where they are in it too. */
  async actAs(personId: string, place = this.place): Promise<void> {
    this.workspace = await readWorkspace(personId);
    localStorage.setItem(AS_KEY, this.viewerId);
    this.thread = undefined;
    this.unread.clear();
    this.#hangUp();
    this.#hangUp = listen(
      this.viewerId,
      (news) => this.#hear(news),
      () => void this.#reload(),
    );
    await this.open(this.#isPlace(place) ? place : (this.workspace.channels[0]?.id ?? HOME));
    for (const part of ['workspace', 'thread', 'views', 'home'] as const) this.#tell(part);
  }

  async open(place: string): Promise<void> {
    this.place = place;
    history.replaceState(null, '', `/#/${place}`);
    this.unread.delete(place);
    if (this.thread !== undefined && this.thread.channel !== place) this.closeThread();
    this.messages = [];
    if (place === HOME) void this.do({ do: 'open_home' });
    else this.messages = await readMessages(place, this.viewerId);
    this.#tell('workspace');
    this.#tell('messages');
  }

  async openThread(message: PageMessage): Promise<void> {
    const ts = message.thread_ts ?? message.ts;
    const messages = await readMessages(message.channel, this.viewerId, ts);
    this.thread = { channel: message.channel, ts, messages };
    this.#tell('thread');
  }

  closeThread(): void {
    this.thread = undefined;
    this.#tell('thread');
  }

  /** Does something as the acting person; failures are shown as notices. */
  async do(deed: Deed): Promise<PageResult> {
    const result = await perform({ ...deed, as: this.viewerId });
    if (result.failure !== undefined && deed.do !== 'submit') this.#onNotice(result.failure);
    return result;
  }

  #isPlace(place: string): boolean {
    return place === HOME || this.workspace.channels.some((channel) => channel.id === place);
  }

  async #reload(): Promise<void> {
    this.workspace = await readWorkspace(this.viewerId);
    await this.open(this.place);
    this.#tell('views');
  }

  #hear(news: PageNews): void {
    switch (news.kind) {
      case 'message':
        this.#place(news.message, news.isNew);
        break;
      case 'message_deleted':
        this.messages = this.messages.filter((message) => message.ts !== news.ts);
        if (this.thread !== undefined) {
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
    }
  }

  #place(message: PageMessage, isNew: boolean): void {
    const isReply = message.thread_ts !== undefined && message.thread_ts !== message.ts;
    if (message.channel === this.place && !isReply) {
      this.messages = put(this.messages, message);
      this.#tell('messages');
    } else if (isNew && message.user !== this.viewerId && message.channel !== this.place) {
      this.unread.add(message.channel);
      this.#tell('workspace');
    }
    const { thread } = this;
    if (thread?.channel === message.channel && (message.thread_ts ?? message.ts) === thread.ts) {
      thread.messages = put(thread.messages, message);
      this.#tell('thread');
    }
  }

  #tell(part: Part): void {
    for (const listener of this.#listeners) listener(part);
  }
}

/** The list with a message added, or replaced in its place. */
function put(messages: readonly PageMessage[], message: PageMessage): PageMessage[] {
  const at = messages.findIndex((other) => other.ts === message.ts);
  return at < 0 ? [...messages, message] : messages.with(at, message);
}
