/** What can be done with a message: react, answer, look behind it, change it. */
import type { PageMessage } from '../../page-protocol.ts';
import { emojiPicker } from '../controls/emoji-picker.ts';
import { type IconName, icon } from '../controls/icons.ts';
import { type MenuItem, menuButton } from '../controls/menu.ts';
import { moveByArrows } from '../controls/roving.ts';
import { h } from '../dom.ts';
import type { Store } from '../store.ts';
import { emoji, USUAL_REACTIONS } from '../text/emoji.ts';
import { startEditing } from './editing.ts';

const tool = (label: string, name: IconName, onclick?: () => void): HTMLButtonElement =>
  h(
    'button',
    { class: `icon-button tool-${name}`, type: 'button', 'aria-label': label, title: label, onclick },
    icon(name),
  );

export function messageToolbar(message: PageMessage, store: Store, inThread: boolean): HTMLElement {
  const on = { channel: message.channel, ts: message.ts };
  const react = (name: string) => void store.do({ do: 'react', on, name });
  const canReact = !message.isEphemeral;
  const canThread = canReact && !inThread;
  const bar = h(
    'div',
    { class: 'message-tools', role: 'toolbar', 'aria-label': 'Message actions' },
    ...(canReact ? USUAL_REACTIONS : []).map((name) =>
      h(
        'button',
        {
          class: 'icon-button usual',
          type: 'button',
          'aria-label': `React with ${name.replaceAll('_', ' ')}`,
          title: `:${name}:`,
          onclick: () => react(name),
        },
        emoji(name),
      ),
    ),
    canReact && emojiPicker(tool('Add reaction', 'smile'), react),
    canThread && tool('Reply in thread', 'reply', () => void store.openThread(message)),
    menuButton(tool('More actions', 'more'), 'More actions', () => moreOf(message, store, canThread), { align: 'end' }),
  );
  moveByArrows(bar, '.icon-button', { before: 'ArrowLeft', after: 'ArrowRight' });
  return bar;
}

const words = (name: IconName, label: string) => [icon(name), h('span', { class: 'option-words' }, label)];

function moreOf(message: PageMessage, store: Store, canThread: boolean): MenuItem[] {
  const on = { channel: message.channel, ts: message.ts };
  const isMine = message.user === store.viewerId;
  const items: (MenuItem | false)[] = [
    canThread && { content: words('reply', 'Reply in thread'), onChoose: () => void store.openThread(message) },
    isMine && { content: words('edit', 'Edit message'), onChoose: () => startEditing(message, store) },
    { content: words('braces', 'Inspect blocks'), onChoose: () => store.inspect(on) },
    { content: words('copy', 'Copy text'), onChoose: () => void copy(message.text, store) },
    (isMine || message.isEphemeral) && {
      content: words('trash', isMine ? 'Delete message' : 'Dismiss message'),
      isDangerous: true,
      onChoose: () => void store.do({ do: 'delete', on }),
    },
  ];
  return items.filter((item) => item !== false);
}

async function copy(text: string, store: Store): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    store.notice('Copied.');
  } catch {
    store.notice('The browser did not allow copying.');
  }
}
