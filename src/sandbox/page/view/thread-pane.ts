import { h } from '../dom.ts';
import type { Store } from '../store.ts';
import { createComposer } from './composer.ts';
import { drawMessages } from './message.ts';

/** The thread beside the channel; empty and hidden while none is open. */
export function createThreadPane(store: Store): { element: HTMLElement; refresh(): void } {
  const element = h('aside', { class: 'thread', 'aria-label': 'Thread', hidden: true });
  const list = h('div', { class: 'messages', role: 'log', tabindex: 0 });
  let shown = '';

  const build = (channel: string, ts: string) => {
    const composer = createComposer(store, {
      label: 'Reply in thread',
      placeholder: 'Reply…',
      send: (text) => store.do({ do: 'say', channel, text, thread: ts }),
    });
    element.replaceChildren(
      h(
        'header',
        { class: 'pane-header' },
        h('div', { class: 'pane-title' }, h('h1', {}, 'Thread')),
        h(
          'button',
          { class: 'icon-button', type: 'button', 'aria-label': 'Close thread', onclick: () => store.closeThread() },
          '✕',
        ),
      ),
      list,
      h('div', { class: 'foot' }, composer),
    );
    composer.querySelector('textarea')?.focus();
  };

  return {
    element,
    refresh() {
      const { thread } = store;
      element.hidden = thread === undefined;
      if (thread === undefined) {
        shown = '';
        return;
      }
      const key = `${store.viewerId} ${thread.channel} ${thread.ts}`;
      list.replaceChildren(...drawMessages(thread.messages, store, true));
      if (key !== shown) build(thread.channel, thread.ts);
      shown = key;
      list.scrollTop = list.scrollHeight;
    },
  };
}
