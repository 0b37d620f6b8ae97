/** A list of messages of any length: only its end is drawn, older ones as somebody scrolls towards them. */
import type { PageMessage } from '../../page-protocol.ts';
import { keepingFocus } from '../controls/keep-focus.ts';
import { h } from '../dom.ts';
import type { Store } from '../store.ts';
import { dayKey, dayName } from '../text/time.ts';
import { drawMessage } from './message.ts';

const GROUP_SECONDS = 300;
/** How many messages are drawn at once. */
const CHUNK = 50;
/** Beyond this the oldest drawn ones go again, while somebody reads at the end. */
const MOST_DRAWN = 300;
const NEAR_END_PX = 120;
const NEAR_START_PX = 1_200;

interface Drawn {
  message: PageMessage;
  isGrouped: boolean;
  element: HTMLElement;
}

export interface MessageList {
  element: HTMLElement;
  /** Draws what changed. A new `key` is another list: it is drawn afresh, from its end. */
  show(key: string, messages: readonly PageMessage[], newSince?: string): void;
  /** Shows something else in its place. */
  showInstead(content: HTMLElement): void;
  /** Keeps the end in view, as after writing. */
  pin(): void;
}

export function createMessageList(store: Store, label: string, inThread: boolean): MessageList {
  const element = h('div', { class: 'messages', role: 'log', 'aria-label': label, tabindex: 0 });
  const drawn = new Map<string, Drawn>();
  const dividers = new Map<string, HTMLElement>();
  let shownKey = '';
  let list: readonly PageMessage[] = [];
  let since: string | undefined;
  let start = 0;
  /** Whether the newest message stays in view: while somebody reads at the end, and after they write. */
  let isPinned = true;

  const divider = (key: string, make: () => HTMLElement): HTMLElement => {
    const made = dividers.get(key) ?? make();
    dividers.set(key, made);
    return made;
  };
  const articleOf = (message: PageMessage, isGrouped: boolean): HTMLElement => {
    const before = drawn.get(message.ts);
    if (before !== undefined && before.message === message && before.isGrouped === isGrouped) return before.element;
    const made = drawMessage(message, store, { isGrouped, inThread });
    drawn.set(message.ts, { message, isGrouped, element: made });
    return made;
  };
  const contents = (): HTMLElement[] => {
    const zone = store.workspace.viewer.timezone;
    const nodes: HTMLElement[] = [];
    for (let at = start; at < list.length; at += 1) {
      const message = list[at];
      const before = list[at - 1];
      if (message === undefined) continue;
      const day = dayKey(message.ts, zone);
      const isNewDay = before === undefined || dayKey(before.ts, zone) !== day;
      if (isNewDay && !inThread) nodes.push(divider(day, () => dayDivider(dayName(message.ts, zone))));
      const isFirstNew =
        since !== undefined && Number(message.ts) > Number(since) && Number(before?.ts ?? 0) <= Number(since);
      if (isFirstNew) nodes.push(divider('new', newDivider));
      nodes.push(articleOf(message, !isNewDay && !isFirstNew && isContinued(before, message)));
      if (inThread && at === 0 && list.length > 1)
        nodes.push(divider(`replies ${list.length}`, () => replyDivider(list)));
    }
    return nodes;
  };
  const draw = () => {
    const nodes = contents();
    const wanted = new Set<Node>(nodes);
    keepingFocus(element, () => {
      for (const child of [...element.childNodes]) if (!wanted.has(child)) child.remove();
      let cursor = element.firstChild;
      for (const node of nodes) {
        if (node === cursor) cursor = cursor.nextSibling;
        else element.insertBefore(node, cursor);
      }
    });
  };
  /** Draws older messages above without moving those in view. */
  const drawOlder = () => {
    if (start === 0) return;
    start = Math.max(0, start - CHUNK);
    const fromEnd = element.scrollHeight - element.scrollTop;
    draw();
    element.scrollTop = element.scrollHeight - fromEnd;
  };
  /** What somebody has not read yet begins at the top of the pane, where it does not all fit. */
  const showFirstNew = () => {
    const line = element.querySelector<HTMLElement>('.new-since');
    if (line === null || line.offsetTop - element.offsetTop >= element.scrollTop) return;
    element.scrollTop = line.offsetTop - element.offsetTop;
    isPinned = false;
  };
  const forget = () => {
    start = Math.max(0, list.length - CHUNK);
    const kept = new Set(list.slice(start).map((message) => message.ts));
    for (const ts of [...drawn.keys()]) if (!kept.has(ts)) drawn.delete(ts);
  };

  element.addEventListener(
    'scroll',
    () => {
      isPinned = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
      if (element.scrollTop < NEAR_START_PX) drawOlder();
    },
    { passive: true },
  );
  // What loads late, or a pane that grows, must not push the newest message out of view.
  new ResizeObserver(() => {
    if (isPinned) element.scrollTop = element.scrollHeight;
  }).observe(element);
  element.addEventListener('load', () => isPinned && element.scrollTo({ top: element.scrollHeight }), true);
  moveAmongMessages(element, store, () => list);

  return {
    element,
    show(key, messages, newSince) {
      const isOther = key !== shownKey;
      list = messages;
      since = newSince;
      if (isOther) {
        drawn.clear();
        dividers.clear();
        start = Math.max(0, Math.min(messages.length - CHUNK, firstNew(messages, newSince)));
        isPinned = true;
        shownKey = key;
      } else if (isPinned && messages.length - start > MOST_DRAWN) forget();
      start = Math.min(start, Math.max(0, messages.length - 1));
      if (messages.length === 0) {
        element.replaceChildren(h('p', { class: 'empty' }, 'No messages here yet. Say hello.'));
        return;
      }
      const before = element.scrollTop;
      draw();
      element.scrollTop = isPinned ? element.scrollHeight : before;
      if (isOther) showFirstNew();
    },
    showInstead(content) {
      const isOther = shownKey !== '';
      shownKey = '';
      isPinned = false;
      keepingFocus(element, () => element.replaceChildren(content));
      if (isOther) element.scrollTop = 0;
    },
    pin() {
      isPinned = true;
    },
  };
}

