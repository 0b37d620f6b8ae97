import { h } from '../dom.ts';
import type { Store } from '../store.ts';

interface Suggestion {
  insert: string;
  title: string;
  detail: string;
}

function suggest(typed: string, store: Store): Suggestion[] {
  const { commands, people, channels, app } = store.workspace;
  if (typed.startsWith('/')) {
    return commands
      .filter(({ command }) => command.startsWith(typed.trimEnd()) && command !== typed.trimEnd())
      .map(({ command, hint, description }) => ({
        insert: `${command} `,
        title: `${command} ${hint}`,
        detail: description,
      }));
  }
  const word = /(?:^|\s)([@#])(\w*)$/.exec(typed);
  if (word === null) return [];
  const [, sigil, start = ''] = word;
  const before = typed.slice(0, typed.length - start.length - 1);
  const names =
    sigil === '@'
      ? [{ name: app.name, detail: 'App' }, ...people.map((one) => ({ name: one.realName, detail: one.title }))]
      : channels.filter((one) => one.kind !== 'im').map((one) => ({ name: one.name, detail: one.topic }));
  return names
    .filter(({ name }) => name.toLowerCase().startsWith(start.toLowerCase()))
    .map(({ name, detail }) => ({ insert: `${before}${sigil}${name} `, title: `${sigil}${name}`, detail }));
}

export interface ComposerOptions {
  label: string;
  placeholder: string;
  send(text: string): Promise<unknown>;
}

/** A box to write in: Enter sends, Shift+Enter breaks the line, Up recalls, Tab takes the suggestion. */
export function createComposer(store: Store, options: ComposerOptions): HTMLElement {
  const list = h('ul', { class: 'suggestions', role: 'listbox', hidden: true });
  const box = h('textarea', { rows: 1, placeholder: options.placeholder, 'aria-label': options.label });
  const button = h('button', { class: 'send', type: 'button', 'aria-label': 'Send' }, '➤');
  const sent: string[] = [];
  let suggestions: Suggestion[] = [];
  let chosen = 0;

  const draw = () => {
    list.hidden = suggestions.length === 0;
    list.replaceChildren(
      ...suggestions.map((one, index) =>
        h(
          'li',
          {
            role: 'option',
            'aria-selected': String(index === chosen),
            onmousedown: (event) => {
              event.preventDefault();
              take(index);
            },
          },
          h('strong', {}, one.title),
          h('span', {}, one.detail),
        ),
      ),
    );
  };
  const refresh = () => {
    suggestions = suggest(box.value, store).slice(0, 8);
    chosen = 0;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
    draw();
  };
  const take = (index: number) => {
    box.value = suggestions[index]?.insert ?? box.value;
    refresh();
    box.focus();
  };
  const submit = () => {
    const typed = box.value.trim();
    if (typed === '') return;
    sent.push(typed);
    box.value = '';
    refresh();
    void options.send(typed);
  };
  const keys: Record<string, (event: KeyboardEvent) => boolean> = {
    Enter: (event) => {
      if (event.shiftKey || event.isComposing) return false;
      submit();
      return true;
    },
    Tab: () => {
      if (suggestions.length === 0) return false;
      take(chosen);
      return true;
    },
    Escape: () => {
      if (suggestions.length === 0) return false;
      suggestions = [];
      draw();
      return true;
    },
    ArrowDown: () => move(1),
    ArrowUp: () => {
      if (move(-1)) return true;
      const last = sent.at(-1);
      if (box.value !== '' || last === undefined) return false;
      box.value = last;
      return true;
    },
  };
  const move = (by: number): boolean => {
    if (suggestions.length === 0) return false;
    chosen = (chosen + by + suggestions.length) % suggestions.length;
    draw();
    return true;
  };
  box.addEventListener('input', refresh);
  box.addEventListener('keydown', (event) => {
    if (keys[event.key]?.(event)) event.preventDefault();
  });
  box.addEventListener('blur', () => {
    suggestions = [];
    draw();
  });
  button.addEventListener('click', submit);
  return h('div', { class: 'composer' }, list, h('div', { class: 'composer-box' }, box, button));
}
