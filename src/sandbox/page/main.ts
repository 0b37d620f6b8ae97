import './style/base.css';
import './style/layout.css';
import './style/messages.css';
import './style/blocks.css';
import './style/modal.css';
import { h } from './dom.ts';
import { HOME, Store } from './store.ts';
import { createMainPane } from './view/main-pane.ts';
import { createModals } from './view/modal.ts';
import { drawSidebar } from './view/sidebar.ts';
import { createThreadPane } from './view/thread-pane.ts';
import { createToasts } from './view/toast.ts';

const toasts = createToasts();
const store = new Store(toasts.show);
const sidebar = h('nav', { class: 'sidebar', 'aria-label': 'Channels' });
const closeMenu = () => document.body.classList.remove('menu-open');
const main = createMainPane(store, () => document.body.classList.toggle('menu-open'));
const thread = createThreadPane(store);
const drawModals = createModals(store);
const shade = h('div', { class: 'shade', onclick: closeMenu });

let drawnFor = '';
store.onChange((part) => {
  if (part === 'workspace') sidebar.replaceChildren(...drawSidebar(store, closeMenu));
  if (part === 'workspace' || part === 'messages') {
    const key = `${store.viewerId} ${store.place}`;
    if (key !== drawnFor) main.reset();
    drawnFor = key;
    main.refresh();
  }
  if (part === 'home' && store.place === HOME) main.refresh();
  if (part === 'thread') thread.refresh();
  if (part === 'views') drawModals();
});

document.getElementById('app')?.append(sidebar, main.element, thread.element, shade, toasts.element);
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && document.querySelector('dialog') === null && store.thread) store.closeThread();
});

store.start().catch(() => toasts.show('The workspace does not answer. Is it still running?'));
