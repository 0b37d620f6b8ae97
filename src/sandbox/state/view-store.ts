import { LIMITS } from '../../block-kit/limits.ts';
import { type JsonRecord, recordsOf, textOf } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';
import { withBlockIds } from './block-ids.ts';
import type { Ids } from './ids.ts';

/** A modal or Home view, with the keys Slack returns. */
export interface StoredView extends JsonRecord {
  id: string;
  type: 'modal' | 'home';
  blocks: JsonRecord[];
  callback_id: string;
  external_id: string;
  private_metadata: string;
  hash: string;
  root_view_id: string;
  previous_view_id: string | null;
  notify_on_close: boolean;
  clear_on_close: boolean;
}

export interface ViewOwner {
  team_id: string;
  app_id: string;
  bot_id: string;
}

/** Each person's stack of open modals and their Home tab. */
export class ViewStore {
  readonly #stacks = new Map<string, StoredView[]>();
  readonly #homes = new Map<string, StoredView>();
  readonly #ids: Ids;
  readonly #owner: ViewOwner;

  constructor(ids: Ids, owner: ViewOwner) {
    this.#ids = ids;
    this.#owner = owner;
  }

  /** Open modals, the one on top last. */
  stack(userId: string): readonly StoredView[] {
    return this.#stacks.get(userId) ?? [];
  }

  home(userId: string): StoredView | undefined {
    return this.#homes.get(userId);
  }

  open(userId: string, view: JsonRecord): StoredView {
    const stored = this.#store(view, null, null);
    this.#stacks.set(userId, [stored]);
    return stored;
  }

  push(userId: string, view: JsonRecord): StoredView {
    const stack = this.stack(userId);
    const top = stack.at(-1);
    if (top === undefined) throw new SlackRefusal('not_found');
    if (stack.length >= LIMITS.view.stack) throw new SlackRefusal('push_limit_reached');
    const stored = this.#store(view, top.root_view_id, top.id);
    this.#stacks.set(userId, [...stack, stored]);
    return stored;
  }

  publish(userId: string, view: JsonRecord): StoredView {
    const stored = this.#store(view, null, null);
    const before = this.#homes.get(userId);
    const published = before === undefined ? stored : { ...stored, id: before.id, root_view_id: before.id };
    this.#homes.set(userId, published);
    return published;
  }

  /** Replaces a view in place; its id stays, its hash changes. */
  replace(viewId: string, view: JsonRecord): { userId: string; view: StoredView } {
    const found = this.find((candidate) => candidate.id === viewId);
    if (found === undefined) throw new SlackRefusal('not_found');
    const fresh = this.#store(view, found.view.root_view_id, found.view.previous_view_id);
    const replaced = { ...fresh, id: viewId };
    if (found.view.type === 'home') this.#homes.set(found.userId, replaced);
    else {
      this.#stacks.set(
        found.userId,
        this.stack(found.userId).map((candidate) => (candidate.id === viewId ? replaced : candidate)),
      );
    }
    return { userId: found.userId, view: replaced };
  }

  find(matches: (view: StoredView) => boolean): { userId: string; view: StoredView } | undefined {
    for (const [userId, stack] of this.#stacks) {
      const view = stack.find(matches);
      if (view !== undefined) return { userId, view };
    }
    for (const [userId, view] of this.#homes) if (matches(view)) return { userId, view };
    return undefined;
  }

  /** Closes a view and whatever lies on it; returns what was closed. */
  close(userId: string, viewId: string): StoredView[] {
    const stack = this.stack(userId);
    const at = stack.findIndex((view) => view.id === viewId);
    if (at < 0) return [];
    this.#stacks.set(userId, stack.slice(0, at));
    return stack.slice(at);
  }

  #store(view: JsonRecord, root: string | null, previous: string | null): StoredView {
    const id = this.#ids.next('V');
    return {
      ...this.#owner,
      title: null,
      close: null,
      submit: null,
      submit_disabled: false,
      ...view,
      id,
      type: view.type === 'home' ? 'home' : 'modal',
      app_installed_team_id: this.#owner.team_id,
      blocks: withBlockIds(recordsOf(view.blocks), this.#ids),
      callback_id: textOf(view.callback_id) ?? '',
      external_id: textOf(view.external_id) ?? '',
      private_metadata: textOf(view.private_metadata) ?? '',
      state: { values: {} },
      hash: `${this.#ids.timestamp()}.${id.slice(-6)}`,
      root_view_id: root ?? id,
      previous_view_id: previous,
      notify_on_close: view.notify_on_close === true,
      clear_on_close: view.clear_on_close === true,
    };
  }
}
