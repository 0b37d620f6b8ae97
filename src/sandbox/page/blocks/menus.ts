/** Select menus of every source: the block's own options, the app's, people, channels. */
import type { ElementValue } from '../../page-protocol.ts';
import { combobox, filterOptions, type Option, type OptionGroup } from '../controls/combobox.ts';
import { h, type Json, records, text, wordsOf } from '../dom.ts';
import { withEmoji } from '../text/emoji.ts';
import { keyOf, type Surface } from './surface.ts';

const TYPING_MS = 150;

/** Names of options the app once offered: a value alone does not say how it was called. */
const offered = new Map<string, Option>();

export const optionOf = (one: Json): Option => {
  const about = wordsOf(one.description);
  const words = { id: text(one.value), label: withEmoji(wordsOf(one.text)) };
  return about === '' ? words : { ...words, detail: about };
};

/** Options with their groups, as blocks and the app's answers write them. */
export function groupsOf(holder: Json): OptionGroup[] {
  if (holder.option_groups === undefined) return [{ label: '', options: records(holder.options).map(optionOf) }];
  return records(holder.option_groups).map((group) => ({
    label: wordsOf(group.label),
    options: records(group.options).map(optionOf),
  }));
}

export const isMenu = (element: Json): boolean => text(element.type).endsWith('_select');

const idsOf = (value: ElementValue): string[] => {
  if (value === undefined || value === null || value === '') return [];
  return typeof value === 'object' ? [...value] : [String(value)];
};

export function menu(block: Json, element: Json, surface: Surface, change: (value: ElementValue) => void): HTMLElement {
  const isMulti = text(element.type).startsWith('multi_');
  const source = text(element.type).replace('multi_', '').replace('_select', '');
  const key = keyOf(block, element);
  const own = ownOptions(source, element, surface);
  const given = [...records(element.initial_options), ...records([element.initial_option])].map(optionOf);
  const known = [...(own ?? []).flatMap((group) => group.options), ...given];
  const nameOf = (id: string): Option =>
    known.find((option) => option.id === id) ?? offered.get(`${key} ${id}`) ?? { id, label: id };
  const placeholder = wordsOf(element.placeholder) || (isMulti ? 'Choose options' : 'Choose an option');
  const box = combobox({
    key,
    label: text(element.accessibility_label) || placeholder,
    placeholder,
    isMulti,
    most: Number(element.max_selected_items ?? Number.POSITIVE_INFINITY),
    picked: idsOf(surface.held(block, element)).map(nameOf),
    minQuery: own === undefined ? Number(element.min_query_length ?? 3) : 0,
    find: own === undefined ? searching(block, element, surface) : (query) => filterOptions(own, query),
    change(options) {
      for (const option of options) offered.set(`${key} ${option.id}`, option);
      const ids = options.map((option) => option.id);
      change(isMulti ? ids : (ids[0] ?? null));
    },
  });
  return h('div', { class: 'select' }, box);
}

function ownOptions(source: string, element: Json, surface: Surface): readonly OptionGroup[] | undefined {
  if (source === 'users') return [{ label: '', options: surface.people }];
  if (source === 'channels' || source === 'conversations') return [{ label: '', options: surface.channels }];
  return source === 'static' ? groupsOf(element) : undefined;
}

/** Asks the app once the person pauses. */
function searching(block: Json, element: Json, surface: Surface): (query: string) => Promise<OptionGroup[]> {
  let latest = 0;
  return async (query) => {
    const turn = ++latest;
    await new Promise((resolve) => setTimeout(resolve, TYPING_MS));
    return turn === latest ? surface.suggest(block, element, query) : [];
  };
}
