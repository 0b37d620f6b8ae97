/** Intercom's API: conversations, then tickets, are searched; each is read with its parts, which a search leaves out. */
import type { JsonObject } from '../core/records.ts';
import type { ReadSpan, ToolReader } from '../pipeline/backfill/tool-reader.ts';
import { ToolTrouble } from '../pipeline/backfill/tool-trouble.ts';
import { idOf, isObject, numberOf, objectsIn, textOf } from './json-shape.ts';
import type { ReadTool } from './read-only-client.ts';

/** Sent with every question: answers keep this shape whatever Intercom changes. */
export const INTERCOM_VERSION = '2.14';
const PAGE = 50;

/** What is searched, one after the other; these are its names in addresses and answers. */
const KINDS = ['conversations', 'tickets'] as const;
type Kind = (typeof KINDS)[number];

/** The order is by when they last changed: one that changes meanwhile comes once more, at the end. */
interface Place {
  of: Kind;
  /** Where Intercom goes on; null at the beginning. */
  after: string | null;
  /** Epoch seconds from which on `after` was asked for. */
  asked: number;
  /** Epoch seconds of the last change that was read: where to begin when `after` is no longer known there. */
  read: number;
}

export function createIntercom(read: ReadTool): ToolReader {
  let app: Promise<string | null> | undefined;
  const appId = (): Promise<string | null> => {
    app ??= read({ path: '/me' }).then(({ body }) => idOf(body, 'app', 'id_code'));
    return app;
  };

  async function search(place: Place): Promise<{ place: Place; found: unknown }> {
    const ask = async ({ of, asked, after }: Place) =>
      (await read({ path: `/${of}/search`, search: searchFor(asked, after) })).body;
    try {
      return { place, found: await ask(place) };
    } catch (error) {
      const forgotten = error instanceof ToolTrouble && (error.status === 400 || error.status === 404);
      if (!forgotten || place.after === null) throw error;
      const anew = { of: place.of, after: null, asked: place.read, read: place.read };
      return { place: anew, found: await ask(anew) };
    }
  }

  async function whole(of: Kind, listed: JsonObject): Promise<JsonObject[]> {
    const id = idOf(listed, 'id');
    if (id === null) return [];
    try {
      const { body } = await read({ path: `/${of}/${id}` });
      return isObject(body) ? [{ app_id: await appId(), data: { item: body } }] : [];
    } catch (error) {
      if (error instanceof ToolTrouble && error.status === 404) return [];
      throw error;
    }
  }

  return {
    async read(cursor, span) {
      const { place, found } = await search(placeOf(cursor, span));
      const listed = objectsIn(found, place.of);
      const records: JsonObject[] = [];
      for (const one of listed) records.push(...(await whole(place.of, one)));
      const after = textOf(found, 'pages', 'next', 'starting_after');
      if (after === null || listed.length === 0) return { records, next: beginningOf(KINDS.indexOf(place.of) + 1) };
      // Of tickets no order is documented: those are begun anew from where they were asked for.
      const last = place.of === 'tickets' ? place.asked : (numberOf(listed.at(-1), 'updated_at') ?? place.read);
      return { records, next: { of: place.of, after, asked: place.asked, read: last } };
    },
  };
}

/** Where the kind of that number begins; null past the last one. */
function beginningOf(number: number): JsonObject | null {
  const of = KINDS[number];
  return of === undefined ? null : { of };
}

function placeOf(cursor: JsonObject | null, { since }: ReadSpan): Place {
  const asked = numberOf(cursor, 'asked') ?? Math.floor(since / 1_000);
  const of = KINDS.find((kind) => kind === textOf(cursor, 'of')) ?? 'conversations';
  return { of, after: textOf(cursor, 'after'), asked, read: numberOf(cursor, 'read') ?? asked };
}

/** Everything that changed from that second on. */
function searchFor(from: number, after: string | null): JsonObject {
  return {
    query: { operator: 'AND', value: [{ field: 'updated_at', operator: '>', value: from - 1 }] },
    sort: { field: 'updated_at', order: 'ascending' },
    pagination: { per_page: PAGE, ...(after === null ? {} : { starting_after: after }) },
  };
}
