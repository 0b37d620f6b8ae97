import type { Answer } from '../api.ts';
import { emojiPicker } from '../controls/emoji-picker.ts';
import { type IconName, icon } from '../controls/icons.ts';
import { h } from '../dom.ts';
import type { Store } from '../store.ts';
import { attachments } from './attachments.ts';
import { type Completion, complete } from './completion.ts';
import { formattingBar } from './formatting.ts';

const MOST_HEIGHT_PX = 220;

/** What was begun but not sent, and what was sent, by place. */
const drafts = new Map<string, string>();
const histories = new Map<string, string[]>();

export interface ComposerOptions {
  /** Drafts and recall are kept under it. */
  key: string;
  label: string;
  placeholder: string;
  send(text: string, files: readonly File[]): Promise<Answer>;
  /** Between the box and its buttons. */
  extra?: HTMLElement;
  /** Where Up recalls nothing, it may change one's last message instead; false where there is none. */
  editLast(): boolean;
}

/** A box to write in: Enter sends, Shift+Enter breaks the line, Up recalls, Tab or Enter takes a completion. */
export function createComposer(store: Store, options: ComposerOptions): HTMLElement {
  const listId = `completions-${crypto.randomUUID()}`;
  const list = h('div', {
    class: 'completions',
    role: 'listbox',
    id: listId,
    'aria-label': 'Completions',
    hidden: true,
  });
  const box = h('textarea', {
    rows: 1,
    placeholder: options.placeholder,
    'aria-label': options.label,
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': listId,
  });
  const files = attachments(() => refreshSend());
  const send = h(
    'button',
    { class: 'send', type: 'button', 'aria-label': 'Send', title: 'Send (Enter)' },
    icon('send'),
  );
  const sent = histories.get(options.key) ?? [];
  histories.set(options.key, sent);
  let found: Completion[] = [];
  let chosen = 0;
  /** How far back Up has gone; the length of the history means not at all. */
  let recalled = sent.length;

  const caret = () => box.selectionStart;
  const refreshSend = () => {
    send.disabled = box.value.trim() === '' && files.list().length === 0;
  };
  const fit = () => {
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, MOST_HEIGHT_PX)}px`;
  };
  const drawCompletions = () => {
    list.hidden = found.length === 0;
    box.setAttribute('aria-expanded', String(found.length > 0));
    if (found.length > 0) box.setAttribute('aria-activedescendant', `${listId}-${chosen}`);
    else box.removeAttribute('aria-activedescendant');
    list.replaceChildren(
      ...found.map((one, index) =>
        h(
          'div',
          {
            class: index === chosen ? 'completion active' : 'completion',
            role: 'option',
            id: `${listId}-${index}`,
            'aria-selected': String(index === chosen),
            onmousedown: (event) => {
              event.preventDefault();
              take(index);
            },
          },
          h('span', { class: 'completion-mark' }, one.mark),
          h('strong', {}, one.title),
          h('span', { class: 'completion-detail' }, one.detail),
        ),
      ),
    );
    list.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
  };
  const offer = (completions: Completion[]) => {
    found = completions;
    chosen = 0;
    drawCompletions();
  };
  const changed = () => {
    drafts.set(options.key, box.value);
    fit();
    refreshSend();
    offer(complete(box.value.slice(0, caret()), store));
  };
  const write = (text: string) => {
    box.value = text;
    drafts.set(options.key, text);
    fit();
    refreshSend();
    offer([]);
  };
  const take = (index: number) => {
    const one = found[index];
    if (one === undefined) return;
    const rest = box.value.slice(caret());
    box.value = one.insert + rest;
    box.setSelectionRange(one.insert.length, one.insert.length);
    changed();
    box.focus();
  };
  /** What was not taken must not be lost; what has been begun since goes first. */
  const restore = (text: string, chosenFiles: readonly File[]) => {
    if (box.value !== '' || files.list().length > 0) return;
    write(text);
    files.add(chosenFiles);
  };
  const submit = () => {
    const text = box.value.trim();
    const chosenFiles = files.list();
    if (text === '' && chosenFiles.length === 0) return;
    if (text !== '') sent.push(text);
    recalled = sent.length;
    write('');
    files.clear();
    void options.send(text, chosenFiles).then(({ failure, isTold }) => {
      if (failure !== undefined && !isTold) restore(text, chosenFiles);
    });
  };
  /** Enter takes a completion that adds something, else sends. */
  const isWorthTaking = () => {
    const one = found[chosen];
    return one !== undefined && one.insert.trimEnd() !== box.value.slice(0, caret()).trimEnd();
  };
  const move = (by: number): boolean => {
    if (found.length === 0) return false;
    chosen = (chosen + by + found.length) % found.length;
    drawCompletions();
    return true;
  };
  const recall = (by: number): boolean => {
    const at = recalled + by;
    const isUntouched = box.value === '' || box.value === sent[recalled];
    if (!isUntouched || at < 0 || at > sent.length) return false;
    recalled = at;
    write(sent[at] ?? '');
    return true;
  };
  const keys: Record<string, (event: KeyboardEvent) => boolean> = {
    Enter: (event) => {
      if (event.shiftKey || event.isComposing) return false;
      if (isWorthTaking()) take(chosen);
      else submit();
      return true;
    },
    Tab: (event) => {
      if (event.shiftKey || !isWorthTaking()) return false;
      take(chosen);
      return true;
    },
    Escape: () => {
      if (found.length === 0) return false;
      offer([]);
      return true;
    },
    ArrowDown: () => move(1) || recall(1),
    ArrowUp: () => {
      if (move(-1)) return true;
      // A command leaves no message of one's own to change: it comes back to be sent again.
      const last = sent.at(-1);
      const isCommand = recalled < sent.length || last?.startsWith('/') === true;
      if (box.value === '' && !isCommand && options.editLast()) return true;
      return recall(-1);
    },
  };
  box.addEventListener('input', changed);
  box.addEventListener('keydown', (event) => {
    if (!keys[event.key]?.(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  box.addEventListener('blur', () => offer([]));
  box.addEventListener('paste', (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    files.add(pasted);
  });
  send.addEventListener('click', submit);

  const insert = (text: string) => {
    const isApart = caret() === 0 || /\s$/.test(box.value.slice(0, caret()));
    box.setRangeText(`${isApart ? '' : ' '}${text}`, caret(), box.selectionEnd, 'end');
    box.focus();
    changed();
  };
  const tool = (label: string, name: IconName, onclick?: () => void) =>
    h('button', { class: 'icon-button', type: 'button', 'aria-label': label, title: label, onclick }, icon(name));
  const foot = h(
    'div',
    { class: 'composer-foot' },
    files.button,
    emojiPicker(tool('Emoji', 'smile'), (name) => insert(`:${name}: `)),
    tool('Mention somebody', 'at', () => insert('@')),
    tool('Run a command', 'slash', () => {
      write('/');
      box.focus();
      changed();
    }),
    h('span', { class: 'composer-hint', 'aria-hidden': 'true' }, h('b', {}, 'Shift + Enter'), ' for a new line'),
    send,
  );
  box.value = drafts.get(options.key) ?? '';
  refreshSend();
  const frame = h('div', { class: 'composer-box' }, formattingBar(box), box, files.shown, options.extra ?? null, foot);
  const element = h('div', { class: 'composer' }, list, frame);
  element.addEventListener('dragover', (event) => event.preventDefault());
  element.addEventListener('drop', (event) => {
    event.preventDefault();
    files.add(event.dataTransfer?.files ?? []);
  });
  if (box.value !== '') requestAnimationFrame(fit);
  return element;
}
