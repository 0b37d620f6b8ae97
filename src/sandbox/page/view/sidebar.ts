import type { PageChannel } from '../../page-protocol.ts';
import { h } from '../dom.ts';
import { HOME, type Store } from '../store.ts';
import { avatar } from './avatar.ts';

const ICONS = { channel: '#', group: '🔒', im: '' } as const;

function place(store: Store, id: string, label: readonly (Node | string)[], onOpen: () => void): HTMLElement {
  const isHere = store.place === id;
  const isUnread = store.unread.has(id);
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        class: `place${isHere ? ' here' : ''}${isUnread ? ' unread' : ''}`,
        'aria-current': isHere ? 'page' : undefined,
        onclick: () => {
          onOpen();
          void store.open(id);
        },
      },
      ...label,
      isUnread && h('span', { class: 'visually-hidden' }, ' unread'),
    ),
  );
}

const channelLabel = (channel: PageChannel): (Node | string)[] => [
  h('span', { class: 'sigil', 'aria-hidden': 'true' }, ICONS[channel.kind]),
  h('span', { class: 'place-name' }, channel.name),
  ...(channel.isArchived ? [h('small', {}, 'archived')] : []),
];

function switcher(store: Store): HTMLElement {
  const { viewer, people } = store.workspace;
  const select = h('select', { id: 'acting', 'aria-label': 'Act as' });
  for (const person of people) {
    const label = `${person.realName} · ${person.role}`;
    select.append(h('option', { value: person.id, selected: person.id === viewer.id }, label));
  }
  select.addEventListener('change', () => void store.actAs(select.value));
  return h(
    'div',
    { class: 'switcher' },
    avatar(viewer.id, store.workspace),
    h('div', { class: 'switcher-words' }, h('small', {}, `You act as · ${viewer.title}`), select),
  );
}

/** Channels, the app, and who you are. `onOpen` lets a narrow screen close it. */
export function drawSidebar(store: Store, onOpen: () => void): HTMLElement[] {
  const { workspace } = store;
  const shared = workspace.channels.filter((channel) => channel.kind !== 'im');
  const own = workspace.channels.filter((channel) => channel.kind === 'im');
  const app = (words: string) => [avatar(workspace.app.userId, workspace), h('span', { class: 'place-name' }, words)];
  return [
    h('div', { class: 'team' }, workspace.teamName, h('small', {}, 'local workspace')),
    h('h2', {}, 'Channels'),
    h('ul', {}, ...shared.map((channel) => place(store, channel.id, channelLabel(channel), onOpen))),
    h('h2', {}, 'Apps'),
    h(
      'ul',
      {},
      place(store, HOME, app(`${workspace.app.name} Home`), onOpen),
      ...own.map((channel) => place(store, channel.id, app(`${workspace.app.name} messages`), onOpen)),
    ),
    switcher(store),
  ];
}
