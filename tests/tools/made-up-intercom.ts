import { type MadeUpTool, type Route, startMadeUpTool } from './made-up-tool.ts';

const PAGE = 4;

export interface IntercomHolding {
  conversations: readonly (Record<string, unknown> & { id: string; updated_at: number })[];
  ids: readonly string[];
}

/** Conversations an hour apart, with an answer of a teammate in every second. */
export function intercomHolding(count: number, from: number): IntercomHolding {
  const ids: string[] = [];
  const conversations = Array.from({ length: count }, (_, index) => {
    const id = String(9_000 + index);
    const began = from / 1_000 + (index - 1) * 3_600;
    if (index > 0) ids.push(`conversation_${id}`);
    if (index % 2 === 0) ids.push(`conversation_${id}_part_${index}`);
    return {
      ...{ type: 'conversation', id, created_at: began, updated_at: began + 3_700 },
      source: { type: 'conversation', body: '<p>It fails</p>', author: { type: 'user', id: `c-${index}` }, url: null },
      contacts: { contacts: [{ type: 'contact', id: `c-${index}`, external_id: `user_${index}` }] },
      conversation_parts: {
        conversation_parts:
          index % 2 === 0
            ? [
                {
                  id: index,
                  part_type: 'comment',
                  body: 'Ok',
                  created_at: began + 3_700,
                  author: { type: 'admin', id: '1' },
                },
              ]
            : [],
      },
    };
  });
  return { conversations, ids };
}

export async function startMadeUpIntercom(holding: IntercomHolding): Promise<MadeUpTool> {
  const routes: Route[] = [
    { method: 'GET', path: /^\/me$/, answer: () => ({ body: { type: 'admin', app: { id_code: 'abc123' } } }) },
    {
      method: 'POST',
      path: /^\/conversations\/search$/,
      answer: (_found, _query, { body }) => {
        const { query, pagination, sort } = JSON.parse(body);
        if (sort.field !== 'updated_at' || sort.order !== 'ascending') return null;
        const from = query.value[0].value;
        const found = holding.conversations.filter(({ updated_at }) => updated_at > from);
        const start = Number(pagination.starting_after ?? 0);
        const end = start + PAGE;
        const pages = end < found.length ? { next: { page: 2, starting_after: String(end) } } : {};
        // A search leaves the parts out.
        const conversations = found.slice(start, end).map(({ conversation_parts: _, ...listed }) => listed);
        return { body: { type: 'conversation.list', conversations, total_count: found.length, pages } };
      },
    },
    {
      method: 'GET',
      path: /^\/conversations\/(\d+)$/,
      answer: ([, id]) => {
        const found = holding.conversations.find((one) => one.id === id);
        return found === undefined ? null : { body: found };
      },
    },
  ];
  return startMadeUpTool(
    routes,
    ({ headers }) => headers.authorization === 'Bearer intercom-token' && headers['intercom-version'] === '2.14',
  );
}
