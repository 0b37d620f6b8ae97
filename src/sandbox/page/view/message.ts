import type { PageMessage } from '../../page-protocol.ts';
import { blocks } from '../blocks/index.ts';
import { h, text } from '../dom.ts';
import type { Store } from '../store.ts';
import { emoji } from '../text/emoji.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { namesOf } from '../text/names.ts';
import { clockTime, dayKey, dayName, fullTime } from '../text/time.ts';
import { avatar } from './avatar.ts';
import { messageSurface } from './surfaces.ts';

const GROUP_SECONDS = 300;

function authorOf(message: PageMessage, store: Store): string {
  const { app, people } = store.workspace;
  if (message.user === app.userId) return app.name;
  return people.find((person) => person.id === message.user)?.realName ?? 'Slackbot';
}

function body(message: PageMessage, store: Store): HTMLElement {
  const hasBlocks = message.blocks !== undefined && message.blocks.length > 0;
  const shown = hasBlocks
    ? blocks(message.blocks ?? [], messageSurface(store, message))
    : h('div', { class: 'words' }, ...mrkdwn(message.text, namesOf(store.workspace)));
  if (message.edited !== undefined && message.user !== store.workspace.app.userId) {
    shown.append(h('small', { class: 'edited' }, ' (edited)'));
  }
  return shown;
}

const files = (message: PageMessage): HTMLElement[] =>
  (message.files ?? []).map((file) =>
    text(file.mimetype).startsWith('image/')
      ? h('figure', { class: 'image' }, h('img', { src: text(file.url_private), alt: text(file.title) }))
      : h('a', { class: 'file', href: text(file.url_private), download: text(file.name) }, text(file.title)),
  );

const reactions = (message: PageMessage): HTMLElement =>
  h(
    'div',
    { class: 'reactions' },
    ...(message.reactions ?? []).map(({ name, count }) => h('span', {}, `${emoji(name)} ${count}`)),
  );

function replyBar(message: PageMessage, store: Store): HTMLElement | undefined {
  if (!message.reply_count) return undefined;
  const zone = store.workspace.viewer.timezone;
  const count = message.reply_count === 1 ? '1 reply' : `${message.reply_count} replies`;
  return h(
    'button',
    { class: 'reply-bar', type: 'button', onclick: () => void store.openThread(message) },
    ...(message.reply_users ?? []).slice(0, 3).map((user) => avatar(user, store.workspace)),
    h('strong', {}, count),
    h('span', {}, `Last reply ${clockTime(message.latest_reply ?? message.ts, zone)}`),
  );
}

function drawMessage(
  message: PageMessage,
  store: Store,
  options: { isGrouped: boolean; inThread: boolean },
): HTMLElement {
  const { workspace } = store;
  const zone = workspace.viewer.timezone;
  const time = h('time', { title: fullTime(message.ts, zone) }, clockTime(message.ts, zone));
  const isApp = message.user === workspace.app.userId;
  const reply =
    !options.inThread &&
    !message.isEphemeral &&
    h(
      'button',
      {
        class: 'message-reply',
        type: 'button',
        'aria-label': 'Reply in thread',
        onclick: () => void store.openThread(message),
      },
      '↩',
      h('span', {}, ' Reply in thread'),
    );
  return h(
    'article',
    {
      class: `message${options.isGrouped ? ' grouped' : ''}${message.isEphemeral ? ' ephemeral' : ''}`,
      'data-ts': message.ts,
    },
    h('div', { class: 'gutter' }, options.isGrouped ? time : avatar(message.user, workspace)),
    h(
      'div',
      { class: 'content' },
      message.isEphemeral && h('div', { class: 'only-you' }, '👁 Only visible to you'),
      !options.isGrouped &&
        h(
          'header',
          {},
          h('strong', { class: 'author' }, authorOf(message, store)),
          isApp && h('span', { class: 'badge' }, 'APP'),
          time,
        ),
      body(message, store),
      ...files(message),
      message.reactions !== undefined && reactions(message),
      !options.inThread && replyBar(message, store),
    ),
    reply,
  );
}

/** Messages in order, with a divider at each day and neighbours by the same author grouped. */
export function drawMessages(messages: readonly PageMessage[], store: Store, inThread: boolean): HTMLElement[] {
  const zone = store.workspace.viewer.timezone;
  return messages.flatMap((message, index) => {
    const before = messages[index - 1];
    const isNewDay = before === undefined || dayKey(before.ts, zone) !== dayKey(message.ts, zone);
    const isGrouped =
      !isNewDay &&
      before.user === message.user &&
      before.isEphemeral === message.isEphemeral &&
      Number(message.ts) - Number(before.ts) < GROUP_SECONDS &&
      !message.isEphemeral;
    const drawn = drawMessage(message, store, { isGrouped, inThread });
    if (!isNewDay) return [drawn];
    return [h('div', { class: 'day', role: 'separator' }, h('span', {}, dayName(message.ts, zone))), drawn];
  });
}
