import { type Child, h } from '../dom.ts';
import { type FloatingOptions, float } from './floating.ts';
import { moveByArrows } from './roving.ts';

export interface MenuItem {
  content: readonly Child[];
  /** For one choice of several: whether it is the one. */
  isChecked?: boolean;
  isDangerous?: boolean;
  onChoose(): void;
}

/** A button and the menu it opens: arrows move, Escape and leaving close, focus goes back. */
export function menuButton(
  toggle: HTMLButtonElement,
  label: string,
  items: () => readonly MenuItem[],
  options: FloatingOptions = {},
): HTMLElement {
  const list = h('div', { class: 'menu-list', role: 'menu', 'aria-label': label, popover: 'manual' });
  const holder = h('span', { class: 'menu-holder' }, toggle, list);
  let hide: (() => void) | undefined;
  toggle.setAttribute('aria-haspopup', 'menu');
  toggle.setAttribute('aria-expanded', 'false');

  const close = (isFocusBack: boolean) => {
    if (hide === undefined) return;
    hide();
    hide = undefined;
    toggle.setAttribute('aria-expanded', 'false');
    if (isFocusBack) toggle.focus();
  };
  const open = () => {
    list.replaceChildren(
      ...items().map((item) =>
        h(
          'button',
          {
            type: 'button',
            role: item.isChecked === undefined ? 'menuitem' : 'menuitemradio',
            'aria-checked': item.isChecked === undefined ? undefined : String(item.isChecked),
            class: item.isDangerous ? 'menu-item dangerous' : 'menu-item',
            tabindex: -1,
            onclick: () => {
              close(true);
              item.onChoose();
            },
          },
          ...item.content,
        ),
      ),
    );
    hide = float(toggle, list, options);
    toggle.setAttribute('aria-expanded', 'true');
    const checked = list.querySelector<HTMLElement>('[aria-checked="true"]');
    (checked ?? list.querySelector('button'))?.focus();
  };

  toggle.addEventListener('click', () => (hide === undefined ? open() : close(true)));
  moveByArrows(list, '.menu-item');
  holder.addEventListener('keydown', (event) => {
    if (hide === undefined || (event.key !== 'Escape' && event.key !== 'Tab')) return;
    event.stopPropagation();
    if (event.key === 'Escape') event.preventDefault();
    close(true);
  });
  holder.addEventListener('focusout', (event) => {
    if (!holder.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null)) close(false);
  });
  return holder;
}
