import { blocks } from '../blocks/index.ts';
import { icon } from '../controls/icons.ts';
import { moveByArrows } from '../controls/roving.ts';
import { h } from '../dom.ts';
import { HOME, type Store } from '../store.ts';
import { avatar } from './avatar.ts';
import { createComposer } from './composer.ts';
import { startEditing } from './editing.ts';
import { createMessageList } from './message-list.ts';
import { viewSurface } from './surfaces.ts';

export interface Pane {
  element: HTMLElement;
  /** The place changed: a new title, a new composer. */
  reset(): void;
  /** The messages changed. */
  refresh(): void;
  /** Shows who is in the channel by now. */
  drawHead(): void;
}

/** A channel's messages, or the app's Home. */
export function createMainPane(store: Store, onMenu: () => void): Pane {
  const header = h('header', { class: 'pane-header' });
  const foot = h('div', { class: 'foot' });
  const list = createMessageList(store, 'Messages', false);
  const menu = h(
    'button',
    { class: 'icon-button menu', type: 'button', 'aria-label': 'Channels', onclick: onMenu },
    icon('menu'),
  );

  const drawHome = () => {
    const { home, app } = store.workspace;
    list.showInstead(
      home === null
        ? h('p', { class: 'empty' }, `${app.name} has not put anything here yet.`)
        : h('div', { class: 'home' }, blocks(home.blocks, viewSurface(store, home))),
    );
  };
  const drawHead = () => header.replaceChildren(menu, ...headOf(store));
  const element = h('main', { class: 'main' }, header, list.element, foot);
  return {
    element,
    drawHead,
    reset() {
      drawHead();
      foot.replaceChildren(...footOf(store, list.pin));
      list.pin();
    },
    refresh() {
      if (store.place === HOME) drawHome();
      else list.show(`${store.viewerId} ${store.place}`, store.messages, store.newSince);
    },
  };
}

function headOf(store: Store): HTMLElement[] {
  const { channel } = store;
  const { app } = store.workspace;
  if (channel === undefined || channel.kind === 'im') {
    const title = h('h1', {}, avatar(app.userId, store.workspace), app.name, h('span', { class: 'badge' }, 'APP'));
    return [h('div', { class: 'pane-title' }, title), appTabs(store)];
  }
  const members = channel.memberCount === 1 ? '1 member' : `${channel.memberCount} members`;
  return [
    h(
      'div',
      { class: 'pane-title' },
      h('h1', {}, icon(channel.kind === 'group' ? 'lock' : 'hash'), channel.name),
      h('p', {}, channel.topic),
    ),
    h('span', { class: 'members' }, channel.hasApp ? members : `${members} · ${app.name} is not among them`),
  ];
}

/** The app's two places: its Home and the messages with it. */
function appTabs(store: Store): HTMLElement {
  const places = [
    { id: HOME, label: 'Home' },
    { id: store.directMessage?.id ?? '', label: 'Messages' },
  ];
  const tabs = h(
    'nav',
    { class: 'tabs', 'aria-label': store.workspace.app.name },
    ...places.map(({ id, label }) =>
      h(
        'button',
        {
          type: 'button',
          class: 'tab',
          'aria-current': store.place === id ? 'page' : undefined,
          onclick: () => void store.open(id),
        },
        label,
      ),
    ),
  );
  moveByArrows(tabs, '.tab', { before: 'ArrowLeft', after: 'ArrowRight' });
  return tabs;
}

function footOf(store: Store, onSend: () => void): HTMLElement[] {
  const { channel } = store;
  if (channel === undefined) return [];
  if (channel.isArchived)
    return [h('p', { class: 'archived' }, `#${channel.name} is archived: nobody can write here.`)];
  const name = channel.kind === 'im' ? store.workspace.app.name : `#${channel.name}`;
  return [
    createComposer(store, {
      key: `${store.viewerId} ${channel.id}`,
      label: `Message ${name}`,
      placeholder: `Message ${name}`,
      send: (text, files) => {
        onSend();
        if (files.length > 0) return store.share({ channel: channel.id, text }, files);
        return store.do({ do: 'say', channel: channel.id, text });
      },
      editLast: () => editLast(store, store.messages),
    }),
  ];
}

/** Opens one's latest message for changing; false where there is none. */
export function editLast(store: Store, messages: Store['messages']): boolean {
  const last = messages.findLast((message) => message.user === store.viewerId && !message.isEphemeral);
  if (last === undefined) return false;
  startEditing(last, store);
  return true;
}
