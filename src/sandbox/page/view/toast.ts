import { icon } from '../controls/icons.ts';
import { h } from '../dom.ts';

const SHOWN_MS = 6000;

/** Short notices at the bottom, above any modal; announced to screen readers. */
export function createToasts(): { element: HTMLElement; show(text: string): void } {
  const element = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite', popover: 'manual' });
  return {
    element,
    show(text) {
      const dismiss = () => {
        toast.remove();
        if (element.childElementCount === 0 && element.matches(':popover-open')) element.hidePopover();
      };
      const toast = h(
        'div',
        { class: 'toast' },
        h('span', {}, text),
        h('button', { class: 'icon-button', type: 'button', 'aria-label': 'Dismiss', onclick: dismiss }, icon('close')),
      );
      // Opened anew each time: whatever opened last is on top of the others.
      if (element.matches(':popover-open')) element.hidePopover();
      element.showPopover();
      element.append(toast);
      setTimeout(dismiss, SHOWN_MS);
    },
  };
}
