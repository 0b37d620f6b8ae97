import type { PageChannel } from '../../page-protocol.ts';
import { icon } from '../controls/icons.ts';
import { type Child, h } from '../dom.ts';
import { HOME, type Store } from '../store.ts';
import { avatar } from './avatar.ts';
import { personSwitcher } from './person-switcher.ts';
import { themeButton } from './theme.ts';

interface PlaceParts {
  id: string;
  label: readonly Child[];
  channel?: PageChannel | undefined;
}

function place(store: Store, { id, label, channel }: PlaceParts, onOpen: () => void): HTMLElement {
  const isHere = store.place === id;
  const mentions = channel?.mentions ?? 0;
  const isUnread = (channel?.unread ?? 0) > 0;
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        class: `place${isHere ? ' here' : ''}${isUnread ? ' unread' : ''}`,
        'aria-current': isHere ? 'page' : undefined,
        'data-key': `place ${id}`,
        onclick: () => {
          onOpen();
          void store.open(id);
        },
      },
      ...label,
      mentions > 0 && h('span', { class: 'count', 'aria-hidden': 'true' }, String(mentions)),
      isUnread && h('span', { class: 'visually-hidden' }, mentions > 0 ? ` ${mentions} unread for you` : ' unread'),
    ),
  );
}

const channelLabel = (channel: PageChannel): Child[] => [
  icon(channel.kind === 'group' ? 'lock' : 'hash'),
  h('span', { class: 'place-name' }, channel.name),
  channel.isArchived && h('small', {}, 'archived'),
];

const group = (name: string, ...places: readonly HTMLElement[]): HTMLElement =>
  h('section', {}, h('h2', {}, name), h('ul', {}, ...places));

/** Channels, the app, and who you are. `onOpen` lets a narrow screen close it. */
export function drawSidebar(store: Store, onOpen: () => void): HTMLElement[] {
  const { workspace } = store;
  const { app } = workspace;
  const shared = workspace.channels.filter((channel) => channel.kind !== 'im');
  const own = workspace.channels.filter((channel) => channel.kind === 'im');
  const appLabel = (): Child[] => [avatar(app.userId, workspace), h('span', { class: 'place-name' }, app.name)];
  return [
    h('div', { class: 'team' }, h('strong', {}, workspace.teamName), h('small', {}, 'A workspace on this machine')),
    h(
      'div',
      { class: 'places' },
      group(
        'Channels',
        ...shared.map((channel) => place(store, { id: channel.id, label: channelLabel(channel), channel }, onOpen)),
      ),
      group(
        'Direct messages',
        ...own.map((channel) => place(store, { id: channel.id, label: appLabel(), channel }, onOpen)),
      ),
      group(
        'Apps',
        place(
          store,
          { id: HOME, label: [icon('home'), h('span', { class: 'place-name' }, `${app.name} Home`)] },
          onOpen,
        ),
      ),
    ),
    h('div', { class: 'me' }, personSwitcher(store), themeButton()),
  ];
}
