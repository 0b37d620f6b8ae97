import type { PageMessage } from '../../page-protocol.ts';
import type { Store } from '../store.ts';

/** From the list, arrows step from message to message, and `t` opens the thread of the one in focus. */
export function moveAmongMessages(element: HTMLElement, store: Store, list: () => readonly PageMessage[]): void {
  element.addEventListener('keydown', (event) => {
    const { target } = event;
    const isOnMessage = target instanceof HTMLElement && target.matches('.message');
    if (target !== element && !isOnMessage) return;
    const articles = [...element.querySelectorAll<HTMLElement>('.message')];
    const at = isOnMessage ? articles.indexOf(target) : articles.length;
    if (event.key === 'ArrowUp') articles[Math.max(0, at - 1)]?.focus();
    else if (event.key === 'ArrowDown' && isOnMessage) articles[Math.min(articles.length - 1, at + 1)]?.focus();
    else if (event.key === 't' && isOnMessage) {
      const message = list().find((one) => one.ts === target.dataset.ts);
      if (message !== undefined && !message.isEphemeral) void store.openThread(message);
    } else return;
    event.preventDefault();
  });
}
