import type { PageMessage } from '../../page-protocol.ts';
import { h } from '../dom.ts';
import type { Store } from '../store.ts';
import { namesOf } from '../text/names.ts';
import { typedOf } from '../text/typed.ts';

/** Turns one's own message into a box to change it in: Enter saves, Escape leaves it as it was. */
export function startEditing(message: PageMessage, store: Store): void {
  const found = [...document.querySelectorAll<HTMLElement>('.message')].filter((one) => one.dataset.ts === message.ts);
  const article = found.at(-1);
  const shown = article?.querySelector<HTMLElement>('.content');
  if (article === undefined || !shown || article.querySelector('.editing') !== null) return;
  const before = typedOf(message.text, namesOf(store.workspace));
  const box = h('textarea', { 'aria-label': 'Edit message', rows: Math.min(8, before.split('\n').length) });
  box.value = before;
  const leave = () => {
    form.remove();
    shown.classList.remove('being-edited');
    article.focus();
  };
  const save = async () => {
    if (box.value.trim() === before) return leave();
    const result = await store.do({
      do: 'edit',
      on: { channel: message.channel, ts: message.ts },
      text: box.value,
    });
    if (result.failure === undefined) leave();
  };
  const form = h(
    'div',
    { class: 'editing' },
    box,
    h(
      'div',
      { class: 'dialog-buttons' },
      h('button', { class: 'button small', type: 'button', onclick: leave }, 'Cancel'),
      h('button', { class: 'button small primary', type: 'button', onclick: () => void save() }, 'Save'),
    ),
  );
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') leave();
    else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  shown.classList.add('being-edited');
  shown.append(form);
  box.focus();
  box.setSelectionRange(before.length, before.length);
}
