import { readInspection } from '../api.ts';
import { icon } from '../controls/icons.ts';
import { h } from '../dom.ts';
import type { Store } from '../store.ts';
import { drawInspection } from './inspection.ts';

/** What stands behind a message or the Home tab, beside it. */
export function createInspectorPane(store: Store): { element: HTMLElement; refresh(): Promise<void> } {
  const element = h('aside', { class: 'side-pane inspector', 'aria-label': 'Block inspector', hidden: true });
  const body = h('div', { class: 'inspection' });
  const close = h(
    'button',
    { class: 'icon-button', type: 'button', 'aria-label': 'Close inspector', onclick: () => store.inspect(undefined) },
    icon('close'),
  );
  let cameFrom: Element | null = null;
  element.append(
    h('header', { class: 'pane-header' }, h('div', { class: 'pane-title' }, h('h1', {}, 'Block inspector')), close),
    body,
  );
  return {
    element,
    async refresh() {
      const { inspected } = store;
      const wasHidden = element.hidden;
      if (inspected === undefined) {
        element.hidden = true;
        if (!wasHidden && cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus();
        return;
      }
      if (wasHidden) cameFrom = document.activeElement;
      try {
        const inspection = await readInspection(store.viewerId, inspected);
        body.replaceChildren(...drawInspection(inspection, (words) => store.notice(words)));
        element.hidden = false;
        if (wasHidden) close.focus();
      } catch {
        store.notice('That message is gone.');
        store.inspect(undefined);
      }
    },
  };
}
