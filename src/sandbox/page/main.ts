import './style/base.css';
import './style/controls.css';
import './style/layout.css';
import './style/messages.css';
import './style/composer.css';
import './style/blocks.css';
import './style/elements.css';
import './style/data.css';
import './style/modal.css';
import './style/inspector.css';
import { icon } from './controls/icons.ts';
import { keepingFocus } from './controls/keep-focus.ts';
import { moveByArrows } from './controls/roving.ts';
import { h } from './dom.ts';
import { HOME, Store } from './store.ts';
import { createInspectorPane } from './view/inspector-pane.ts';
import { openJump } from './view/jump.ts';
import { createMainPane } from './view/main-pane.ts';
import { createModals } from './view/modal.ts';
import { drawSidebar } from './view/sidebar.ts';
import { applyTheme } from './view/theme.ts';
import { createThreadPane } from './view/thread-pane.ts';
import { createToasts } from './view/toast.ts';

applyTheme();
const toasts = createToasts();
const store = new Store(toasts.show);
const sidebar = h('nav', { class: 'sidebar', 'aria-label': 'Workspace' });
const setMenu = (isOpen: boolean) => {
  document.body.classList.toggle('menu-open', isOpen);
  if (isOpen) sidebar.querySelector<HTMLElement>('[aria-current]')?.focus();
};
const closeMenu = () => setMenu(false);
const main = createMainPane(store, () => setMenu(!document.body.classList.contains('menu-open')));
const thread = createThreadPane(store);
const inspector = createInspectorPane(store);
const drawModals = createModals(store);
const shade = h('div', { class: 'shade', onclick: closeMenu });
const jump = h(
  'button',
  { class: 'jump-button', type: 'button', onclick: () => openJump(store) },
  icon('search'),
  'Jump to…',
  h('kbd', {}, 'Ctrl K'),
);
moveByArrows(sidebar, '.place');

let drawnFor = '';
store.onChange((part) => {
  if (part === 'workspace') keepingFocus(sidebar, () => sidebar.replaceChildren(...drawSidebar(store, closeMenu)));
  if (part === 'members') keepingFocus(main.element, main.drawHead);
  if (part === 'messages') {
    const key = `${store.viewerId} ${store.place}`;
    if (key !== drawnFor) main.reset();
    drawnFor = key;
    main.refresh();
  }
  if (part === 'home' && store.place === HOME) main.refresh();
  if (part === 'thread') thread.refresh();
  if (part === 'inspector') void inspector.refresh();
  if (part === 'views') drawModals();
});

document
  .getElementById('app')
  ?.append(h('header', { class: 'topbar' }, jump), sidebar, main.element, thread.element, inspector.element, shade);
document.body.append(toasts.element);
addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    openJump(store);
  }
  if (event.key !== 'Escape' || document.querySelector('dialog') !== null) return;
  if (document.body.classList.contains('menu-open')) closeMenu();
  else if (store.inspected !== undefined) store.inspect(undefined);
  else if (store.thread !== undefined) store.closeThread();
});

store.start().catch(() => toasts.show('The workspace does not answer. Is it still running?'));
