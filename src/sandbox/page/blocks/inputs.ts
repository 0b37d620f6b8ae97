/** Elements that hold a value: menus, choices, pickers, text, files. */
import type { ElementValue } from '../../page-protocol.ts';
import { h, type Json, record, records, text, wordsOf } from '../dom.ts';
import { withEmoji } from '../text/emoji.ts';
import { instantOf, wallTime } from '../text/time.ts';
import { fileInput } from './file-input.ts';
import { isMenu, menu } from './menus.ts';
import { keyOf, type Surface } from './surface.ts';

type Changed = (value: ElementValue) => void;

const listOf = (value: ElementValue): string[] => {
  if (value === undefined || value === null || value === '') return [];
  return typeof value === 'object' ? [...value] : [String(value)];
};

/** A control that keeps its value on the surface and tells `onPick` when somebody has chosen. */
export function input(block: Json, element: Json, surface: Surface, onPick: Changed): HTMLElement {
  const hold: Changed = (value) => surface.hold(block, element, value);
  const change: Changed = (value) => {
    hold(value);
    onPick(value);
  };
  if (isMenu(element)) return menu(block, element, surface, change);
  if (element.type === 'file_input') return fileInput(block, element, surface, change);
  const now = listOf(surface.held(block, element));
  const control =
    element.type === 'radio_buttons' || element.type === 'checkboxes'
      ? choiceGroup(element, now, change)
      : textField(element, now[0] ?? '', surface.names.timezone, { hold, change });
  control.dataset.key = keyOf(block, element);
  return control;
}

function choiceGroup(element: Json, picked: readonly string[], change: Changed): HTMLElement {
  const isRadio = element.type === 'radio_buttons';
  const name = `choice-${crypto.randomUUID()}`;
  const group = h('div', {
    class: 'choices',
    role: isRadio ? 'radiogroup' : 'group',
    'aria-label': isRadio ? 'Choose one' : 'Choose any',
  });
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
  email_text_input: 'email',
  url_text_input: 'url',
};
const PICKER_NAMES: Record<string, string> = {
  datepicker: 'Choose a date',
  timepicker: 'Choose a time',
  datetimepicker: 'Choose a date and time',
};

function textField(
  element: Json,
  value: string,
  zone: string,
  { hold, change }: { hold: Changed; change: Changed },
): HTMLElement {
  const type = text(element.type);
  const placeholder = wordsOf(element.placeholder) || undefined;
  const attributes = {
    class: 'field',
    placeholder,
    autofocus: element.focus_on_load === true,
    'aria-label': placeholder ?? PICKER_NAMES[type] ?? 'Text',
  };
  const isDateTime = type === 'datetimepicker';
  const isMultiline = element.multiline === true || type === 'rich_text_input';
  const field = isMultiline
    ? h('textarea', { ...attributes, rows: 4 })
    : h('input', {
        ...attributes,
        type: INPUT_TYPES[type] ?? 'text',
        inputmode: type === 'number_input' ? 'decimal' : undefined,
      });
  field.value = isDateTime && value !== '' ? wallTime(Number(value), zone) : value;
  const read = (): ElementValue => {
    if (field.value === '') return null;
    return isDateTime ? instantOf(field.value, zone) : field.value;
  };
  const triggers = record(element.dispatch_action_config).trigger_actions_on;
  const isEager = Array.isArray(triggers) && triggers.includes('on_character_entered');
  field.addEventListener('input', () => (isEager ? change(read()) : hold(read())));
  if (PICKER_NAMES[type] !== undefined) field.addEventListener('change', () => change(read()));
  else {
    field.addEventListener('keydown', (event) => {
      if (event instanceof KeyboardEvent && event.key === 'Enter' && !isMultiline) change(read());
    });
  }
  return element.max_length === undefined ? field : counted(field, Number(element.max_length));
}

/** How many characters are left, once few are. */
function counted(field: HTMLInputElement | HTMLTextAreaElement, most: number): HTMLElement {
  const left = h('span', { class: 'left', 'aria-hidden': 'true' });
  const count = () => {
    const remaining = most - field.value.length;
    left.textContent = String(remaining);
    left.classList.toggle('over', remaining < 0);
  };
  field.addEventListener('input', count);
  count();
  return h('div', { class: 'counted' }, field, left);
}
