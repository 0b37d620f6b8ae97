/** Help Scout's Inbox API 2.0: conversations with their threads and customers. */
import type { JsonObject } from '../core/records.ts';
import type { ReadSpan, ToolPage, ToolReader } from '../pipeline/backfill/tool-reader.ts';
import { ToolTrouble } from '../pipeline/backfill/tool-trouble.ts';
import { idOf, isObject, numberOf, objectsIn, textOf, within } from './json-shape.ts';
import type { ReadTool } from './read-only-client.ts';

/** The most pages of threads that are read of a conversation: Help Scout allows 100 threads. */
const MOST_THREAD_PAGES = 20;
const CUSTOMERS_KEPT = 2_000;

export interface HelpScout extends ToolReader {
  /** `{conversation, threads, customer}`, or `{gone: true}`. */
  fetchConversation(id: string): Promise<JsonObject>;
}

export function createHelpScout(read: ReadTool): HelpScout {
  const customerOf = rememberCustomers(read);

  async function whole(conversation: JsonObject): Promise<JsonObject> {
    const id = idOf(conversation, 'id');
    if (id === null) return { conversation, threads: [] };
    const customer = await customerOf(
      idOf(conversation, 'primaryCustomer', 'id') ?? idOf(conversation, 'createdBy', 'id'),
    );
    return { conversation, threads: await readThreads(read, id), ...(customer === null ? {} : { customer }) };
  }

  return {
    async fetchConversation(id) {
      const found = await unlessGone(read({ path: `/v2/conversations/${encodeURIComponent(id)}` }));
      if (found === null || !isObject(found.body)) return { gone: true };
      return (await unlessGone(whole(found.body))) ?? { gone: true };
    },

    async read(cursor, span) {
      const place = placeOf(cursor);
      const { body } = await read({ path: '/v2/conversations', query: listQuery(place, span) });
      const listed = objectsIn(body, '_embedded', 'conversations');
      const records: JsonObject[] = [];
      for (const conversation of listed) {
        if (place.known.includes(idOf(conversation, 'id') ?? '')) continue;
        const record = await unlessGone(whole(conversation));
        if (record !== null) records.push(record);
      }
      return { records, next: nextPlace(place, listed, body) };
    },
  };
}

/** Conversations are walked by when they were made, so that none slips by while others change. */
interface Place {
  /** ISO-8601 of the conversation that was read last; null at the beginning. */
  from: string | null;
  /** From 1, of those made from then on. */
  page: number;
  /** Those of that instant that were read. */
  known: readonly string[];
}

function placeOf(cursor: JsonObject | null): Place {
  const known = within(cursor, 'known');
  return {
    from: textOf(cursor, 'from'),
    page: numberOf(cursor, 'page') ?? 1,
    known: Array.isArray(known) ? known.filter((id) => typeof id === 'string') : [],
  };
}

function listQuery({ from, page }: Place, { since }: ReadSpan): Record<string, string> {
  return {
    status: 'all',
    modifiedSince: isoSeconds(since),
    sortField: 'createdAt',
    sortOrder: 'asc',
    page: String(page),
    ...(from === null ? {} : { query: `(createdAt:[${from} TO *])` }),
  };
}

/** More of the same instant than a page holds are on the next page; else the instant moves on and pages begin anew. */
function nextPlace({ from, page, known }: Place, listed: readonly JsonObject[], body: unknown): ToolPage['next'] {
  const pages = numberOf(body, 'page', 'totalPages') ?? 1;
  if (listed.length === 0 || page >= pages) return null;
  const last = textOf(listed.at(-1), 'createdAt');
  const read = listed.filter((one) => textOf(one, 'createdAt') === last).flatMap((one) => idOf(one, 'id') ?? []);
  return last !== null && last !== from
    ? { from: last, page: 1, known: read }
    : { from, page: page + 1, known: [...known, ...read] };
}

async function readThreads(read: ReadTool, id: string): Promise<JsonObject[]> {
  const threads: JsonObject[] = [];
  for (let page = 1; page <= MOST_THREAD_PAGES; page++) {
    const { body } = await read({ path: `/v2/conversations/${id}/threads`, query: { page: String(page) } });
    threads.push(...objectsIn(body, '_embedded', 'threads'));
    if (page >= (numberOf(body, 'page', 'totalPages') ?? 1)) break;
  }
  return threads;
}

/** What names the customer's organisation; customers write again, and hardly change. */
function rememberCustomers(read: ReadTool): (id: string | null) => Promise<JsonObject | null> {
  const known = new Map<string, JsonObject | null>();
  return async (id) => {
    if (id === null) return null;
    const remembered = known.get(id);
    if (remembered !== undefined) return remembered;
    const found = await unlessGone(read({ path: `/v2/customers/${id}` }));
    const organization =
      within(found?.body, 'organization') ?? within(found?.body, '_embedded', 'organization', 'name');
    const customer = typeof organization === 'string' && organization !== '' ? { organization } : null;
    if (known.size >= CUSTOMERS_KEPT) known.clear();
    known.set(id, customer);
    return customer;
  };
}

/** Null for what the tool no longer has, as when somebody deleted it meanwhile. */
async function unlessGone<Found>(asking: Promise<Found>): Promise<Found | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof ToolTrouble && (error.status === 404 || error.status === 410)) return null;
    throw error;
  }
}

const isoSeconds = (epoch: number): string => `${new Date(epoch).toISOString().slice(0, 19)}Z`;
