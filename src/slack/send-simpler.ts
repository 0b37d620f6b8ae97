import { DeliveryError } from '../pipeline/delivery-error.ts';
import type { OutgoingMessage } from '../pipeline/ports.ts';
import type { Rendered } from './views/notice.ts';

/** Slack's words for blocks it does not take. */
const REFUSED = new Set(['invalid_blocks', 'invalid_arguments', 'invalid_blocks_format']);

/** Sends a message; where its newest blocks are refused, what says the same without them. */
export async function sendSimplerIfRefused<T>(message: Rendered, send: (message: Rendered) => Promise<T>): Promise<T> {
  try {
    return await send(message);
  } catch (error) {
    const refused = error instanceof DeliveryError && REFUSED.has(error.reason ?? '');
    if (!refused || message.simpler === undefined) throw error;
    return send(message.simpler());
  }
}

/** A message out of the outbox, with what says the same without the native chart that a workspace may not have. */
export function chartless({ text, blocks }: OutgoingMessage): Rendered {
  const others = blocks.filter(({ type }) => type !== 'data_visualization');
  return others.length === blocks.length
    ? { text, blocks }
    : { text, blocks, simpler: () => ({ text, blocks: others }) };
}
