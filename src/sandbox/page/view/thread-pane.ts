import { icon } from '../controls/icons.ts';
import { h } from '../dom.ts';
import type { Store } from '../store.ts';
import { createComposer } from './composer.ts';
import { editLast } from './main-pane.ts';
import { createMessageList } from './message-list.ts';

/** The thread beside the channel; empty and hidden while none is open. */
export function createThreadPane(store: Store): { element: HTMLElement; refresh(): void } {
  const element = h('aside', { class: 'side-pane thread', 'aria-label': 'Thread', hidden: true });
  const list = createMessageList(store, 'Messages in the thread', true);
  let shown = '';
  let cameFrom: Element | null = null;

  const build = (key: string, channel: string, ts: string) => {
    const known = store.workspace.channels.find((one) => one.id === channel);
    const also = h('input', { type: 'checkbox' });
    const canBroadcast = known !== undefined && known.kind !== 'im';
    const composer = createComposer(store, {
      key,
      label: 'Reply in thread',
      placeholder: 'Reply…',
      send: (text, files) => {
        list.pin();
        if (files.length > 0) return store.share({ channel, thread: ts, text }, files);
        const broadcast = also.checked;
        also.checked = false;
        return store.do({ do: 'say', channel, text, thread: ts, broadcast });
      },
      ...(canBroadcast ? { extra: h('label', { class: 'also-send' }, also, `Also send to #${known.name}`) } : {}),
      editLast: () => editLast(store, store.thread?.messages ?? []),
    });
    element.replaceChildren(
      h(
        'header',
        { class: 'pane-header' },
        h(
          'div',
          { class: 'pane-title' },
          h('h1', {}, 'Thread'),
          h('p', {}, known === undefined || known.kind === 'im' ? store.workspace.app.name : `#${known.name}`),
        ),
        h(
          'button',
          { class: 'icon-button', type: 'button', 'aria-label': 'Close thread', onclick: () => store.closeThread() },
          icon('close'),
        ),
      ),
      list.element,
      ...(known?.isArchived ? [] : [h('div', { class: 'foot' }, composer)]),
    );
    composer.querySelector('textarea')?.focus();
  };

  return {
    element,
    refresh() {
      const { thread } = store;
      const isOpen = thread !== undefined;
      if (isOpen && element.hidden) cameFrom = document.activeElement;
      const isClosing = !isOpen && !element.hidden;
      element.hidden = !isOpen;
      if (isClosing && cameFrom instanceof HTMLElement) cameFrom.focus();
      if (thread === undefined) {
        shown = '';
        return;
      }
      const key = `${store.viewerId} ${thread.channel} ${thread.ts}`;
      if (key !== shown) build(key, thread.channel, thread.ts);
      shown = key;
      list.show(key, thread.messages);
    },
  };
}
