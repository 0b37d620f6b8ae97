import { isRecord, type JsonRecord, recordsOf } from '../json.ts';
import type { Ids } from './ids.ts';

/** Blocks as Slack stores them: every block has a block_id, every interactive element an action_id. */
export function withBlockIds(blocks: readonly JsonRecord[], ids: Ids): JsonRecord[] {
  return blocks.map((block) => {
    const named: JsonRecord = { ...block, block_id: block.block_id ?? ids.next('b').toLowerCase() };
    if (Array.isArray(block.elements) && block.type !== 'rich_text') {
      named.elements = recordsOf(block.elements).map((element) => withActionId(element, ids));
    }
    if (isRecord(block.accessory)) named.accessory = withActionId(block.accessory, ids);
    if (isRecord(block.element)) named.element = withActionId(block.element, ids);
    if (Array.isArray(block.actions)) {
      named.actions = recordsOf(block.actions).map((action) => withActionId(action, ids));
    }
    if (Array.isArray(block.child_blocks)) named.child_blocks = withBlockIds(recordsOf(block.child_blocks), ids);
    return named;
  });
}

const PASSIVE = new Set(['image', 'plain_text', 'mrkdwn', 'card']);

function withActionId(element: JsonRecord, ids: Ids): JsonRecord {
  if (element.type === 'card') {
    const actions = recordsOf(element.actions).map((action) => withActionId(action, ids));
    return { ...element, block_id: element.block_id ?? ids.next('b').toLowerCase(), actions };
  }
  if (PASSIVE.has(String(element.type)) || element.action_id !== undefined) return element;
  return { ...element, action_id: ids.next('a').toLowerCase() };
}

export interface PlacedElement {
  block: JsonRecord;
  element: JsonRecord;
}

/** Every element of a message or view that a person can use, in reading order. */
export function* interactiveElements(blocks: readonly JsonRecord[]): Generator<PlacedElement> {
  for (const block of blocks) {
    if (block.type === 'carousel') yield* interactiveElements(recordsOf(block.elements));
    else {
      for (const element of recordsOf(block.elements)) {
        if (typeof element.action_id === 'string') yield { block, element };
      }
    }
    for (const key of ['accessory', 'element'] as const) {
      const element = block[key];
      if (isRecord(element) && typeof element.action_id === 'string') yield { block, element };
    }
    for (const element of recordsOf(block.actions)) yield { block, element };
    yield* interactiveElements(recordsOf(block.child_blocks));
  }
}
