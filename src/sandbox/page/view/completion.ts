/** What could be meant by what is being typed: a command, a person, a channel, an emoji. */

import { icon } from '../controls/icons.ts';
import type { Child } from '../dom.ts';
import { h } from '../dom.ts';
import type { Store } from '../store.ts';
import { EMOJI_NAMES, emoji } from '../text/emoji.ts';
import { avatar } from './avatar.ts';

export interface Completion {
  /** The whole text up to the caret, once taken. */
  insert: string;
  mark: Child;
  title: string;
  detail: string;
}

type Finder = (start: string, store: Store) => Completion[];

const MOST = 8;

export function complete(typed: string, store: Store): Completion[] {
  if (/^\/[^\n]*$/.test(typed)) return commands(typed, store);
  const word = /(?:^|[\s(])([@#:])([\w+-]*)$/.exec(typed);
  if (word === null) return [];
  const [, sigil, start = ''] = word;
  const before = typed.slice(0, typed.length - start.length - 1);
  return (FINDERS[sigil ?? '']?.(start.toLowerCase(), store) ?? [])
    .slice(0, MOST)
    .map((one) => ({ ...one, insert: `${before}${one.insert} ` }));
}

/** Commands that what was typed may become; then those it is a use of, to remind of what may follow. */
function commands(typed: string, { workspace }: Store): Completion[] {
  const possible = workspace.commands.filter(({ command }) => command.startsWith(typed));
  const begun = workspace.commands
    .filter(({ command }) => typed.startsWith(`${command} `))
    .sort((one, other) => other.command.length - one.command.length);
  return [...possible, ...begun.slice(0, 1)].slice(0, MOST).map(({ command, hint, description }) => ({
    insert: typed.length > command.length ? typed : `${command} `,
    mark: avatar(workspace.app.userId, workspace),
    title: hint === '' ? command : `${command} ${hint}`,
    // An app's own help may mark examples; a line of plain words shows the marks.
    detail: description.replaceAll('`', ''),
  }));
}

const startsWith = (name: string, start: string): boolean =>
  name
    .toLowerCase()
    .split(/\s/)
    .some((part) => part.startsWith(start)) || name.toLowerCase().startsWith(start);

function people(start: string, { workspace }: Store): Completion[] {
  const { app } = workspace;
  const known = [
    { id: app.userId, name: app.name, detail: 'App' },
    ...workspace.people.map(({ id, realName, title }) => ({ id, name: realName, detail: title })),
  ];
  return known
    .filter(({ name }) => startsWith(name, start))
    .map(({ id, name, detail }) => ({ insert: `@${name}`, mark: avatar(id, workspace), title: name, detail }));
}

const channels = (start: string, { workspace }: Store): Completion[] =>
  workspace.channels
    .filter(({ kind, name }) => kind !== 'im' && name.startsWith(start))
    .map(({ kind, name, topic }) => ({
      insert: `#${name}`,
      mark: icon(kind === 'group' ? 'lock' : 'hash'),
      title: name,
      detail: topic,
    }));

const emojis = (start: string): Completion[] =>
  start.length < 2
    ? []
    : EMOJI_NAMES.filter((name) => name.includes(start))
        .sort((one, other) => Number(other.startsWith(start)) - Number(one.startsWith(start)))
        .map((name) => ({
          insert: `:${name}:`,
          mark: h('span', {}, emoji(name)),
          title: `:${name}:`,
          detail: '',
        }));

const FINDERS: Readonly<Record<string, Finder>> = { '@': people, '#': channels, ':': emojis };
