import { icon } from '../controls/icons.ts';
import { type Child, h } from '../dom.ts';
import { HOME, type Store } from '../store.ts';
import { avatar } from './avatar.ts';

interface Destination {
  name: string;
  mark: Child;
  go(): void;
}

function destinations(store: Store): Destination[] {
  const { app, channels, people } = store.workspace;
  const toApp = (name: string, place: string) => ({
    name,
    mark: avatar(app.userId, store.workspace),
    go: () => void store.open(place),
  });
  return [
    ...channels
      .filter(({ kind }) => kind !== 'im')
      .map(({ id, name, kind }) => ({
        name,
        mark: icon(kind === 'group' ? 'lock' : 'hash'),
        go: () => void store.open(id),
      })),
    toApp(`${app.name} Home`, HOME),
    toApp(`${app.name} messages`, store.directMessage?.id ?? HOME),
    ...people
      .filter(({ id }) => id !== store.viewerId)
      .map(({ id, realName }) => ({
        name: `Become ${realName}`,
        mark: avatar(id, store.workspace),
        go: () => void store.actAs(id),
      })),
  ];
}

/** The quick switcher of Ctrl+K: type a few letters, go there. */
export function openJump(store: Store): void {
  if (document.querySelector('dialog') !== null) return;
  const all = destinations(store);
  const box = h('input', {
    type: 'text',
    class: 'jump-box',
    role: 'combobox',
    placeholder: 'Where to?',
    'aria-label': 'Jump to',
    'aria-expanded': 'true',
    'aria-controls': 'jump-list',
    'aria-autocomplete': 'list',
  });
  const list = h('div', { class: 'jump-list', id: 'jump-list', role: 'listbox', 'aria-label': 'Places' });
  const dialog = h(
    'dialog',
    { class: 'jump', 'aria-label': 'Jump to' },
    h('div', { class: 'jump-head' }, icon('search'), box),
    list,
  );
  let found: Destination[] = [];
  let at = 0;

  const leave = () => {
    dialog.close();
    dialog.remove();
  };
  const go = (index: number) => {
    const destination = found[index];
    if (destination === undefined) return;
    leave();
    destination.go();
  };
  const draw = () => {
    const items = found.map(({ name, mark }, index) =>
      h(
        'div',
        {
          class: index === at ? 'option active' : 'option',
          role: 'option',
          id: `jump-${index}`,
          'aria-selected': String(index === at),
          onclick: () => go(index),
        },
        mark,
        name,
      ),
    );
    list.replaceChildren(...items);
    box.setAttribute('aria-activedescendant', `jump-${at}`);
    items[at]?.scrollIntoView({ block: 'nearest' });
  };
  const look = () => {
    const wanted = box.value.trim().toLowerCase().replace(/^#/, '');
    found = all.filter(({ name }) => name.toLowerCase().includes(wanted));
    at = 0;
    draw();
  };
  box.addEventListener('input', look);
  box.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      at = (at + step + found.length) % found.length;
      draw();
    } else if (event.key === 'Enter') go(at);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener('cancel', leave);
  dialog.addEventListener('click', (event) => event.target === dialog && leave());
  document.body.append(dialog);
  dialog.showModal();
  look();
}