/** At which message the unread begin; where there are too many, further on. */
function firstNew(list: readonly PageMessage[], since: string | undefined): number {
  const at = list.findIndex((message) => Number(message.ts) > Number(since ?? Number.POSITIVE_INFINITY));
  return at < 0 ? list.length : Math.max(at - 1, list.length - MOST_DRAWN);
}

const isContinued = (before: PageMessage | undefined, message: PageMessage): boolean =>
  before !== undefined &&
  before.user === message.user &&
  !before.isEphemeral &&
  !message.isEphemeral &&
  before.subtype !== 'tombstone' &&
  Number(message.ts) - Number(before.ts) < GROUP_SECONDS;

const dayDivider = (name: string): HTMLElement =>
  h('div', { class: 'day', role: 'separator', 'aria-label': name }, h('span', {}, name));

const newDivider = (): HTMLElement =>
  h('div', { class: 'new-since', role: 'separator', 'aria-label': 'New messages' }, h('span', {}, 'New'));

const replyDivider = (list: readonly PageMessage[]): HTMLElement => {
  const words = list.length === 2 ? '1 reply' : `${list.length - 1} replies`;
  return h('div', { class: 'reply-count', role: 'separator', 'aria-label': words }, h('span', {}, words));
};

/** From the list, arrows step from message to message; `t` opens a thread, Escape goes back to writing. */
function moveAmongMessages(element: HTMLElement, store: Store, list: () => readonly PageMessage[]): void {
  element.addEventListener('keydown', (event) => {
    const { target } = event;
    const isOnMessage = target instanceof HTMLElement && target.matches('.message');
    if (target !== element && !isOnMessage) return;
    const articles = [...element.querySelectorAll<HTMLElement>('.message')];
    const at = isOnMessage ? articles.indexOf(target) : articles.length;
    if (event.key === 'ArrowUp') articles[Math.max(0, at - 1)]?.focus();
    else if (event.key === 'ArrowDown' && isOnMessage) articles[Math.min(articles.length - 1, at + 1)]?.focus();
    else if (event.key === 't' && isOnMessage) {
      const message = list().find((one) => one.ts === target.dataset.ts);
      if (message !== undefined && !message.isEphemeral) void store.openThread(message);
    } else return;
    event.preventDefault();
  });
}
