/** Checks a modal or Home view as `views.open` and `views.publish` do. */
import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { bounded, plainText } from './text-schema.ts';
import { type BlockFault, validateBlocks } from './validate.ts';

const shared = {
  blocks: z.array(z.unknown(), { error: 'missing required field' }),
  callback_id: bounded(LIMITS.view.callbackId, 0).optional(),
  external_id: bounded(LIMITS.view.externalId, 0).optional(),
  private_metadata: bounded(LIMITS.view.privateMetadata, 0).optional(),
};

const viewSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('modal'),
    title: plainText(LIMITS.view.title),
    submit: plainText(LIMITS.view.submit).optional(),
    close: plainText(LIMITS.view.close).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
    ...shared,
  }),
  z.strictObject({ type: z.literal('home'), ...shared }),
]);

/** Every fault of a view, pointers from the view's own root; an empty list means Slack would take it. */
export function validateView(view: unknown): BlockFault[] {
  const parsed = viewSchema.safeParse(view);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => ({
      pointer: issue.path.length === 0 ? '/' : `/${issue.path.map(String).join('/')}`,
      message:
        issue.code === 'unrecognized_keys' ? `invalid additional property: ${issue.keys.join(', ')}` : issue.message,
    }));
  }
  const faults = validateBlocks(parsed.data.blocks, parsed.data.type);
  const needsSubmit = parsed.data.type === 'modal' && parsed.data.submit === undefined;
  const hasInput = parsed.data.blocks.some(
    (block) => typeof block === 'object' && block !== null && 'type' in block && block.type === 'input',
  );
  if (needsSubmit && hasInput) {
    faults.push({ pointer: '/submit', message: 'missing required field: a modal with input blocks needs submit' });
  }
  return faults;
}
