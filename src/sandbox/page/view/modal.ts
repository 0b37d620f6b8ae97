import type { PageView } from '../../page-protocol.ts';
import { blocks } from '../blocks/index.ts';
import { h, record, wordsOf } from '../dom.ts';
import type { Store } from '../store.ts';
import { heldIn, viewSurface } from './surfaces.ts';

/** The stack of modals: the one on top is open, the ones below wait. */
export function createModals(store: Store): () => void {
  let dialog: HTMLDialogElement | undefined;
  let shown = '';
  let errors: Readonly<Record<string, string>> = {};
  let failure = '';

  const close = (view: PageView, all: boolean) => void store.do({ do: 'close', view: view.id, all });

  const submit = async (view: PageView, button: HTMLButtonElement) => {
    button.setAttribute('aria-busy', 'true');
    const result = await store.do({ do: 'submit', view: view.id, values: heldIn(view) });
    button.removeAttribute('aria-busy');
    errors = result.errors ?? {};
    failure = result.failure ?? '';
    if (result.errors !== undefined || result.failure !== undefined) {
      draw(view);
      dialog?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
    }
  };

  const draw = (view: PageView) => {
    const depth = store.workspace.views.length;
    const title = wordsOf(view.title);
    const submitWords = wordsOf(record(view.submit));
    const body = h('div', { class: 'modal-body' }, blocks(view.blocks, viewSurface(store, view, errors)));
    const closeWords = wordsOf(record(view.close)) || (submitWords === '' ? 'Close' : 'Cancel');
    const form = h(
      'form',
      { method: 'dialog' },
      h(
        'header',
        {},
        depth > 1 &&
          h(
            'button',
            { class: 'icon-button', type: 'button', 'aria-label': 'Back', onclick: () => close(view, false) },
            '‹',
          ),
        h('h2', { id: 'modal-title' }, title),
        h(
          'button',
          { class: 'icon-button', type: 'button', 'aria-label': 'Close', onclick: () => close(view, true) },
          '✕',
        ),
      ),
      body,
      failure !== '' && h('p', { class: 'error', role: 'alert' }, failure),
      h(
        'footer',
        { class: 'dialog-buttons' },
        h('button', { class: 'button', type: 'button', onclick: () => close(view, false) }, closeWords),
        submitWords !== '' && h('button', { class: 'button primary', type: 'submit' }, submitWords),
      ),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const button = form.querySelector<HTMLButtonElement>('[type=submit]');
      if (button !== null) void submit(view, button);
    });
    const scroll = dialog?.querySelector('.modal-body')?.scrollTop ?? 0;
    dialog?.replaceChildren(form);
    body.scrollTop = scroll;
  };

  return () => {
    const view = store.workspace.views.at(-1);
    if (view === undefined) {
      dialog?.remove();
      dialog = undefined;
      shown = '';
      return;
    }
    if (dialog === undefined) {
      const opened = h('dialog', { class: 'modal', 'aria-labelledby': 'modal-title' });
      opened.addEventListener('cancel', (event) => {
        event.preventDefault();
        const top = store.workspace.views.at(-1);
        if (top !== undefined) close(top, false);
      });
      document.body.append(opened);
      opened.showModal();
      dialog = opened;
    }
    const state = `${view.id} ${view.hash}`;
    if (state === shown) return;
    if (!shown.startsWith(`${view.id} `)) {
      errors = {};
      failure = '';
      dialog.replaceChildren();
    }
    shown = state;
    draw(view);
  };
}
