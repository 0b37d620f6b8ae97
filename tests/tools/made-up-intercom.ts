import { type MadeUpTool, type Route, startMadeUpTool } from './made-up-tool.ts';

const PAGE = 4;

type Held = Record<string, unknown> & { id: string; updated_at: number };

export interface IntercomHolding {
  conversations: readonly Held[];
  tickets: readonly Held[];
  ids: readonly string[];
}

/**
 * Conversations an hour apart, with an answer of a teammate in every second; then half as many tickets, of which every
 * third belongs to the team alone.
 */
export function intercomHolding(count: number, from: number): IntercomHolding {
  const ids: string[] = [];
  const beganAt = (index: number) => from / 1_000 + (index - 1) * 3_600;
  const answerOf = (index: number) => ({
    ...{ id: index, part_type: 'comment', body: 'Ok', created_at: beganAt(index) + 3_700 },
    author: { type: 'admin', id: '1' },
  });
  const conversations = Array.from({ length: count }, (_, index) => {
    const id = String(9_000 + index);
    if (index > 0) ids.push(`conversation_${id}`);
    if (index % 2 === 0) ids.push(`conversation_${id}_part_${index}`);
    return {
      ...{ type: 'conversation', id, created_at: beganAt(index), updated_at: beganAt(index) + 3_700 },
      source: { type: 'conversation', body: '<p>It fails</p>', author: { type: 'user', id: `c-${index}` }, url: null },
      contacts: { contacts: [{ type: 'contact', id: `c-${index}`, external_id: `user_${index}` }] },
      conversation_parts: { conversation_parts: index % 2 === 0 ? [answerOf(index)] : [] },
    };
  });
  const tickets = Array.from({ length: Math.floor(count / 2) }, (_, nth) => {
    const index = nth + 1;
    const id = String(9_500 + index);
    const ofTheTeam = index % 3 === 0;
    if (!ofTheTeam) ids.push(`conversation_${id}`, `conversation_${id}_part_${index}`);
    return {
      ...{ type: 'ticket', id, ticket_id: String(index), category: ofTheTeam ? 'Back-office' : 'Customer' },
      ...{ created_at: beganAt(index), updated_at: beganAt(index) + 3_700 },
      ticket_attributes: { _default_title_: 'Broken', _default_description_: 'It fails' },
      contacts: { contacts: [{ type: 'contact', id: `t-${index}`, external_id: `user_${index}` }] },
      ticket_parts: { ticket_parts: [answerOf(index)] },
    };
  });
  return { conversations, tickets, ids };
}

export async function startMadeUpIntercom(holding: IntercomHolding): Promise<MadeUpTool> {
  const routes: Route[] = [
    { method: 'GET', path: /^\/me$/, answer: () => ({ body: { type: 'admin', app: { id_code: 'abc123' } } }) },
    ...routesOf('conversations', holding.conversations),
    ...routesOf('tickets', holding.tickets),
  ];
  return startMadeUpTool(
    routes,
    ({ headers }) => headers.authorization === 'Bearer intercom-token' && headers['intercom-version'] === '2.14',
  );
}

/** A search and a read by id. */
function routesOf(kind: 'conversations' | 'tickets', held: readonly Held[]): Route[] {
  return [
    {
      method: 'POST',
      path: new RegExp(`^/${kind}/search$`),
      answer: (_found, _query, { body }) => {
        const { query, pagination, sort } = JSON.parse(body);
        if (sort.field !== 'updated_at' || sort.order !== 'ascending') return null;
        const from = query.value[0].value;
        const found = held.filter(({ updated_at }) => updated_at > from);
        const start = Number(pagination.starting_after ?? 0);
        const end = start + PAGE;
        const pages = end < found.length ? { next: { page: 2, starting_after: String(end) } } : {};
        // A search leaves the parts out.
        const listed = found
          .slice(start, end)
          .map(({ conversation_parts: _conversation, ticket_parts: _ticket, ...one }) => one);
        return { body: { type: `${kind}.list`, [kind]: listed, total_count: found.length, pages } };
      },
    },
    {
      method: 'GET',
      path: new RegExp(`^/${kind}/(\\d+)$`),
      answer: ([, id]) => {
        const found = held.find((one) => one.id === id);
        return found === undefined ? null : { body: found };
      },
    },
  ];
}
