import { h, type Json, record, text, wordsOf } from '../dom.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import type { Names } from '../text/names.ts';

/** Asks before an element acts; resolves with the answer. Elements without a confirm dialog need no answer. */
export function confirmed(element: Json, names: Names): Promise<boolean> {
  if (element.confirm === undefined) return Promise.resolve(true);
  const asked = record(element.confirm);
  return new Promise((resolve) => {
    const dialog = h('dialog', { class: 'confirm', 'aria-labelledby': 'confirm-title' });
    const answer = (isYes: boolean) => () => {
      dialog.remove();
      resolve(isYes);
    };
    const words = record(asked.text);
    const body =
      words.type === 'mrkdwn' ? mrkdwn(text(words.text), names) : [document.createTextNode(text(words.text))];
    dialog.append(
      h('h2', { id: 'confirm-title' }, wordsOf(asked.title) || 'Are you sure?'),
      h('p', {}, ...body),
      h(
        'div',
        { class: 'dialog-buttons' },
        h('button', { class: 'button', type: 'button', onclick: answer(false) }, wordsOf(asked.deny) || 'No'),
        h(
          'button',
          { class: `button ${asked.style === 'danger' ? 'danger' : 'primary'}`, type: 'button', onclick: answer(true) },
          wordsOf(asked.confirm) || 'Yes',
        ),
      ),
    );
    dialog.addEventListener('cancel', answer(false));
    document.body.append(dialog);
    dialog.showModal();
  });
}
