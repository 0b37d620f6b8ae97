import type { PageView } from '../../page-protocol.ts';
import { readInspection } from '../api.ts';
import { blocks } from '../blocks/index.ts';
import { type IconName, icon } from '../controls/icons.ts';
import { keepingFocus } from '../controls/keep-focus.ts';
import { h, wordsOf } from '../dom.ts';
import type { Store } from '../store.ts';
import { withEmoji } from '../text/emoji.ts';
import { avatar } from './avatar.ts';
import { drawInspection } from './inspection.ts';
import { heldIn, viewSurface } from './surfaces.ts';

/** The stack of modals: the one on top is open, the ones below wait. */
export function createModals(store: Store): () => void {
  let dialog: HTMLDialogElement | undefined;
  let shown = '';
  let errors: Readonly<Record<string, string>> = {};
  let failure = '';
  let isInspecting = false;

  const close = (view: PageView, all: boolean) => void store.do({ do: 'close', view: view.id, all });

  const submit = async (view: PageView, button: HTMLButtonElement) => {
    if (button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    const result = await store.do({ do: 'submit', view: view.id, values: heldIn(view) });
    button.removeAttribute('aria-busy');
    errors = result.errors ?? {};
    failure = result.failure ?? '';
    if (result.errors === undefined && result.failure === undefined) return;
    if (dialog !== undefined) draw(view, dialog);
    const wrong = dialog?.querySelector<HTMLElement>('[aria-invalid]');
    const field = wrong?.matches('[role=group], [role=radiogroup]') ? wrong.querySelector('input') : wrong;
    field?.focus();
    wrong?.closest('.input')?.scrollIntoView({ block: 'nearest' });
  };

  const inspect = async (view: PageView, body: HTMLElement) => {
    isInspecting = !isInspecting;
    if (!isInspecting) {
      if (dialog !== undefined) draw(view, dialog);
      return;
    }
    const inspection = await readInspection(store.viewerId, { view: view.id });
    body.replaceChildren(
      h('div', { class: 'inspection' }, ...drawInspection(inspection, (words) => store.notice(words))),
    );
  };

  const draw = (view: PageView, within: HTMLDialogElement) => {
    const isPushed = store.workspace.views.length > 1;
    const submitWords = wordsOf(view.submit);
    const closeWords = wordsOf(view.close) || (submitWords === '' ? 'Close' : 'Cancel');
    const surface = viewSurface(store, view, errors);
    const body = h('div', { class: 'modal-body' }, blocks(view.blocks, surface));
    const tool = (label: string, name: IconName, onclick: () => void) =>
      h(
        'button',
        { class: 'icon-button', type: 'button', 'aria-label': label, title: label, 'data-key': label, onclick },
        icon(name),
      );
    const form = h(
      'form',
      { method: 'dialog', novalidate: true },
      h(
        'header',
        {},
        isPushed && tool('Back', 'back', () => close(view, false)),
        avatar(store.workspace.app.userId, store.workspace),
        h('h2', { id: 'modal-title' }, withEmoji(wordsOf(view.title))),
        tool('Inspect blocks', 'braces', () => void inspect(view, body)),
        tool('Close', 'close', () => close(view, true)),
      ),
      body,
      failure !== '' && h('p', { class: 'modal-failure', role: 'alert' }, icon('warning'), failure),
      h(
        'footer',
        { class: 'dialog-buttons' },
        h(
          'button',
          { class: 'button', type: 'button', 'data-key': 'close', onclick: () => close(view, false) },
          closeWords,
        ),
        submitWords !== '' &&
          h('button', { class: 'button primary', type: 'submit', 'data-key': 'submit' }, withEmoji(submitWords)),
      ),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const button = form.querySelector<HTMLButtonElement>('[type=submit]');
      if (button !== null) void submit(view, button);
    });
    const scroll = within.querySelector('.modal-body')?.scrollTop ?? 0;
    keepingFocus(within, () => within.replaceChildren(form));
    body.scrollTop = scroll;
  };

  const open = (): HTMLDialogElement => {
    const opened = h('dialog', { class: 'modal', 'aria-labelledby': 'modal-title' });
    opened.addEventListener('cancel', (event) => {
      event.preventDefault();
      const top = store.workspace.views.at(-1);
      if (top !== undefined) close(top, false);
    });
    document.body.append(opened);
    return opened;
  };

  return () => {
    const view = store.workspace.views.at(-1);
    if (view === undefined) {
      dialog?.close();
      dialog?.remove();
      dialog = undefined;
      shown = '';
      return;
    }
    const state = `${view.id} ${view.hash}`;
    if (state === shown) return;
    const isOther = !shown.startsWith(`${view.id} `);
    shown = state;
    isInspecting = false;
    if (isOther) {
      errors = {};
      failure = '';
      dialog?.replaceChildren();
    }
    dialog ??= open();
    draw(view, dialog);
    if (!dialog.open) dialog.showModal();
    if (isOther) focusFirst(dialog);
  };
}

/** A form starts in its first field, anything else with the whole of it. */
function focusFirst(dialog: HTMLDialogElement): void {
  const body = dialog.querySelector<HTMLElement>('.modal-body');
  const wanted =
    dialog.querySelector<HTMLElement>('[autofocus]') ?? body?.querySelector<HTMLElement>('.input .field, .input input');
  if (wanted) wanted.focus();
  else if (body !== null) {
    body.tabIndex = -1;
    body.focus();
  }
}
