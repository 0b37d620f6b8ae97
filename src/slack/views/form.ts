/** The parts forms are made of; each keeps inside Slack's limits. */
import type { JsonObject } from '../../core/records.ts';
import { clip } from '../mrkdwn.ts';

const plain = (text: string, limit: number): JsonObject => ({
  type: 'plain_text',
  text: clip(text, limit),
  emoji: false,
});

/** A choice of a menu or of radio buttons. @param value at most 150 characters, ids only. */
export const option = (label: string, value: string): JsonObject => ({ text: plain(label, 75), value });

/** A menu of up to 100 options. */
export function menu(actionId: string, placeholder: string, options: JsonObject[], initial?: JsonObject): JsonObject {
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: plain(placeholder, 150),
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

/** A menu of up to 100 options, any number of which are chosen. */
export const multiMenu = (
  actionId: string,
  placeholder: string,
  options: JsonObject[],
  initial: JsonObject[],
): JsonObject => ({
  type: 'multi_static_select',
  action_id: actionId,
  placeholder: plain(placeholder, 150),
  options,
  ...(initial.length === 0 ? {} : { initial_options: initial }),
});

/** Up to ten choices, one of which is made. */
export function radioButtons(actionId: string, options: JsonObject[]): JsonObject {
  const [first] = options;
  return {
    type: 'radio_buttons',
    action_id: actionId,
    options,
    ...(first === undefined ? {} : { initial_option: first }),
  };
}

/** @param date YYYY-MM-DD. */
export const datePicker = (actionId: string, date: string): JsonObject => ({
  type: 'datepicker',
  action_id: actionId,
  initial_date: date,
});

/** @param time HH:mm. */
export const timePicker = (actionId: string, time: string): JsonObject => ({
  type: 'timepicker',
  action_id: actionId,
  initial_time: time,
});

export const textInput = (actionId: string, longest: number): JsonObject => ({
  type: 'plain_text_input',
  action_id: actionId,
  multiline: true,
  max_length: longest,
});

/** One line of text. */
export const lineInput = (
  actionId: string,
  { longest, initial, placeholder }: { longest: number; initial?: string; placeholder: string },
): JsonObject => ({
  type: 'plain_text_input',
  action_id: actionId,
  max_length: longest,
  placeholder: plain(placeholder, 150),
  ...(initial === undefined ? {} : { initial_value: initial }),
});

/** A whole number. */
export const numberInput = (
  actionId: string,
  { least, most, initial }: { least: number; most: number; initial: number },
): JsonObject => ({
  type: 'number_input',
  action_id: actionId,
  is_decimal_allowed: false,
  initial_value: String(initial),
  min_value: String(least),
  max_value: String(most),
});

/** People of the workspace. @param initial Slack user ids. */
export const peopleMenu = (actionId: string, placeholder: string, initial: readonly string[]): JsonObject => ({
  type: 'multi_users_select',
  action_id: actionId,
  placeholder: plain(placeholder, 150),
  ...(initial.length === 0 ? {} : { initial_users: [...initial] }),
});

/** An element with its label; `id` names its block, where a fault of it is shown. */
export function input(
  id: string,
  label: string,
  element: JsonObject,
  { hint, isOptional = false }: { hint?: string; isOptional?: boolean } = {},
): JsonObject {
  return {
    type: 'input',
    block_id: id,
    label: plain(label, 2_000),
    element,
    optional: isOptional,
    ...(hint === undefined ? {} : { hint: plain(hint, 2_000) }),
  };
}

/** A modal that is submitted. */
export function formModal(
  callbackId: string,
  { title, submit, metadata }: { title: string; submit: string; metadata: string },
  blocks: JsonObject[],
): JsonObject {
  return {
    type: 'modal',
    callback_id: callbackId,
    title: plain(title, 24),
    submit: plain(submit, 24),
    close: plain('Cancel', 24),
    private_metadata: metadata,
    blocks,
  };
}
