import type { PageMessage } from '../../page-protocol.ts';
import { picture } from '../blocks/images.ts';
import { blocks } from '../blocks/index.ts';
import { icon } from '../controls/icons.ts';
import { h, type Json, text } from '../dom.ts';
import type { Store } from '../store.ts';
import { emoji } from '../text/emoji.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import { namesOf } from '../text/names.ts';
import { clockTime, fullTime, shortTime } from '../text/time.ts';
import { avatar, nameOf } from './avatar.ts';
import { messageToolbar } from './message-toolbar.ts';
import { messageSurface } from './surfaces.ts';

export interface MessageOptions {
  /** Follows one by the same author: no name again. */
  isGrouped: boolean;
  inThread: boolean;
}

function body(message: PageMessage, store: Store): HTMLElement {
  if (message.subtype === 'tombstone') return h('p', { class: 'tombstone' }, 'This message was deleted.');
  const own = message.blocks ?? [];
  const shown = own.length > 0 ? blocks(own, messageSurface(store, message)) : plain(message, store);
  if (message.isStreaming) shown.append(h('span', { class: 'writing', role: 'status', 'aria-label': 'Still writing' }));
  // An app's message changes all the time; Slack marks what people changed.
  if (message.edited !== undefined && message.user !== store.workspace.app.userId) {
    const end = shown.querySelector('.words:last-child > p:last-child') ?? shown;
    end.append(h('small', { class: 'edited' }, '(edited)'));
  }
  return shown;
}

const plain = (message: PageMessage, store: Store): HTMLElement =>
  h('div', { class: 'words' }, ...mrkdwn(message.text, namesOf(store.workspace)));

const fileCard = (file: Json): HTMLElement =>
  h(
    'a',
    { class: 'file', href: text(file.permalink), download: text(file.name) },
    icon('file'),
    h('span', {}, h('strong', {}, text(file.title)), h('small', {}, text(file.pretty_type))),
  );

const files = (message: PageMessage): HTMLElement[] =>
  (message.files ?? []).map((file) =>
    text(file.mimetype).startsWith('image/')
      ? h(
          'figure',
          { class: 'image' },
          h('figcaption', {}, text(file.title)),
          picture(text(file.permalink), text(file.alt_txt) || text(file.title), 'full'),
        )
      : fileCard(file),
  );

function reactions(message: PageMessage, store: Store): HTMLElement | undefined {
  if (message.reactions === undefined || message.reactions.length === 0) return undefined;
  const on = { channel: message.channel, ts: message.ts };
  return h(
    'div',
    { class: 'reactions' },
    ...message.reactions.map(({ name, count, users }) => {
      const who = users.map((user) => (user === store.viewerId ? 'You' : nameOf(user, store.workspace))).join(', ');
      return h(
        'button',
        {
          type: 'button',
          class: 'reaction',
          'aria-pressed': String(users.includes(store.viewerId)),
          'aria-label': `${name.replaceAll('_', ' ')}: ${count}, ${who}`,
          title: `${who} reacted with :${name}:`,
          'data-key': `reaction ${name}`,
          onclick: () => void store.do({ do: 'react', on, name }),
        },
        h('span', { 'aria-hidden': 'true' }, emoji(name)),
        h('span', {}, String(count)),
      );
    }),
  );
}

function replyBar(message: PageMessage, store: Store): HTMLElement | undefined {
  if (!message.reply_count) return undefined;
  const zone = store.workspace.viewer.timezone;
  const count = message.reply_count === 1 ? '1 reply' : `${message.reply_count} replies`;
  return h(
    'button',
    { class: 'reply-bar', type: 'button', 'data-key': 'replies', onclick: () => void store.openThread(message) },
    ...(message.reply_users ?? []).slice(0, 3).map((user) => avatar(user, store.workspace)),
    h('strong', {}, count),
    h('span', {}, `Last reply ${shortTime(message.latest_reply ?? message.ts, zone)}`),
  );
}

/** A reply that the channel shows too leads to its thread. */
const repliedTo = (message: PageMessage, store: Store): HTMLElement =>
  h(
    'button',
    { class: 'replied-to', type: 'button', 'data-key': 'thread', onclick: () => void store.openThread(message) },
    'replied to a thread',
  );

/** One message; the focus can stand on it, and `t` opens its thread. */
export function drawMessage(message: PageMessage, store: Store, options: MessageOptions): HTMLElement {
  const { workspace } = store;
  const zone = workspace.viewer.timezone;
  const author = nameOf(message.user, workspace);
  const time = h('time', { title: fullTime(message.ts, zone) }, clockTime(message.ts, zone));
  const isApp = message.user === workspace.app.userId;
  const article = h(
    'article',
    {
      class: `message${options.isGrouped ? ' grouped' : ''}${message.isEphemeral ? ' ephemeral' : ''}`,
      'data-ts': message.ts,
      tabindex: -1,
      'aria-label': `${author}, ${fullTime(message.ts, zone)}`,
    },
    message.isEphemeral && h('div', { class: 'only-you' }, icon('eye'), 'Only visible to you'),
    h('div', { class: 'gutter' }, options.isGrouped ? time : avatar(message.user, workspace)),
    h(
      'div',
      { class: 'content' },
      !options.inThread && message.reply_broadcast === true && repliedTo(message, store),
      !options.isGrouped &&
        h(
          'div',
          { class: 'byline' },
          h('strong', { class: 'author' }, author),
          isApp && h('span', { class: 'badge' }, 'APP'),
          time,
        ),
      body(message, store),
      ...files(message),
      reactions(message, store),
      !options.inThread && replyBar(message, store),
    ),
  );
  if (message.subtype !== 'tombstone') addToolbar(article, () => messageToolbar(message, store, options.inThread));
  return article;
}

const NARROW = matchMedia('(max-width: 760px)');

/** Most messages are only read: their toolbar is made when somebody comes near. A finger never comes near. */
function addToolbar(article: HTMLElement, make: () => HTMLElement): void {
  const add = () => {
    article.removeEventListener('pointerenter', add);
    article.removeEventListener('focusin', add);
    article.append(make());
  };
  if (NARROW.matches) {
    add();
    return;
  }
  article.addEventListener('pointerenter', add);
  article.addEventListener('focusin', add);
}
