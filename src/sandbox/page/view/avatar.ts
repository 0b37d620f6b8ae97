import type { PageWorkspace } from '../../page-protocol.ts';
import { h } from '../dom.ts';

const initialsOf = (name: string): string =>
  name
    .split(' ')
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();

/** A square with initials; the app has its own mark. Decorative: the name stands beside it. */
export function avatar(userId: string, workspace: PageWorkspace): HTMLElement {
  if (userId === workspace.app.userId) return h('span', { class: 'avatar app', 'aria-hidden': 'true' }, 'S');
  const at = workspace.people.findIndex((person) => person.id === userId);
  const name = workspace.people[at]?.realName ?? 'Slackbot';
  return h('span', { class: `avatar person-${at < 0 ? 'none' : at % 6}`, 'aria-hidden': 'true' }, initialsOf(name));
}
