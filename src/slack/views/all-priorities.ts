import type { DigestItem } from '../../core/delivery/digest-model.ts';
import { countOf, formatDay } from '../../core/facts/render.ts';
import type { JsonObject } from '../../core/records.ts';
import { CALLBACKS } from '../ids.ts';
import { context, modal } from './elements.ts';
import { fitBlocks } from './fit.ts';
import { buildPriorityLine } from './priority-item.ts';
import { type WordingContext, wordItem } from './reading.ts';

export const ALL_TITLE = 'All priorities';
/** More than anybody reads, and well within Slack's 100 blocks. */
export const ALL_SHOWN = 60;

/** Every priority of a judged day, one block each; says so when even this list is cut. */
export function buildAllPriorities(
  date: string,
  items: readonly DigestItem[],
  total: number,
  wording: WordingContext,
): JsonObject {
  const shown = items.slice(0, ALL_SHOWN).map((item) => wordItem(item, wording));
  const cut = shown.length < total ? ` · showing ${shown.length} of ${total}` : '';
  const blocks = fitBlocks((scale) => [
    context(`${formatDay(date)}, ${wording.timezone} · ${countOf(total, 'priority', 'priorities')}${cut}`),
    ...shown.map((item) => buildPriorityLine(item, scale)),
  ]);
  return modal(CALLBACKS.allPriorities, ALL_TITLE, blocks);
}
