import type { PageWorkspace } from '../../page-protocol.ts';
import { h, svg } from '../dom.ts';

const COLOURS = 4;

const initialsOf = (name: string): string =>
  name
    .split(' ')
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();

/** A square with initials; the app has its own mark. Decorative: the name stands beside it. */
export function avatar(userId: string, workspace: PageWorkspace): HTMLElement {
  if (userId === workspace.app.userId) {
    const mark = svg('svg', { viewBox: '0 0 32 32' }, svg('path', { d: 'M7 20l6-7 4 4 8-9' }));
    return h('span', { class: 'avatar app', 'aria-hidden': 'true' }, mark);
  }
  const at = workspace.people.findIndex((person) => person.id === userId);
  const name = workspace.people[at]?.realName ?? 'Slackbot';
  return h(
    'span',
    { class: `avatar person-${at < 0 ? 'none' : at % COLOURS}`, 'aria-hidden': 'true' },
    initialsOf(name),
  );
}

export function nameOf(userId: string, workspace: PageWorkspace): string {
  if (userId === workspace.app.userId) return workspace.app.name;
  return workspace.people.find((person) => person.id === userId)?.realName ?? 'Slackbot';
}
