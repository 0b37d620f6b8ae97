/** Buttons, menus and pickers: elements that act at once. */
import { h, type Json, record, records, text, wordsOf } from '../dom.ts';
import { withEmoji } from '../text/emoji.ts';
import { confirmed } from './confirm.ts';
import { input } from './inputs.ts';
import type { Surface } from './surface.ts';

const ICONS: Record<string, string> = { trash: '🗑', pencil: '✎', refresh: '↻' };

/** An interactive element as a control. */
export function element(block: Json, one: Json, surface: Surface): HTMLElement {
  switch (one.type) {
    case 'button':
    case 'workflow_button':
      return button(block, one, surface);
    case 'icon_button':
      return iconButton(block, one, surface);
    case 'feedback_buttons':
      return feedback(block, one, surface);
    case 'overflow':
      return overflow(block, one, surface);
    default:
      return input(block, one, surface, (value) => {
        void confirmed(one, surface.names).then((isSure) => (isSure ? surface.use(block, one, value) : undefined));
      });
  }
}

/** Runs a press once at a time, showing that it is under way. */
function pressing(control: HTMLButtonElement, one: Json, surface: Surface, press: () => Promise<void>): () => void {
  return () => {
    if (control.getAttribute('aria-busy') === 'true') return;
    void confirmed(one, surface.names).then(async (isSure) => {
      if (!isSure) return;
      control.setAttribute('aria-busy', 'true');
      await press();
      control.removeAttribute('aria-busy');
    });
  };
}

function button(block: Json, one: Json, surface: Surface): HTMLElement {
  const style = one.style === 'primary' || one.style === 'danger' ? ` ${one.style}` : '';
  const control = h(
    'button',
    { class: `button${style}`, type: 'button', 'aria-label': text(one.accessibility_label) || undefined },
    withEmoji(wordsOf(one.text)),
  );
  const press = pressing(control, one, surface, () => surface.use(block, one));
  control.addEventListener('click', () => {
    if (/^https?:/i.test(text(one.url))) window.open(text(one.url), '_blank', 'noopener,noreferrer');
    press();
  });
  return control;
}

function iconButton(block: Json, one: Json, surface: Surface): HTMLElement {
  const label = text(one.accessibility_label) || wordsOf(one.text);
  const control = h(
    'button',
    { class: 'icon-button', type: 'button', 'aria-label': label, title: label },
    ICONS[text(one.icon)] ?? '•',
  );
  control.addEventListener(
    'click',
    pressing(control, one, surface, () => surface.use(block, one)),
  );
  return control;
}

function feedback(block: Json, one: Json, surface: Surface): HTMLElement {
  const half = (key: 'positive' | 'negative', icon: string): HTMLElement => {
    const shown = record(one[`${key}_button`]);
    const label = text(shown.accessibility_label) || wordsOf(shown.text);
    const control = h('button', { class: 'icon-button', type: 'button', 'aria-label': label, title: label }, icon);
    control.addEventListener('click', () => {
      void surface.use(block, one, key).then(() => control.setAttribute('aria-pressed', 'true'));
    });
    return control;
  };
  return h('span', { class: 'feedback' }, half('positive', '👍'), half('negative', '👎'));
}

/** A “more” menu: a native popover list, reachable by keyboard. */
function overflow(block: Json, one: Json, surface: Surface): HTMLElement {
  const menu = h('menu', { class: 'overflow-menu', hidden: true });
  const toggle = h(
    'button',
    { class: 'button overflow', type: 'button', 'aria-haspopup': 'menu', 'aria-label': 'More actions' },
    '⋯',
  );
  const show = (isOpen: boolean) => {
    menu.hidden = !isOpen;
    toggle.setAttribute('aria-expanded', String(isOpen));
  };
  for (const option of records(one.options)) {
    const item = h('button', { type: 'button', role: 'menuitem' }, withEmoji(wordsOf(option.text)));
    item.addEventListener('click', () => {
      show(false);
      void confirmed(one, surface.names).then((isSure) =>
        isSure ? surface.use(block, one, text(option.value)) : undefined,
      );
    });
    menu.append(h('li', {}, item));
  }
  toggle.addEventListener('click', () => {
    show(menu.hidden !== false);
    menu.querySelector('button')?.focus();
  });
  const holder = h('span', { class: 'overflow-holder' }, toggle, menu);
  holder.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || menu.hidden !== false) return;
    event.stopPropagation();
    show(false);
    toggle.focus();
  });
  holder.addEventListener('focusout', (event) => {
    if (!holder.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null)) show(false);
  });
  return holder;
}
