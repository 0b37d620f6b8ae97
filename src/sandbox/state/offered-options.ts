import { type JsonRecord, recordsOf } from '../json.ts';
import type { PlacedElement } from './block-ids.ts';

const keyOf = ({ block, element }: PlacedElement): string => `${String(block.block_id)} ${String(element.action_id)}`;

/** What external menus have offered: a person picks a value, and the app hears of the whole option. */
export class OfferedOptions {
  readonly #offered = new Map<string, Map<string, JsonRecord>>();

  keep(placed: PlacedElement, options: readonly JsonRecord[]): void {
    const known = this.#offered.get(keyOf(placed)) ?? new Map<string, JsonRecord>();
    for (const option of options) known.set(String(option.value), option);
    this.#offered.set(keyOf(placed), known);
  }

  /** Every option a menu has: its own, those it starts with, and those the app has offered for it. */
  of(placed: PlacedElement): JsonRecord[] {
    const { element } = placed;
    return [
      ...recordsOf(element.options),
      ...recordsOf(element.option_groups).flatMap((group) => recordsOf(group.options)),
      ...recordsOf([element.initial_option]),
      ...recordsOf(element.initial_options),
      ...(this.#offered.get(keyOf(placed))?.values() ?? []),
    ];
  }
}
