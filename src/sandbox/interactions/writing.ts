import { SlackRefusal } from '../refusal.ts';
import { type StoredFile, toSlackFile } from '../state/file-store.ts';
import type { StoredMessage } from '../state/message-store.ts';
import type { Channel, Person } from '../state/roster.ts';
import { APP, type Workspace } from '../state/workspace.ts';
import { composeText } from './compose.ts';
import { richTextOf } from './rich-text.ts';

export interface SharedFile {
  name: string;
  content: Buffer;
}

export const MOST_FILES = 10;
const MOST_TEXT = 12_000;

/** What people write, change, react to and share. */
export class Writing {
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Writes into a channel, direct message or thread. */
  say(person: Person, channelId: string, typed: string, threadTs?: string, isBroadcast = false): StoredMessage {
    const channel = this.#writable(person, channelId);
    const content = this.#contentOf(typed);
    if (content.text === '') throw new SlackRefusal('no_text');
    const broadcast = isBroadcast ? ({ reply_broadcast: true, subtype: 'thread_broadcast' } as const) : {};
    return this.#post(person, channel, { ...content, ...broadcast }, threadTs);
  }

  /** Shares files, with or without words. */
  share(
    person: Person,
    channelId: string,
    files: readonly SharedFile[],
    typed: string,
    threadTs?: string,
  ): StoredMessage {
    const workspace = this.#workspace;
    const channel = this.#writable(person, channelId);
    if (files.length === 0) throw new SlackRefusal('no_file_data');
    if (files.length > MOST_FILES) throw new SlackRefusal('too_many_files');
    const stored = files.map((file) =>
      toSlackFile(this.keep(person, file, [channel.id]), workspace.origin, APP.teamId),
    );
    return this.#post(person, channel, { ...this.#contentOf(typed), files: stored, subtype: 'file_share' }, threadTs);
  }

  /** Stores a file, shared in these channels or, for a form that is not sent yet, in none. */
  keep(person: Person, { name, content }: SharedFile, channels: string[] = []): StoredFile {
    const file = this.#workspace.files.reserve(name, person.id, this.#workspace.now());
    return Object.assign(file, { content, channels, isComplete: true });
  }

  edit(person: Person, message: StoredMessage, typed: string): void {
    if (message.user !== person.id) throw new SlackRefusal('cant_update_message');
    const content = this.#contentOf(typed);
    if (content.text === '') throw new SlackRefusal('no_text');
    this.#workspace.edit(message, { ...content, edited: { user: person.id, ts: this.#workspace.ids.timestamp() } });
  }

  /** Deletes one's own message; an ephemeral one is only dismissed. */
  remove(person: Person, message: StoredMessage): void {
    const isMine = message.user === person.id || message.visible_to === person.id;
    if (!isMine) throw new SlackRefusal('cant_delete_message');
    this.#workspace.remove(message);
  }

  /** Puts a reaction on, or takes one's own away where it is there. */
  react(person: Person, message: StoredMessage, name: string): void {
    const has = message.reactions?.some((one) => one.name === name && one.users.includes(person.id)) === true;
    this.#workspace.react(message, name, person.id, !has);
  }

  #writable(person: Person, channelId: string): Channel {
    const channel = this.#workspace.channel(channelId);
    if (channel.isArchived) throw new SlackRefusal('is_archived');
    if (!channel.members.has(person.id)) throw new SlackRefusal('not_in_channel');
    return channel;
  }

  #contentOf(typed: string): Pick<StoredMessage, 'text' | 'blocks'> {
    if (typed.length > MOST_TEXT) throw new SlackRefusal('msg_too_long');
    const text = composeText(typed.trim(), this.#workspace);
    return text === '' ? { text } : { text, blocks: [richTextOf(text)] };
  }

  #post(
    person: Person,
    channel: Channel,
    content: Pick<StoredMessage, 'text' | 'blocks' | 'files' | 'subtype' | 'reply_broadcast'>,
    threadTs: string | undefined,
  ): StoredMessage {
    const workspace = this.#workspace;
    const message = workspace.post({
      channel: channel.id,
      user: person.id,
      ...content,
      client_msg_id: workspace.ids.next('m').toLowerCase(),
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    });
    if (threadTs === undefined) workspace.reads.mark(person.id, channel.id, message.ts);
    return message;
  }
}
