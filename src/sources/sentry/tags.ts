import { type Fields, isFields, listOf, textAt, textOf } from '../payload/fields.ts';

export type Tags = Readonly<Record<string, string | undefined>>;

const MAX_TAGS = 200;

/** Tags by name: an SDK sends an object, a hook pairs, the API objects with `key` and `value`. */
export function tagsOf({ tags: sent }: Fields): Tags {
  const tags: Record<string, string | undefined> = Object.create(null);
  const pairs: (readonly [unknown, unknown])[] = isFields(sent)
    ? Object.entries(sent).slice(0, MAX_TAGS)
    : listOf(sent)
        .slice(0, MAX_TAGS)
        .map((tag) => (Array.isArray(tag) ? [tag[0], tag[1]] : [textAt(tag, 'key'), textAt(tag, 'value')]));
  for (const [name, value] of pairs) {
    const text = textOf(value);
    if (typeof name === 'string' && text !== null) tags[name] = text;
  }
  return tags;
}
