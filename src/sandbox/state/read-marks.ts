import type { StoredMessage } from './message-store.ts';
import type { Channel, Person } from './roster.ts';

export interface ReadState {
  /** The latest message the person has read; `0` before the first. */
  lastRead: string;
  unread: number;
  /** Unread messages that name the person; in a direct message all of them. */
  mentions: number;
}

const BROADCAST = /<!(?:here|channel|everyone)>/;

/** How far each person has read each channel. */
export class ReadMarks {
  readonly #read = new Map<string, string>();

  /** Reading never goes backwards. */
  mark(person: string, channel: string, ts: string): void {
    const key = `${person} ${channel}`;
    const before = this.#read.get(key);
    if (before === undefined || Number(ts) > Number(before)) this.#read.set(key, ts);
  }

  /** @param messages what the channel shows the person, thread replies left out */
  of(person: Person, channel: Channel, messages: readonly StoredMessage[]): ReadState {
    const lastRead = this.#read.get(`${person.id} ${channel.id}`) ?? '0';
    const fresh = messages.filter((one) => Number(one.ts) > Number(lastRead) && one.user !== person.id);
    const isNamed = ({ text }: StoredMessage): boolean =>
      channel.kind === 'im' || text.includes(`<@${person.id}>`) || BROADCAST.test(text);
    return { lastRead, unread: fresh.length, mentions: fresh.filter(isNamed).length };
  }
}
