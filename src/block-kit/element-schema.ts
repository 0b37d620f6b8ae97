/** Schemas of the elements that sit inside blocks. */
import { z } from 'zod';
import { choices, dateTimePicker, pickers, selects, textInputs } from './input-schema.ts';
import { LIMITS } from './limits.ts';
import { actionId, anyText, bounded, confirmDialog, httpUrl, list, menuOption, plainText } from './text-schema.ts';

const confirm = confirmDialog.optional();
const label = bounded(LIMITS.accessibilityLabel).optional();
const style = z.enum(['primary', 'danger'], { error: 'must be one of: primary, danger' }).optional();

const slackFile = z
  .strictObject({ id: z.string().optional(), url: z.string().optional() })
  .refine((file) => (file.id === undefined) !== (file.url === undefined), { error: 'must have one of: id, url' });

const imageSource = { image_url: httpUrl.optional(), slack_file: slackFile.optional() };
const hasOneSource = (image: { image_url?: unknown; slack_file?: unknown }) =>
  (image.image_url === undefined) !== (image.slack_file === undefined);
const oneSource = { error: 'must have one of: image_url, slack_file' };

export const imageElement = z
  .strictObject({ type: z.literal('image'), alt_text: bounded(LIMITS.altText), ...imageSource })
  .refine(hasOneSource, oneSource);

export const imageBlock = z
  .strictObject({
    type: z.literal('image'),
    block_id: bounded(LIMITS.blockId).optional(),
    alt_text: bounded(LIMITS.altText),
    title: plainText(LIMITS.imageTitle).optional(),
    ...imageSource,
  })
  .refine(hasOneSource, oneSource);

export const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(LIMITS.buttonText),
  action_id: actionId,
  value: bounded(LIMITS.buttonValue).optional(),
  url: httpUrl.optional(),
  style,
  confirm,
  accessibility_label: label,
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  options: list(menuOption, LIMITS.overflowOptions.max, LIMITS.overflowOptions.min),
  confirm,
});

const feedback = z.strictObject({
  text: plainText(LIMITS.buttonText),
  value: bounded(LIMITS.buttonValue),
  accessibility_label: label,
});

export const contextAction = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('feedback_buttons'),
    action_id: actionId,
    positive_button: feedback,
    negative_button: feedback,
  }),
  z.strictObject({
    type: z.literal('icon_button'),
    action_id: actionId,
    icon: z.string(),
    text: plainText(LIMITS.buttonText),
    value: bounded(LIMITS.buttonValue).optional(),
    accessibility_label: label,
    visible_to_user_ids: z.array(z.string()).optional(),
    confirm,
  }),
]);

export const actionsElement = z.discriminatedUnion('type', [
  button,
  overflow,
  ...selects,
  ...pickers,
  dateTimePicker,
  ...choices,
]);
export const accessory = z.discriminatedUnion('type', [
  button,
  overflow,
  imageElement,
  ...selects,
  ...pickers,
  ...choices,
]);
export const inputElement = z.discriminatedUnion('type', [
  ...textInputs,
  ...selects,
  ...pickers,
  dateTimePicker,
  ...choices,
]);
export const contextElement = z.discriminatedUnion('type', [
  imageElement,
  z.strictObject({ type: z.literal('plain_text'), text: bounded(LIMITS.contextText), emoji: z.boolean().optional() }),
  z.strictObject({ type: z.literal('mrkdwn'), text: bounded(LIMITS.contextText), verbatim: z.boolean().optional() }),
]);
export const sectionText = anyText(LIMITS.sectionText);
