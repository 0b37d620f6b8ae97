/** Schemas of the elements that collect something: menus, pickers, choices, text inputs. */
import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { richTextBlock } from './rich-text-schema.ts';
import {
  actionId,
  bounded,
  choiceOption,
  confirmDialog,
  list,
  menuOption,
  optionGroup,
  plainText,
} from './text-schema.ts';

const placeholder = plainText(LIMITS.placeholder).optional();
const confirm = confirmDialog.optional();
const focus = z.boolean().optional();
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'must be a date in the form YYYY-MM-DD' });

const menu = { action_id: actionId, placeholder, confirm, focus_on_load: focus };
const staticOptions = {
  options: list(menuOption, LIMITS.selectOptions).optional(),
  option_groups: list(optionGroup, LIMITS.optionGroups).optional(),
};
const hasOptions = (select: { options?: unknown; option_groups?: unknown }) =>
  (select.options === undefined) !== (select.option_groups === undefined);
const oneOptions = { error: 'must have one of: options, option_groups' };
const maxSelected = { max_selected_items: z.int().min(1).optional() };
const typed = { response_url_enabled: z.boolean().optional() };
const filter = z
  .strictObject({
    include: z.array(z.enum(['im', 'mpim', 'private', 'public'])).optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .optional();
const conversations = { filter, default_to_current_conversation: z.boolean().optional() };
const minQuery = z.int().min(0).optional();

export const selects = [
  z
    .strictObject({
      type: z.literal('static_select'),
      ...menu,
      ...staticOptions,
      initial_option: menuOption.optional(),
    })
    .refine(hasOptions, oneOptions),
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...menu,
      ...staticOptions,
      ...maxSelected,
      initial_options: list(menuOption, LIMITS.selectOptions).optional(),
    })
    .refine(hasOptions, oneOptions),
  z.strictObject({
    type: z.literal('external_select'),
    ...menu,
    initial_option: menuOption.optional(),
    min_query_length: minQuery,
  }),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...menu,
    ...maxSelected,
    initial_options: list(menuOption, LIMITS.selectOptions).optional(),
    min_query_length: minQuery,
  }),
  z.strictObject({ type: z.literal('users_select'), ...menu, initial_user: z.string().optional() }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...menu,
    ...maxSelected,
    initial_users: z.array(z.string()).optional(),
  }),
  z.strictObject({ type: z.literal('channels_select'), ...menu, ...typed, initial_channel: z.string().optional() }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    ...menu,
    ...maxSelected,
    initial_channels: z.array(z.string()).optional(),
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...menu,
    ...typed,
    ...conversations,
    initial_conversation: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...menu,
    ...maxSelected,
    ...conversations,
    initial_conversations: z.array(z.string()).optional(),
  }),
] as const;

export const pickers = [
  z.strictObject({ type: z.literal('datepicker'), ...menu, initial_date: date.optional() }),
  z.strictObject({
    type: z.literal('timepicker'),
    ...menu,
    initial_time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time in the form HH:mm' })
      .optional(),
    timezone: z.string().optional(),
  }),
] as const;

export const dateTimePicker = z.strictObject({
  type: z.literal('datetimepicker'),
  action_id: actionId,
  confirm,
  focus_on_load: focus,
  initial_date_time: z.int().optional(),
});

const choice = { action_id: actionId, options: list(choiceOption, LIMITS.choices), confirm, focus_on_load: focus };

export const choices = [
  z.strictObject({ type: z.literal('radio_buttons'), ...choice, initial_option: choiceOption.optional() }),
  z.strictObject({
    type: z.literal('checkboxes'),
    ...choice,
    initial_options: list(choiceOption, LIMITS.choices).optional(),
  }),
] as const;

const typedInput = {
  action_id: actionId,
  placeholder,
  focus_on_load: focus,
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).optional(),
    })
    .optional(),
};

export const textInputs = [
  z.strictObject({
    type: z.literal('plain_text_input'),
    ...typedInput,
    initial_value: bounded(LIMITS.plainTextInput, 0).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(LIMITS.plainTextInput).optional(),
    max_length: z.int().min(1).max(LIMITS.plainTextInput).optional(),
  }),
  z.strictObject({ type: z.literal('rich_text_input'), ...typedInput, initial_value: richTextBlock.optional() }),
  z.strictObject({ type: z.literal('email_text_input'), ...typedInput, initial_value: z.string().optional() }),
  z.strictObject({ type: z.literal('url_text_input'), ...typedInput, initial_value: z.string().optional() }),
  z.strictObject({
    type: z.literal('number_input'),
    ...typedInput,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('file_input'),
    action_id: actionId,
    filetypes: z.array(z.string()).optional(),
    max_files: z.int().min(1).max(10).optional(),
  }),
] as const;
