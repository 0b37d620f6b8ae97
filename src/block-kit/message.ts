/** Checks that concern a whole message rather than one block. */
import { LIMITS } from './limits.ts';
import { type BlockFault, countText, validateBlocks } from './validate.ts';

export interface MessageDraft {
  text?: string | undefined;
  blocks?: unknown;
  attachments?: unknown;
  /** A message that shares files needs no text. */
  files?: readonly unknown[] | undefined;
  metadata?: unknown;
}

export type MessageFault =
  | { error: 'no_text' | 'msg_too_long' | 'msg_blocks_too_long' | 'metadata_too_large' | 'invalid_metadata_format' }
  | { error: 'invalid_blocks'; faults: BlockFault[] };

const isEmptyList = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);

/** What Slack would refuse a message for, in the order Slack looks; null when it would take it. */
export function checkMessage(draft: MessageDraft): MessageFault | null {
  const text = draft.text ?? '';
  const bare = isEmptyList(draft.blocks) && isEmptyList(draft.attachments) && isEmptyList(draft.files);
  if (text.trim() === '' && bare) return { error: 'no_text' };
  if (text.length > LIMITS.messageText) return { error: 'msg_too_long' };
  if (!isEmptyList(draft.blocks)) {
    const faults = validateBlocks(draft.blocks, 'message');
    if (faults.length > 0) return { error: 'invalid_blocks', faults };
    if (countText(draft.blocks) > LIMITS.messageBlocksText) return { error: 'msg_blocks_too_long' };
  }
  return draft.metadata === undefined ? null : checkMetadata(draft.metadata);
}

function checkMetadata(metadata: unknown): MessageFault | null {
  const shaped =
    typeof metadata === 'object' &&
    metadata !== null &&
    'event_type' in metadata &&
    typeof metadata.event_type === 'string' &&
    'event_payload' in metadata &&
    typeof metadata.event_payload === 'object' &&
    metadata.event_payload !== null;
  if (!shaped) return { error: 'invalid_metadata_format' };
  return JSON.stringify(metadata).length > LIMITS.metadata.payloadBytes ? { error: 'metadata_too_large' } : null;
}
