/** Joins blocks to the store: what using and holding means in a message, and in a view. */
import type { ElementValue, FormValues, PageMessage, PageView } from '../../page-protocol.ts';
import { groupsOf } from '../blocks/menus.ts';
import type { Surface } from '../blocks/surface.ts';
import type { OptionGroup } from '../controls/combobox.ts';
import { type Json, record, records, text } from '../dom.ts';
import type { Store } from '../store.ts';
import { namesOf } from '../text/names.ts';

type Target = { channel: string; ts: string } | { view: string };

/** What people typed or picked, by message or view and element; it outlives redraws. */
const heldValues = new Map<string, Map<string, ElementValue>>();

/** An input counts by its block, anything else by its action. */
const keyOf = (block: Json, element: Json): string => text(block.type === 'input' ? block.block_id : element.action_id);

/** Rich text as somebody would type it, without its styles. */
const wordsOfRichText = (value: Json): string =>
  text(value.text) +
  records(value.elements)
    .map(wordsOfRichText)
    .join(value.type === 'rich_text' ? '\n' : '');

const initial = (element: Json): ElementValue => {
  if (element.type === 'rich_text_input') return wordsOfRichText(record(element.initial_value)) || undefined;
  if (element.initial_option !== undefined) return text(record(element.initial_option).value);
  if (element.initial_options !== undefined)
    return records(element.initial_options).map((option) => text(option.value));
  for (const [key, value] of Object.entries(element)) {
    if (!key.startsWith('initial_')) continue;
    if (typeof value === 'string' || typeof value === 'number') return value;
    if (Array.isArray(value)) return value.map(String);
  }
  return undefined;
};

interface Place {
  /** What values are kept under. */
  id: string;
  on: Target;
  errors: Readonly<Record<string, string>>;
  held(): FormValues;
}

function surfaceAt(store: Store, place: Place): Surface {
  const values = heldValues.get(place.id) ?? new Map<string, ElementValue>();
  heldValues.set(place.id, values);
  const { people, channels } = store.workspace;
  const idsOf = (block: Json, element: Json) => ({
    on: place.on,
    blockId: text(block.block_id),
    actionId: text(element.action_id),
  });
  return {
    names: namesOf(store.workspace),
    people: people.map((person) => ({ id: person.id, label: person.realName, detail: person.title })),
    channels: channels.filter((one) => one.kind !== 'im').map((one) => ({ id: one.id, label: `#${one.name}` })),
    errors: place.errors,
    held: (block, element) => {
      const key = keyOf(block, element);
      return values.has(key) ? values.get(key) : initial(element);
    },
    hold: (block, element, value) => values.set(keyOf(block, element), value),
    async use(block, element, value) {
      await store.do({ do: 'use', ...idsOf(block, element), value, held: place.held() });
    },
    async suggest(block, element, query): Promise<OptionGroup[]> {
      const found = await store.do({ do: 'suggest', ...idsOf(block, element), query, held: place.held() });
      if (found.failure !== undefined) throw new Error(found.failure);
      return groupsOf({ options: found.options, option_groups: found.optionGroups });
    },
    upload: (file) => store.keepFile(file),
  };
}

export const messageSurface = (store: Store, message: PageMessage): Surface =>
  surfaceAt(store, {
    id: `${store.viewerId} ${message.channel} ${message.ts}`,
    on: { channel: message.channel, ts: message.ts },
    errors: {},
    held: () => ({}),
  });

export const heldIn = (view: PageView): FormValues => Object.fromEntries(heldValues.get(view.id) ?? []);

export const viewSurface = (store: Store, view: PageView, errors: Readonly<Record<string, string>> = {}): Surface =>
  surfaceAt(store, { id: view.id, on: { view: view.id }, errors, held: () => heldIn(view) });
