import { LIMITS } from '../../block-kit/limits.ts';
import { countText } from '../../block-kit/validate.ts';
import type { JsonObject } from '../../core/records.ts';

/** How much shorter every text gets, until the message fits. */
const SCALES = [1, 0.7, 0.45, 0.25, 0.12];
const SAFE_CHARACTERS = LIMITS.messageBlocksText - 200;

/** Builds blocks at the largest scale at which Slack takes them in one message or view. */
export function fitBlocks(build: (scale: number) => JsonObject[]): JsonObject[] {
  let blocks: JsonObject[] = [];
  for (const scale of SCALES) {
    blocks = build(scale);
    if (countText(blocks) <= SAFE_CHARACTERS) break;
  }
  return blocks;
}
