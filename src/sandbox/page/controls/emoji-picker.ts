import { h } from '../dom.ts';
import { EMOJI_NAMES, emoji } from '../text/emoji.ts';
import { float } from './floating.ts';
import { moveByArrows } from './roving.ts';

/** A button that opens a grid of emoji to search; tells `onPick` the shortcode. */
export function emojiPicker(toggle: HTMLButtonElement, onPick: (name: string) => void): HTMLElement {
  const search = h('input', {
    type: 'text',
    class: 'field',
    placeholder: 'Search emoji',
    'aria-label': 'Search emoji',
  });
  const grid = h('div', { class: 'emoji-grid' });
  const panel = h(
    'div',
    { class: 'emoji-panel', popover: 'manual', role: 'dialog', 'aria-label': 'Emoji' },
    search,
    grid,
  );
  const holder = h('span', { class: 'menu-holder' }, toggle, panel);
  let hide: (() => void) | undefined;
  toggle.setAttribute('aria-haspopup', 'dialog');

  const close = (isFocusBack: boolean) => {
    if (hide === undefined) return;
    hide();
    hide = undefined;
    if (isFocusBack) toggle.focus();
  };
  const pick = (name: string) => {
    close(true);
    onPick(name);
  };
  const draw = () => {
    const wanted = search.value.trim().toLowerCase().replaceAll(' ', '_');
    const names = EMOJI_NAMES.filter((name) => name.includes(wanted));
    grid.replaceChildren(
      ...names.map((name) =>
        h(
          'button',
          {
            type: 'button',
            class: 'emoji',
            title: `:${name}:`,
            'aria-label': name.replaceAll('_', ' '),
            onclick: () => pick(name),
          },
          emoji(name),
        ),
      ),
    );
    if (names.length === 0) grid.append(h('p', { class: 'option-note' }, 'Nothing found'));
  };
  toggle.addEventListener('click', () => {
    if (hide !== undefined) return close(true);
    search.value = '';
    draw();
    hide = float(toggle, panel, { align: 'end', prefer: 'above' });
    search.focus();
  });
  search.addEventListener('input', draw);
  search.addEventListener('keydown', (event) => {
    const first = grid.querySelector<HTMLElement>('.emoji');
    if (event.key === 'Enter') first?.click();
    else if (event.key === 'ArrowDown') first?.focus();
    else return;
    event.preventDefault();
  });
  moveByArrows(grid, '.emoji', { before: 'ArrowLeft', after: 'ArrowRight' });
  holder.addEventListener('keydown', (event) => {
    if (hide === undefined || event.key !== 'Escape') return;
    event.stopPropagation();
    event.preventDefault();
    close(true);
  });
  holder.addEventListener('focusout', (event) => {
    if (!holder.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null)) close(false);
  });
  return holder;
}
