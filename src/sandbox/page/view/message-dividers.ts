/** Lines between messages. */
import { h } from '../dom.ts';

const line = (className: string, words: string, label = words): HTMLElement =>
  h('div', { class: className, role: 'separator', 'aria-label': label }, h('span', {}, words));

export const dayDivider = (name: string): HTMLElement => line('day', name);
export const newDivider = (): HTMLElement => line('new-since', 'New', 'New messages');
export const replyDivider = (count: number): HTMLElement =>
  line('reply-count', count === 1 ? '1 reply' : `${count} replies`);
