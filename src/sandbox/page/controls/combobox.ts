/** A menu to search and pick from, of one value or several; its options are at hand or asked for while typing. */
import { h } from '../dom.ts';
import { float } from './floating.ts';
import { icon } from './icons.ts';

export interface Option {
  id: string;
  label: string;
  detail?: string;
}

export interface OptionGroup {
  label: string;
  options: readonly Option[];
}

export interface ComboboxParts {
  key: string;
  label: string;
  placeholder: string;
  isMulti: boolean;
  /** The most that may be picked of several. */
  most: number;
  picked: readonly Option[];
  /** Characters to type before anything is looked for. */
  minQuery: number;
  /** What fits what was typed; asked anew at every change. */
  find(query: string): readonly OptionGroup[] | Promise<readonly OptionGroup[]>;
  change(picked: readonly Option[]): void;
}

/** The groups whose options contain what was typed. */
export function filterOptions(groups: readonly OptionGroup[], query: string): OptionGroup[] {
  const wanted = query.trim().toLowerCase();
  const isFit = ({ label, detail }: Option) => `${label} ${detail ?? ''}`.toLowerCase().includes(wanted);
  return groups
    .map((group) => ({ ...group, options: group.options.filter(isFit) }))
    .filter((group) => group.options.length > 0);
}

export function combobox(parts: ComboboxParts): HTMLElement {
  const { isMulti } = parts;
  const id = `list-${crypto.randomUUID()}`;
  const list = h('div', { class: 'option-list', role: 'listbox', id, popover: 'manual', 'aria-label': parts.label });
  if (isMulti) list.setAttribute('aria-multiselectable', 'true');
  const box = h('input', {
    type: 'text',
    role: 'combobox',
    'aria-label': parts.label,
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': id,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const tokens = h('span', { class: 'tokens' });
  const holder = h(
    'div',
    { class: isMulti ? 'combo multi' : 'combo', 'data-key': parts.key },
    tokens,
    box,
    icon('chevron'),
  );
  holder.append(list);
  let picked = [...parts.picked];
  let shown: Option[] = [];
  let active = 0;
  let hide: (() => void) | undefined;
  let asked = 0;

  const isPicked = (option: Option) => picked.some((one) => one.id === option.id);
  const rest = () => {
    box.value = isMulti ? '' : (picked[0]?.label ?? '');
    box.placeholder = picked.length > 0 && isMulti ? '' : parts.placeholder;
    tokens.replaceChildren(
      ...(isMulti ? picked : []).map((one) =>
        h(
          'button',
          { class: 'token', type: 'button', 'aria-label': `Remove ${one.label}`, onclick: () => toggle(one) },
          one.label,
          icon('close'),
        ),
      ),
    );
  };
  const close = () => {
    hide?.();
    hide = undefined;
    asked += 1;
    box.setAttribute('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
    rest();
  };
  const toggle = (option: Option) => {
    const isGone = isPicked(option);
    if (isMulti && !isGone && picked.length >= parts.most) return;
    if (isMulti) picked = isGone ? picked.filter((one) => one.id !== option.id) : [...picked, option];
    else picked = [option];
    if (!isMulti || hide === undefined) close();
    else {
      rest();
      void look();
    }
    box.focus();
    parts.change(picked);
  };
  const mark = (at: number) => {
    active = shown.length === 0 ? 0 : (at + shown.length) % shown.length;
    for (const [index, item] of [...list.querySelectorAll('.option')].entries()) {
      item.classList.toggle('active', index === active);
      if (index !== active) continue;
      box.setAttribute('aria-activedescendant', item.id);
      item.scrollIntoView({ block: 'nearest' });
    }
  };
  const say = (words: string) => {
    shown = [];
    list.replaceChildren(
      h('div', { class: 'option-note', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, words),
    );
  };
  const draw = (groups: readonly OptionGroup[]) => {
    shown = groups.flatMap((group) => [...group.options]);
    if (shown.length === 0) return say('Nothing found');
    let at = 0;
    list.replaceChildren(
      ...groups.map((group) => {
        const items = group.options.map((option) => item(option, at++));
        if (group.label === '') return h('div', { role: 'presentation' }, ...items);
        return h(
          'div',
          { role: 'group', 'aria-label': group.label },
          h('div', { class: 'option-group', 'aria-hidden': 'true' }, group.label),
          ...items,
        );
      }),
    );
    mark(Math.max(0, shown.findIndex(isPicked)));
  };
  const item = (option: Option, at: number) =>
    h(
      'div',
      {
        class: 'option',
        role: 'option',
        id: `${id}-${at}`,
        'aria-selected': String(isPicked(option)),
        onmousedown: (event) => {
          event.preventDefault();
          toggle(option);
        },
        onmousemove: () => at !== active && mark(at),
      },
      h('span', { class: 'option-words' }, option.label, option.detail !== undefined && h('small', {}, option.detail)),
      isPicked(option) && icon('check'),
    );

  /** Typing filters; opening a menu that holds a value shows all of it. */
  const look = async () => {
    const query = !isMulti && box.value === (picked[0]?.label ?? '') ? '' : box.value;
    const turn = ++asked;
    const isCurrent = () => turn === asked && hide !== undefined;
    if (query.length < parts.minQuery)
      return say(`Type ${parts.minQuery === 1 ? 'a letter' : `${parts.minQuery} letters`} to search`);
    const found = parts.find(query);
    if (!(found instanceof Promise)) return draw(found);
    if (shown.length === 0) say('Looking…');
    try {
      const groups = await found;
      if (isCurrent()) draw(groups);
    } catch {
      if (isCurrent()) say('The options could not be loaded.');
    }
  };
  const open = () => {
    if (hide !== undefined) return;
    shown = [];
    list.replaceChildren();
    hide = () => undefined;
    void look();
    hide = float(holder, list, { matchWidth: true });
    box.setAttribute('aria-expanded', 'true');
    if (!isMulti) box.select();
  };

  box.addEventListener('click', open);
  box.addEventListener('blur', close);
  box.addEventListener('input', () => {
    if (hide === undefined) open();
    else void look();
  });
  const step = (by: number): boolean => {
    if (hide === undefined) open();
    else mark(active + by);
    return true;
  };
  const keys: Record<string, () => boolean> = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => {
      const option = shown[active];
      if (hide === undefined) open();
      else if (option !== undefined) toggle(option);
      return true;
    },
    Escape: () => {
      if (hide === undefined) return false;
      close();
      return true;
    },
    Backspace: () => {
      const last = picked.at(-1);
      if (!isMulti || box.value !== '' || last === undefined) return false;
      toggle(last);
      return true;
    },
  };
  box.addEventListener('keydown', (event) => {
    if (!keys[event.key]?.()) return;
    event.preventDefault();
    event.stopPropagation();
  });
  holder.addEventListener('mousedown', (event) => {
    if (event.target !== box && !(event.target instanceof Element && event.target.closest('.token, .option-list'))) {
      event.preventDefault();
      box.focus();
      open();
    }
  });
  rest();
  return holder;
}
