import { icon } from '../controls/icons.ts';
import { menuButton } from '../controls/menu.ts';
import { h } from '../dom.ts';
import type { Store } from '../store.ts';
import { avatar } from './avatar.ts';

const ROLES = { admin: 'Admin', approver: 'Approver', analyst: 'Analyst', viewer: 'Viewer' } as const;

/** Who one is in the workspace, and how to become somebody else. */
export function personSwitcher(store: Store): HTMLElement {
  const { viewer, people } = store.workspace;
  const toggle = h(
    'button',
    {
      class: 'switcher',
      type: 'button',
      'data-key': 'switcher',
    },
    avatar(viewer.id, store.workspace),
    h('span', { class: 'visually-hidden' }, 'You are '),
    h('span', { class: 'switcher-words' }, h('strong', {}, viewer.realName), h('small', {}, ROLES[viewer.role])),
    icon('chevron'),
    h('span', { class: 'visually-hidden' }, '. Switch person'),
  );
  const items = () =>
    people.map((person) => ({
      content: [
        avatar(person.id, store.workspace),
        h(
          'span',
          { class: 'option-words' },
          person.realName,
          h('small', {}, `${ROLES[person.role]} · ${person.title}`),
        ),
        person.id === viewer.id && icon('check'),
      ],
      isChecked: person.id === viewer.id,
      onChoose: () => void store.actAs(person.id),
    }));
  return menuButton(toggle, 'Switch person', items, { prefer: 'above', matchWidth: true });
}
