import type { JsonRecord } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';
import { withBlockIds } from './block-ids.ts';
import { FileStore, toSlackFile } from './file-store.ts';
import { createIds, type Ids, namedId } from './ids.ts';
import { MessageStore, type NewMessage, type StoredMessage } from './message-store.ts';
import { OfferedOptions } from './offered-options.ts';
import { ReadMarks } from './read-marks.ts';
import type { Channel, ChannelSeed, Person, PersonSeed } from './roster.ts';
import { StreamStore } from './stream-store.ts';
import { Triggers } from './triggers.ts';
import { ViewStore } from './view-store.ts';

/** The app as the workspace knows it. */
export const APP = {
  name: 'Seepass',
  appId: 'A0SEEPASS0',
  botId: 'B0SEEPASS0',
  userId: 'U0SEEPASS0',
  teamId: 'T0SANDBOX0',
  teamName: 'Sandbox',
  teamDomain: 'sandbox',
} as const;

/** The team that a shared channel is shared with. */
export const OTHER_COMPANY = 'T0PARTNER0';

/** What a channel may become. */
export type ChannelState = 'shared' | 'unshared' | 'renamed' | 'archived' | 'unarchived';

export type WorkspaceChange =
  /** `previous` is what an edited message was; a parent whose replies changed has none. */
  | { kind: 'message'; message: StoredMessage; isNew: boolean; previous?: StoredMessage }
  | { kind: 'reaction'; message: StoredMessage; name: string; userId: string; isAdded: boolean }
  /** The app came into a channel or left it. Nobody invited it where it came by itself. */
  | { kind: 'app_membership'; channel: string; isMember: boolean; inviter: string | null }
  | { kind: 'channel'; channel: string; became: ChannelState }
  | { kind: 'read'; userId: string; channel: string }
  | { kind: 'message_deleted'; message: StoredMessage }
  | { kind: 'views'; userId: string }
  | { kind: 'home'; userId: string }
  | { kind: 'notice'; userId: string; text: string };

export interface WorkspaceSeed {
  people: readonly PersonSeed[];
  channels: readonly ChannelSeed[];
  clock: () => number;
}

/** All state of the local workspace. Nothing here speaks HTTP. */
export class Workspace {
  readonly ids: Ids;
  readonly clock: () => number;
  readonly people = new Map<string, Person>();
  readonly channels = new Map<string, Channel>();
  readonly messages: MessageStore;
  readonly views: ViewStore;
  readonly files: FileStore;
  readonly triggers: Triggers;
  readonly offered = new OfferedOptions();
  readonly reads = new ReadMarks();
  readonly streams = new StreamStore();
  /** What the app said it is doing in a thread, in order; an empty one takes the last away. */
  readonly statuses: { channel: string; thread: string; status: string }[] = [];
  /** Where links point; set once the server listens. */
  origin = '';
  readonly #listeners = new Set<(change: WorkspaceChange) => void>();

  constructor(seed: WorkspaceSeed) {
    this.clock = seed.clock;
    this.ids = createIds(seed.clock);
    this.messages = new MessageStore(this.ids);
    this.views = new ViewStore(this.ids, { team_id: APP.teamId, app_id: APP.appId, bot_id: APP.botId });
    this.files = new FileStore(this.ids);
    this.triggers = new Triggers(this.ids, seed.clock);
    for (const person of seed.people) {
      const id = namedId('U', person.name, this.people);
      this.people.set(id, { ...person, id });
    }
    for (const channel of seed.channels) this.#addChannel(channel);
    for (const person of this.people.values()) this.openDirectMessage(person.id);
  }

  /** Epoch seconds. */
  now(): number {
    return Math.floor(this.clock() / 1000);
  }

