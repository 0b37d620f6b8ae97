import { blocks } from '../blocks/index.ts';
import { h } from '../dom.ts';
import { HOME, type Store } from '../store.ts';
import { createComposer } from './composer.ts';
import { drawMessages } from './message.ts';
import { viewSurface } from './surfaces.ts';

const NEAR_END_PX = 120;

export interface Pane {
  element: HTMLElement;
  /** The place changed: a new title, a new composer. */
  reset(): void;
  /** The messages changed. */
  refresh(): void;
}

/** A channel's messages, or the app's Home. */
export function createMainPane(store: Store, onMenu: () => void): Pane {
  const title = h('div', { class: 'pane-title' });
  const menu = h(
    'button',
    { class: 'icon-button menu', type: 'button', 'aria-label': 'Channels', onclick: onMenu },
    '☰',
  );
  const list = h('div', { class: 'messages', role: 'log', 'aria-label': 'Messages', tabindex: 0 });
  const foot = h('div', { class: 'foot' });
  let place = '';
  /** Whether the newest message stays in view: while somebody reads at the end, and after they write. */
  let isPinned = true;
  list.addEventListener('scroll', () => {
    isPinned = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
  });

  const drawHome = () => {
    const { home, app } = store.workspace;
    list.replaceChildren(
      home === null
        ? h('p', { class: 'empty' }, `${app.name} has not put anything here yet.`)
        : h('div', { class: 'home' }, blocks(home.blocks, viewSurface(store, home))),
    );
  };

  const refresh = () => {
    if (store.place === HOME) return drawHome();
    const isNew = place !== store.place;
    const before = list.scrollTop;
    const drawn = drawMessages(store.messages, store, false);
    list.replaceChildren(...(drawn.length > 0 ? drawn : [h('p', { class: 'empty' }, 'No messages here yet.')]));
    place = store.place;
    list.scrollTop = isNew || isPinned ? list.scrollHeight : before;
  };

  const reset = () => {
    const { channel } = store;
    const { app } = store.workspace;
    const isIm = channel?.kind === 'im';
    const name = store.place === HOME ? `${app.name} Home` : isIm ? app.name : `# ${channel?.name ?? ''}`;
    const about = store.place === HOME ? '' : isIm ? 'Direct messages with the app' : (channel?.topic ?? '');
    title.replaceChildren(h('h1', {}, name), h('p', {}, about));
    isPinned = true;
    foot.replaceChildren(
      ...footOf(store, () => {
        isPinned = true;
      }),
    );
  };

  const element = h('main', { class: 'main' }, h('header', { class: 'pane-header' }, menu, title), list, foot);
  return { element, reset, refresh };
}

function footOf(store: Store, onSend: () => void): HTMLElement[] {
  const { channel } = store;
  if (channel === undefined) return [];
  if (channel.isArchived) return [h('p', { class: 'archived' }, 'This channel is archived.')];
  const name = channel.kind === 'im' ? store.workspace.app.name : `#${channel.name}`;
  return [
    createComposer(store, {
      label: `Message ${name}`,
      placeholder: `Message ${name}, or try /seepass help`,
      send: (text) => {
        onSend();
        return store.do({ do: 'say', channel: channel.id, text });
      },
    }),
  ];
}
