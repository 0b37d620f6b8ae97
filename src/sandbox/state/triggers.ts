import { SlackRefusal } from '../refusal.ts';
import type { Ids } from './ids.ts';

const TRIGGER_LIFE_MS = 3_000;

/** A trigger opens one view, within three seconds of what the person did. */
export class Triggers {
  readonly #issued = new Map<string, { userId: string; at: number; used: boolean }>();
  readonly #ids: Ids;
  readonly #clock: () => number;

  constructor(ids: Ids, clock: () => number) {
    this.#ids = ids;
    this.#clock = clock;
  }

  issue(userId: string): string {
    const id = `${this.#ids.next('9')}.${this.#ids.next('8')}.sandbox`;
    this.#issued.set(id, { userId, at: this.#clock(), used: false });
    return id;
  }

  /** Uses a trigger up and says whose it was. */
  exchange(id: string | undefined): string {
    const trigger = this.#issued.get(id ?? '');
    if (trigger === undefined) throw new SlackRefusal('invalid_trigger_id');
    if (trigger.used) throw new SlackRefusal('exchanged_trigger_id');
    if (this.#clock() - trigger.at > TRIGGER_LIFE_MS) throw new SlackRefusal('expired_trigger_id');
    trigger.used = true;
    return trigger.userId;
  }
}