  onChange(listener: (change: WorkspaceChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  announce(change: WorkspaceChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  person(id: string | undefined): Person {
    const person = this.people.get(id ?? '');
    if (person === undefined) throw new SlackRefusal('user_not_found');
    return person;
  }

  /** By handle, real name or id; case does not matter. */
  findPerson(name: string): Person | undefined {
    const wanted = name.replace(/^@/, '').toLowerCase();
    return [...this.people.values()].find((person) =>
      [person.id, person.name, person.realName].some((known) => known.toLowerCase() === wanted),
    );
  }

  /** @throws SlackRefusal `channel_not_found` */
  channel(id: string | undefined): Channel {
    const channel = this.channels.get(id ?? '');
    if (channel === undefined) throw new SlackRefusal('channel_not_found');
    return channel;
  }

  /** By `#name`, name or id. */
  findChannel(name: string): Channel | undefined {
    const bare = name.replace(/^#/, '');
    return this.channels.get(bare) ?? [...this.channels.values()].find((one) => one.kind !== 'im' && one.name === bare);
  }

  /** The direct message between a person and the app; made when it is not there yet. */
  openDirectMessage(userId: string): Channel {
    const person = this.person(userId);
    const id = `D${person.id.slice(1)}`;
    const known = this.channels.get(id);
    if (known !== undefined) return known;
    const members = new Set([userId, APP.userId]);
    const opened: Channel = {
      id,
      name: person.name,
      kind: 'im',
      topic: '',
      isArchived: false,
      isShared: false,
      members,
      created: this.now(),
    };
    this.channels.set(id, opened);
    return opened;
  }

  /** Lets the app into a channel, or out of it. @returns false where nothing changed. */
  setAppMember(channel: Channel, isMember: boolean, inviter: string | null = null): boolean {
    if (channel.members.has(APP.userId) === isMember) return false;
    if (isMember) channel.members.add(APP.userId);
    else channel.members.delete(APP.userId);
    this.announce({ kind: 'app_membership', channel: channel.id, isMember, inviter });
    return true;
  }

  /** Shares, renames or archives a channel, or takes that back; what it is already is no change. */
  changeChannel(channel: Channel, change: Partial<Pick<Channel, 'name' | 'isShared' | 'isArchived'>>): void {
    const before = { ...channel };
    Object.assign(channel, change);
    const tell = (became: ChannelState) => this.announce({ kind: 'channel', channel: channel.id, became });
    if (channel.name !== before.name) tell('renamed');
    if (channel.isShared !== before.isShared) tell(channel.isShared ? 'shared' : 'unshared');
    if (channel.isArchived !== before.isArchived) tell(channel.isArchived ? 'archived' : 'unarchived');
  }

  /** @param prepare runs before anybody hears of the message */
  post(message: Omit<NewMessage, 'team'>, prepare?: (stored: StoredMessage) => void): StoredMessage {
    const blocks = message.blocks === undefined ? {} : { blocks: withBlockIds(message.blocks, this.ids) };
    const stored = this.messages.add({ ...message, ...blocks, team: APP.teamId });
    prepare?.(stored);
    this.announce({ kind: 'message', message: stored, isNew: true });
    this.#refreshParent(stored);
    return stored;
  }

  /** Posts as the app. */
  postAsApp(message: Omit<NewMessage, 'team' | 'user'>, prepare?: (stored: StoredMessage) => void): StoredMessage {
    const app = { user: APP.userId, bot_id: APP.botId, app_id: APP.appId, bot_profile: botProfile(this.origin) };
    return this.post({ ...message, ...app }, prepare);
  }

  /** Changes a message in place. A quiet change is shown on the page, and no event tells of it. */
  edit(message: StoredMessage, change: Partial<NewMessage>, { isQuiet = false } = {}): StoredMessage {
    const blocks = change.blocks === undefined ? {} : { blocks: withBlockIds(change.blocks, this.ids) };
    const previous = { ...message };
    Object.assign(message, change, blocks);
    this.announce({ kind: 'message', message, isNew: false, ...(isQuiet ? {} : { previous }) });
    return message;
  }

  react(message: StoredMessage, name: string, userId: string, isAdded: boolean): void {
    const users = message.reactions?.find((one) => one.name === name)?.users ?? [];
    const left = isAdded ? [...users, userId] : users.filter((user) => user !== userId);
    const others = (message.reactions ?? []).filter((one) => one.name !== name);
    message.reactions = left.length === 0 ? others : [...others, { name, users: left, count: left.length }];
    this.announce({ kind: 'message', message, isNew: false });
    this.announce({ kind: 'reaction', message, name, userId, isAdded });
  }

  /** Deletes a message; one that others have answered leaves a tombstone, as in Slack. */
  remove(message: StoredMessage): void {
    if (this.messages.summary(message) !== undefined) {
      const previous = { ...message };
      for (const key of ['blocks', 'attachments', 'files', 'reactions', 'edited', 'metadata'] as const)
        delete message[key];
      Object.assign(message, { subtype: 'tombstone', text: 'This message was deleted.', user: 'USLACKBOT' });
      this.announce({ kind: 'message', message, isNew: false, previous });
      return;
    }
    this.messages.remove(message);
    this.announce({ kind: 'message_deleted', message });
    this.#refreshParent(message);
  }

  /** A message as the Web API and events show it. */
  toSlack(message: StoredMessage, options: { metadata?: boolean } = {}): JsonRecord {
    const { channel: _channel, visible_to: _viewer, metadata, ...shown } = message;
    const summary = this.messages.summary(message);
    return {
      ...shown,
      ...(options.metadata && metadata !== undefined ? { metadata } : {}),
      ...(summary === undefined ? {} : { thread_ts: message.ts, ...summary, is_locked: false, subscribed: false }),
    };
  }

  fileObject(id: string): JsonRecord | undefined {
    const file = this.files.find(id);
    return file?.isComplete ? toSlackFile(file, this.origin, APP.teamId) : undefined;
  }

  permalink(channel: string, ts: string, threadTs?: string): string {
    const link = `${this.origin}/archives/${channel}/p${ts.replace('.', '')}`;
    return threadTs === undefined || threadTs === ts ? link : `${link}?thread_ts=${threadTs}&cid=${channel}`;
  }

  #refreshParent(message: StoredMessage): void {
    if (message.thread_ts === undefined || message.thread_ts === message.ts) return;
    const parent = this.messages.find(message.channel, message.thread_ts);
    if (parent !== undefined) this.announce({ kind: 'message', message: parent, isNew: false });
  }

  #addChannel(seed: ChannelSeed): void {
    const members = new Set(this.people.keys());
    if (seed.hasApp !== false) members.add(APP.userId);
    const channel: Channel = {
      id: namedId('C', seed.name, this.channels),
      name: seed.name,
      kind: seed.isPrivate ? 'group' : 'channel',
      topic: seed.topic ?? '',
      isArchived: seed.isArchived ?? false,
      isShared: false,
      members,
      created: this.now(),
    };
    this.channels.set(channel.id, channel);
  }
}

const botProfile = (origin: string): JsonRecord => ({
  id: APP.botId,
  app_id: APP.appId,
  user_id: APP.userId,
  name: APP.name,
  deleted: false,
  updated: 0,
  icons: Object.fromEntries([36, 48, 72].map((size) => [`image_${size}`, `${origin}/avatars/${APP.userId}.svg`])),
  team_id: APP.teamId,
});
