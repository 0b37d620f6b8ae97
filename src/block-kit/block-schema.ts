/** One schema per block type, keyed by its `type`. */
import { z } from 'zod';
import { chartBlock } from './chart-schema.ts';
import {
  accessory,
  actionsElement,
  button,
  contextAction,
  contextElement,
  imageBlock,
  imageElement,
  inputElement,
  sectionText,
} from './element-schema.ts';
import { type BlockType, LIMITS } from './limits.ts';
import { richTextBlock } from './rich-text-schema.ts';
import { anyText, blockId, bounded, httpUrl, list, mrkdwn, plainText } from './text-schema.ts';

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: sectionText.optional(),
    fields: list(anyText(LIMITS.sectionField), LIMITS.sectionFields).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, {
    error: 'must have one of: text, fields',
  });

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: list(actionsElement, LIMITS.actionsElements),
});

const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: list(contextElement, LIMITS.contextElements),
});

const header = z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(LIMITS.header) });
const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });

const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(LIMITS.inputLabel),
  hint: plainText(LIMITS.inputHint).optional(),
  element: inputElement,
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1, { error: 'must be more than 0 characters' }) }),
  z.strictObject({
    type: z.literal('raw_number'),
    value: z.number({ error: 'must be a number' }),
    text: z.string().min(1, { error: 'must be more than 0 characters' }),
  }),
  richTextBlock,
]);

const rowsOf = (limit: { rows: number; columns: number }) => list(list(cell, limit.columns), limit.rows);

const table = z.strictObject({
  type: z.literal('table'),
  block_id: blockId,
  rows: rowsOf(LIMITS.table),
  column_settings: z
    .array(
      z.strictObject({
        align: z.enum(['left', 'center', 'right']).optional(),
        is_wrapped: z.boolean().optional(),
      }),
    )
    .max(LIMITS.table.columns, { error: `no more than ${LIMITS.table.columns} items allowed` })
    .optional(),
});

const dataTable = z
  .strictObject({
    type: z.literal('data_table'),
    block_id: blockId,
    caption: bounded(LIMITS.altText),
    rows: rowsOf(LIMITS.dataTable),
    page_size: z
      .int()
      .min(1, { error: 'must be greater than 0' })
      .max(LIMITS.dataTable.pageSize, { error: `must be less than ${LIMITS.dataTable.pageSize + 1}` })
      .optional(),
    row_header_column_index: z.int().min(0).optional(),
  })
  .refine((block) => new Set(block.rows.map((row) => row.length)).size === 1, {
    path: ['rows'],
    error: 'every row must have the same number of cells',
  });

const card = z.strictObject({
  type: z.literal('card'),
  block_id: blockId,
  hero_image: imageElement.optional(),
  icon: imageElement.optional(),
  title: mrkdwn(LIMITS.card.title).optional(),
  subtitle: mrkdwn(LIMITS.card.subtitle).optional(),
  body: mrkdwn(LIMITS.card.body).optional(),
  actions: list(button, LIMITS.card.actions).optional(),
});

const container = z
  .strictObject({
    type: z.literal('container'),
    block_id: blockId,
    title: plainText(LIMITS.container.title).optional(),
    rich_text_title: richTextBlock.optional(),
    subtitle: anyText(LIMITS.container.subtitle).optional(),
    child_blocks: list(
      z.discriminatedUnion('type', [
        actions,
        context,
        divider,
        header,
        imageBlock,
        input,
        richTextBlock,
        section,
        table,
      ]),
      LIMITS.container.children,
    ),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    icon: imageElement.optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
  })
  .refine((block) => block.title !== undefined || block.rich_text_title !== undefined, {
    error: 'must have one of: title, rich_text_title',
  })
  .refine((block) => !block.default_collapsed || block.is_collapsible === true, {
    path: ['default_collapsed'],
    error: 'requires is_collapsible to be true',
  });

const task = {
  task_id: bounded(LIMITS.blockId),
  title: bounded(LIMITS.header),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: richTextBlock.optional(),
  output: richTextBlock.optional(),
  sources: z.array(z.strictObject({ type: z.literal('url'), url: httpUrl, text: z.string() })).optional(),
};

export const BLOCK_SCHEMAS = {
  actions,
  alert: z.strictObject({
    type: z.literal('alert'),
    block_id: blockId,
    text: anyText(LIMITS.alertText),
    level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
  }),
  card,
  carousel: z.strictObject({
    type: z.literal('carousel'),
    block_id: blockId,
    elements: list(card, LIMITS.carouselCards),
  }),
  container,
  context,
  context_actions: z.strictObject({
    type: z.literal('context_actions'),
    block_id: blockId,
    elements: list(contextAction, LIMITS.contextActionsElements),
  }),
  data_table: dataTable,
  data_visualization: chartBlock,
  divider,
  header,
  image: imageBlock,
  input,
  markdown: z.strictObject({ type: z.literal('markdown'), block_id: blockId, text: bounded(LIMITS.markdown) }),
  plan: z.strictObject({
    type: z.literal('plan'),
    block_id: blockId,
    title: bounded(LIMITS.header),
    tasks: z
      .array(z.strictObject({ type: z.literal('task_card').optional(), block_id: blockId, ...task }))
      .max(LIMITS.planTasks, { error: `no more than ${LIMITS.planTasks} items allowed` })
      .optional(),
  }),
  rich_text: richTextBlock,
  section,
  table,
  task_card: z.strictObject({ type: z.literal('task_card'), block_id: blockId, ...task }),
  video: z.looseObject({
    type: z.literal('video'),
    block_id: blockId,
    alt_text: bounded(LIMITS.altText),
    video_url: httpUrl,
    thumbnail_url: httpUrl,
    title: plainText(199),
  }),
} as const satisfies Record<BlockType, z.ZodType>;
