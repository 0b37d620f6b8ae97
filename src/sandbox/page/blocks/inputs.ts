/** Elements that hold a value: text inputs, menus, pickers, choices. */
import type { ElementValue } from '../../page-protocol.ts';
import { h, type Json, records, text, wordsOf } from '../dom.ts';
import { withEmoji } from '../text/emoji.ts';
import type { Choice, Surface } from './surface.ts';

type Changed = (value: ElementValue) => void;

const listOf = (value: ElementValue): string[] => {
  if (value === undefined || value === null || value === '') return [];
  return typeof value === 'object' ? [...value] : [String(value)];
};

/** A control that keeps its value on the surface and tells `onPick` when somebody has chosen. */
export function input(block: Json, element: Json, surface: Surface, onPick: Changed): HTMLElement {
  const change: Changed = (value) => {
    surface.hold(block, element, value);
    onPick(value);
  };
  const now = surface.held(block, element);
  const choices = choicesOf(element, surface);
  if (choices !== undefined) return menu(element, choices, listOf(now), change);
  if (element.type === 'radio_buttons' || element.type === 'checkboxes')
    return choiceGroup(element, listOf(now), change);
  return textField(element, listOf(now)[0] ?? '', (value) => surface.hold(block, element, value), change);
}

function choicesOf(element: Json, surface: Surface): { group: string; options: Choice[] }[] | undefined {
  const option = (one: Json): Choice => ({ id: text(one.value), label: withEmoji(wordsOf(one.text)) });
  const type = text(element.type).replace('multi_', '');
  if (type === 'users_select') return [{ group: '', options: [...surface.people] }];
  if (type === 'channels_select' || type === 'conversations_select')
    return [{ group: '', options: [...surface.channels] }];
  if (type !== 'static_select') return undefined;
  return element.option_groups === undefined
    ? [{ group: '', options: records(element.options).map(option) }]
    : records(element.option_groups).map((group) => ({
        group: wordsOf(group.label),
        options: records(group.options).map(option),
      }));
}

function menu(
  element: Json,
  groups: readonly { group: string; options: readonly Choice[] }[],
  picked: readonly string[],
  change: Changed,
): HTMLElement {
  const isMulti = text(element.type).startsWith('multi_');
  const placeholder = wordsOf(element.placeholder) || 'Choose…';
  const select = h('select', { class: 'select', multiple: isMulti, 'aria-label': placeholder });
  if (!isMulti) select.append(h('option', { value: '', disabled: picked.length > 0 }, placeholder));
  for (const { group, options } of groups) {
    const items = options.map(({ id, label }) => h('option', { value: id, selected: picked.includes(id) }, label));
    if (group === '') select.append(...items);
    else select.append(h('optgroup', { label: group }, ...items));
  }
  select.addEventListener('change', () => {
    const values = [...select.selectedOptions].map((option) => option.value).filter((value) => value !== '');
    change(isMulti ? values : (values[0] ?? null));
  });
  return select;
}

function choiceGroup(element: Json, picked: readonly string[], change: Changed): HTMLElement {
  const isRadio = element.type === 'radio_buttons';
  const name = `choice-${crypto.randomUUID()}`;
  const group = h('div', { class: 'choices', role: isRadio ? 'radiogroup' : 'group' });
  for (const option of records(element.options)) {
    const value = text(option.value);
    const box = h('input', { type: isRadio ? 'radio' : 'checkbox', name, value, checked: picked.includes(value) });
    const about = wordsOf(option.description);
    group.append(h('label', {}, box, h('span', {}, withEmoji(wordsOf(option.text)), about && h('small', {}, about))));
  }
  group.addEventListener('change', () => {
    const values = [...group.querySelectorAll('input')].filter((box) => box.checked).map((box) => box.value);
    change(isRadio ? (values[0] ?? null) : values);
  });
  return group;
}

const INPUT_TYPES: Record<string, string> = {
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
  number_input: 'number',
  email_text_input: 'email',
  url_text_input: 'url',
};
const PICKERS = new Set(['datepicker', 'timepicker', 'datetimepicker']);

function textField(element: Json, value: string, hold: Changed, change: Changed): HTMLElement {
  const placeholder = wordsOf(element.placeholder) || undefined;
  const attributes = { class: 'field', placeholder, autofocus: element.focus_on_load === true };
  const isDateTime = element.type === 'datetimepicker';
  const field =
    element.multiline === true
      ? h('textarea', { ...attributes, rows: 4 })
      : h('input', {
          ...attributes,
          type: INPUT_TYPES[text(element.type)] ?? 'text',
          step: element.is_decimal_allowed ? 'any' : undefined,
        });
  field.value = isDateTime && value !== '' ? new Date(Number(value) * 1000).toISOString().slice(0, 16) : value;
  const read = (): ElementValue => {
    if (field.value === '') return null;
    return isDateTime ? Math.floor(Date.parse(`${field.value}Z`) / 1000) : field.value;
  };
  field.addEventListener('input', () => hold(read()));
  if (PICKERS.has(text(element.type))) field.addEventListener('change', () => change(read()));
  else {
    field.addEventListener('keydown', (event) => {
      if (event instanceof KeyboardEvent && event.key === 'Enter' && element.multiline !== true) change(read());
    });
  }
  return field;
}
