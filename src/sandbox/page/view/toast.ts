import { h } from '../dom.ts';

const SHOWN_MS = 6000;

/** Short notices at the bottom; announced to screen readers. */
export function createToasts(): { element: HTMLElement; show(text: string): void } {
  const element = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
  return {
    element,
    show(text) {
      const toast = h('div', { class: 'toast' }, text);
      element.append(toast);
      setTimeout(() => toast.remove(), SHOWN_MS);
    },
  };
}
