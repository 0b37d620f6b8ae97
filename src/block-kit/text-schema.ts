/** Schemas of text and option objects, with Slack's own words for each fault. */
import { z } from 'zod';
import { LIMITS } from './limits.ts';

/** A string of `min` to `max` characters. */
export const bounded = (max: number, min = 1) =>
  z
    .string({ error: (issue) => (issue.input === undefined ? 'missing required field' : 'must be a string') })
    .min(min, { error: `must be more than ${min - 1} characters` })
    .max(max, { error: `must be less than ${max + 1} characters` });

/** A list of `min` to `max` items. */
export const list = <Item extends z.ZodType>(item: Item, max: number, min = 1) =>
  z
    .array(item, { error: (issue) => (issue.input === undefined ? 'missing required field' : 'must be an array') })
    .min(min, { error: `no fewer than ${min} items allowed` })
    .max(max, { error: `no more than ${max} items allowed` });

export const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: bounded(max), emoji: z.boolean().optional() });

export const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: bounded(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);

export const blockId = bounded(LIMITS.blockId).optional();
export const actionId = bounded(LIMITS.actionId).optional();

export const httpUrl = bounded(LIMITS.url).refine((url) => /^(https?|slack|mailto|tel):/i.test(url), {
  error: 'must be a valid URL',
});

const optionOf = <Text extends z.ZodType>(text: Text) =>
  z.strictObject({
    text,
    value: bounded(LIMITS.optionValue),
    description: plainText(LIMITS.optionDescription).optional(),
    url: httpUrl.optional(),
  });

/** An option of a menu: plain text only. */
export const menuOption = optionOf(plainText(LIMITS.optionText));
/** An option of radio buttons or checkboxes, which may hold mrkdwn. */
export const choiceOption = optionOf(anyText(LIMITS.optionText));

export const optionGroup = z.strictObject({
  label: plainText(LIMITS.optionGroupLabel),
  options: list(menuOption, LIMITS.selectOptions),
});

export const confirmDialog = z.strictObject({
  title: plainText(LIMITS.confirmTitle).optional(),
  text: anyText(LIMITS.confirmText),
  confirm: plainText(LIMITS.confirmButton).optional(),
  deny: plainText(LIMITS.confirmButton).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});
