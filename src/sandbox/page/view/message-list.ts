/** A list of messages of any length: only those near the reader are drawn, others as somebody scrolls towards them. */
import type { PageMessage } from '../../page-protocol.ts';
import { icon } from '../controls/icons.ts';
import { keepingFocus } from '../controls/keep-focus.ts';
import { h } from '../dom.ts';
import type { Store } from '../store.ts';
import { dayKey, dayName } from '../text/time.ts';
import { drawMessage } from './message.ts';
import { dayDivider, newDivider, replyDivider } from './message-dividers.ts';
import { moveAmongMessages } from './message-keys.ts';

const GROUP_SECONDS = 300;
/** How many messages are drawn at first, how many more at a time, and at most. */
const FIRST = 40;
const MORE = 30;
const MOST = 150;
const NEAR_END_PX = 120;
/** How near to what is not drawn yet somebody may scroll before it is. */
const AHEAD_PX = 1_000;

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
  /** Brings the end into view and keeps it there, as after writing. */
  pin(): void;
}

export function createMessageList(store: Store, label: string, inThread: boolean): MessageList {
  const element = h('div', { class: 'messages', role: 'log', 'aria-label': label, tabindex: 0 });
  const drawn = new Map<string, Drawn>();
  const dividers = new Map<string, HTMLElement>();
  let shownKey = '';
  let list: readonly PageMessage[] = [];
  let since: string | undefined;
  /** What is drawn of the list: from `start` up to, not including, `end`. */
  let start = 0;
  let end = 0;
  /** Whether the newest message stays in view: while somebody reads at the end, and after they write. */
  let isPinned = true;

  /** The newest message that was in view, or that somebody opened the list with. */
  let seenTo = 0;

  const below = h('button', {
    class: 'new-below',
    type: 'button',
    hidden: true,
    onclick: () => {
      pin();
      keepEnd();
      element.focus();
    },
  });
  /** Says that something came below what is in view; an answer to what somebody did may be there. */
  const tellBelow = () => {
    if (isPinned) seenTo = Number(list.at(-1)?.ts ?? 0);
    const count = list.filter(({ ts }) => Number(ts) > seenTo).length;
    below.hidden = count === 0;
    below.replaceChildren(count === 1 ? '1 new message' : `${count} new messages`, icon('chevron'));
  };
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
    for (let at = start; at < end; at += 1) {
      const message = list[at];
      const before = list[at - 1];
      if (message === undefined) continue;
      const day = dayKey(message.ts, zone);
      const isNewDay = before === undefined || dayKey(before.ts, zone) !== day;
      if (isNewDay && !inThread) nodes.push(divider(day, () => dayDivider(dayName(message.ts, zone))));
      const isFirstNew =
        since !== undefined && Number(message.ts) > Number(since) && Number(before?.ts ?? 0) <= Number(since);
      if (isFirstNew) nodes.push(divider('new', newDivider));
      const isFirstReply = inThread && at === 1;
      nodes.push(articleOf(message, !isNewDay && !isFirstNew && !isFirstReply && isContinued(before, message)));
      if (inThread && at === 0 && list.length > 1) {
        nodes.push(divider(`replies ${list.length}`, () => replyDivider(list.length - 1)));
      }
    }
    return [...nodes, below];
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
    for (const [ts, one] of drawn) if (!wanted.has(one.element)) drawn.delete(ts);
  };
  /** Draws another part of the list without moving what is in view. */
  const shift = (newStart: number, newEnd: number) => {
    start = newStart;
    end = newEnd;
    const seen = [...element.querySelectorAll<HTMLElement>('.message')].find(
      (article) => article.offsetTop + article.offsetHeight > element.scrollTop + element.offsetTop,
    );
    const above = seen === undefined ? 0 : seen.offsetTop - element.scrollTop;
    draw();
    if (seen?.isConnected) element.scrollTop = seen.offsetTop - above;
  };
  const drawAhead = () => {
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    isPinned = end === list.length && left < NEAR_END_PX;
    if (isPinned && !below.hidden) tellBelow();
    if (element.scrollTop < AHEAD_PX && start > 0) {
      const from = Math.max(0, start - MORE);
      shift(from, Math.min(end, from + MOST));
    } else if (left < AHEAD_PX && end < list.length) {
      const to = Math.min(list.length, end + MORE);
      shift(Math.max(start, to - MOST), to);
    }
  };
  /** What somebody has not read yet begins at the top of the pane, where it does not all fit. */
  const showFirstNew = () => {
    const line = element.querySelector<HTMLElement>('.new-since');
    const day = line?.previousElementSibling?.matches('.day') === true ? line.previousElementSibling : line;
    if (!(day instanceof HTMLElement) || day.offsetTop - element.offsetTop >= element.scrollTop) return;
    element.scrollTop = day.offsetTop - element.offsetTop;
    isPinned = false;
  };
  const toEnd = () => {
    end = list.length;
    if (end - start > MOST || start >= end) start = Math.max(0, end - FIRST);
  };

  const pin = () => {
    isPinned = true;
    if (shownKey === '' || end === list.length) return;
    start = list.length;
    toEnd();
    draw();
    keepEnd();
  };

  element.addEventListener('scroll', drawAhead, { passive: true });
  // What loads late, or a pane that grows, must not push the newest message out of view.
  const keepEnd = () => {
    if (isPinned) element.scrollTop = element.scrollHeight;
  };
  new ResizeObserver(keepEnd).observe(element);
  element.addEventListener('load', keepEnd, true);
  moveAmongMessages(element, store, () => list);

  return {
    element,
    show(key, messages, newSince) {
      const isOther = key !== shownKey;
      const wasAtEnd = end === list.length;
      list = messages;
      since = newSince;
      if (isOther) {
        drawn.clear();
        dividers.clear();
        isPinned = true;
        shownKey = key;
        end = messages.length;
        start = Math.max(0, Math.min(end - FIRST, firstNew(messages, newSince)));
      } else if (isPinned) toEnd();
      else {
        end = wasAtEnd ? messages.length : Math.min(end, messages.length);
        start = Math.min(start, Math.max(0, end - 1));
      }
      if (messages.length === 0) {
        element.replaceChildren(
          h(
            'p',
            { class: 'empty' },
            store.channel?.isArchived ? 'No messages here.' : 'No messages here yet. Say hello.',
          ),
        );
        return;
      }
      const before = element.scrollTop;
      draw();
      element.scrollTop = isPinned ? element.scrollHeight : before;
      if (isOther) {
        seenTo = Number(messages.at(-1)?.ts ?? 0);
        showFirstNew();
      }
      tellBelow();
    },
    showInstead(content) {
      const isOther = shownKey !== '';
      shownKey = '';
      isPinned = false;
      keepingFocus(element, () => element.replaceChildren(content));
      if (isOther) element.scrollTop = 0;
    },
    pin,
  };
}

/** At which message the unread begin; where there are too many, further on. */
function firstNew(list: readonly PageMessage[], since: string | undefined): number {
  const at = list.findIndex((message) => Number(message.ts) > Number(since ?? Number.POSITIVE_INFINITY));
  return at < 0 ? list.length : Math.max(at - 1, list.length - MOST);
}

const isContinued = (before: PageMessage | undefined, message: PageMessage): boolean =>
  before !== undefined &&
  before.user === message.user &&
  !before.isEphemeral &&
  !message.isEphemeral &&
  message.reply_broadcast !== true &&
  before.subtype !== 'tombstone' &&
  Number(message.ts) - Number(before.ts) < GROUP_SECONDS;
