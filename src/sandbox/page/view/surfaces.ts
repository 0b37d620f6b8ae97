/** Joins blocks to the store: what using and holding means in a message, and in a view. */
import type { ElementValue, FormValues, PageMessage, PageView } from '../../page-protocol.ts';
import type { Surface } from '../blocks/surface.ts';
import { type Json, record, records, text } from '../dom.ts';
import type { Store } from '../store.ts';
import { namesOf } from '../text/names.ts';

/** What people typed or picked, by message or view and element; it outlives redraws. */
const heldValues = new Map<string, Map<string, ElementValue>>();

/** An input counts by its block, anything else by its action. */
const keyOf = (block: Json, element: Json): string => text(block.type === 'input' ? block.block_id : element.action_id);

const initial = (element: Json): ElementValue => {
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

function common(store: Store, id: string): Omit<Surface, 'use' | 'errors'> {
  const values = heldValues.get(id) ?? new Map<string, ElementValue>();
  heldValues.set(id, values);
  const { people, channels } = store.workspace;
  return {
    names: namesOf(store.workspace),
    people: people.map((person) => ({ id: person.id, label: person.realName })),
    channels: channels.filter((one) => one.kind !== 'im').map((one) => ({ id: one.id, label: `#${one.name}` })),
    held: (block, element) => {
      const key = keyOf(block, element);
      return values.has(key) ? values.get(key) : initial(element);
    },
    hold: (block, element, value) => values.set(keyOf(block, element), value),
  };
}

export function messageSurface(store: Store, message: PageMessage): Surface {
  return {
    ...common(store, `${store.viewerId} ${message.channel} ${message.ts}`),
    errors: {},
    async use(block, element, value) {
      const on = { channel: message.channel, ts: message.ts };
      await store.do({
        do: 'use',
        on,
        blockId: text(block.block_id),
        actionId: text(element.action_id),
        value,
        held: {},
      });
    },
  };
}

export const heldIn = (view: PageView): FormValues => Object.fromEntries(heldValues.get(view.id) ?? []);

export function viewSurface(store: Store, view: PageView, errors: Readonly<Record<string, string>> = {}): Surface {
  return {
    ...common(store, view.id),
    errors,
    async use(block, element, value) {
      const ids = { blockId: text(block.block_id), actionId: text(element.action_id) };
      await store.do({ do: 'use', on: { view: view.id }, ...ids, value, held: heldIn(view) });
    },
  };
}
