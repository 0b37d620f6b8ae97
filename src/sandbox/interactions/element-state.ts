import { isRecord, type JsonRecord, recordOf, recordsOf, textOf } from '../json.ts';
import type { ElementValue } from '../page-protocol.ts';
import type { PlacedElement } from '../state/block-ids.ts';
import type { Workspace } from '../state/workspace.ts';
import { composeText } from './compose.ts';
import { richTextOf } from './rich-text.ts';

const listOf = (value: ElementValue): string[] => {
  if (value === undefined || value === null || value === '') return [];
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [...value];
};

function pickOptions(placed: PlacedElement, wanted: readonly string[], workspace: Workspace): JsonRecord[] {
  const options = workspace.offered.of(placed);
  return wanted.map((name) => {
    const option = options.find((one) => one.value === name || recordOf(one.text).text === name);
    if (option === undefined) {
      const known = options.map((one) => String(one.value)).join(', ');
      throw new Error(`"${String(placed.element.action_id)}" has no option "${name}"; it has: ${known}.`);
    }
    return option;
  });
}

/** Slack's `state.values` entry for an element holding a value. */
export function stateOf(placed: PlacedElement, value: ElementValue, workspace: Workspace): JsonRecord {
  const type = String(placed.element.type);
  const texts = listOf(value);
  const first = texts[0] ?? null;
  const userId = (name: string) => workspace.findPerson(name)?.id ?? name;
  const channelId = (name: string) => workspace.findChannel(name)?.id ?? name;
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: pickOptions(placed, texts, workspace)[0] ?? null };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: pickOptions(placed, texts, workspace) };
    case 'datepicker':
      return { type, selected_date: first };
    case 'timepicker':
      return { type, selected_time: first };
    case 'datetimepicker':
      return { type, selected_date_time: first === null ? null : Number(first) };
    case 'users_select':
      return { type, selected_user: first === null ? null : userId(first) };
    case 'multi_users_select':
      return { type, selected_users: texts.map(userId) };
    case 'channels_select':
      return { type, selected_channel: first === null ? null : channelId(first) };
    case 'multi_channels_select':
      return { type, selected_channels: texts.map(channelId) };
    case 'conversations_select':
      return { type, selected_conversation: first === null ? null : channelId(first) };
    case 'multi_conversations_select':
      return { type, selected_conversations: texts.map(channelId) };
    case 'rich_text_input':
      return { type, rich_text_value: richTextValue(placed.element, value, workspace) };
    case 'file_input':
      return { type, files: texts.map((id) => workspace.fileObject(id) ?? { id }) };
    default:
      return { type, value: first };
  }
}

/** What was written, as rich text; untouched, what the input began with. */
function richTextValue({ initial_value: initial }: JsonRecord, value: ElementValue, workspace: Workspace) {
  if (value === undefined) return initial ?? null;
  const written = listOf(value)[0]?.trim();
  return written ? richTextOf(composeText(written, workspace)) : null;
}

/** The value an element starts with. */
export function initialValue(element: JsonRecord): ElementValue {
  if (isRecord(element.initial_option)) return textOf(element.initial_option.value);
  if (Array.isArray(element.initial_options)) {
    return recordsOf(element.initial_options).map((option) => String(option.value));
  }
  for (const key of ['initial_users', 'initial_channels', 'initial_conversations']) {
    const list = element[key];
    if (Array.isArray(list)) return list.map(String);
  }
  for (const key of ['value', 'date', 'time', 'user', 'channel', 'conversation', 'date_time']) {
    const value = element[`initial_${key}`];
    if (typeof value === 'string' || typeof value === 'number') return value;
  }
  return undefined;
}

export const isStateful = (element: JsonRecord): boolean =>
  !['button', 'overflow', 'icon_button', 'feedback_buttons', 'workflow_button'].includes(String(element.type));

/** Whether a state entry holds nothing. */
function isBlank(state: JsonRecord): boolean {
  return Object.entries(state).every(
    ([key, value]) => key === 'type' || value === null || value === '' || (Array.isArray(value) && value.length === 0),
  );
}

/** What Slack's own form says about a value before it is sent; undefined when it is fine. */
export function inputFault(block: JsonRecord, element: JsonRecord, state: JsonRecord): string | undefined {
  if (isBlank(state)) return block.optional === true ? undefined : 'Please complete this required field.';
  const text = textOf(state.value) ?? '';
  if (element.type === 'plain_text_input') {
    const least = Number(element.min_length ?? 0);
    const most = Number(element.max_length ?? Number.POSITIVE_INFINITY);
    if (text.length < least) return `Must be at least ${least} characters long.`;
    if (text.length > most) return `Must be at most ${most} characters long.`;
  }
  if (element.type === 'number_input') {
    const number = Number(text);
    if (Number.isNaN(number)) return 'Please enter a number.';
    if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return 'Please enter a whole number.';
    if (element.min_value !== undefined && number < Number(element.min_value)) {
      return `Must be at least ${String(element.min_value)}.`;
    }
    if (element.max_value !== undefined && number > Number(element.max_value)) {
      return `Must be at most ${String(element.max_value)}.`;
    }
  }
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(text)) return 'Please enter a valid email address.';
  if (element.type === 'url_text_input' && !URL.canParse(text)) return 'Please enter a valid URL.';
  return undefined;
}
