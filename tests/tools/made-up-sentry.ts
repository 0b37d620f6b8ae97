import { type MadeUpTool, type Route, type RouteAnswer, startMadeUpTool } from './made-up-tool.ts';

const ISSUES_PAGE = 2;
const EVENTS_PAGE = 3;

export interface SentryHolding {
  issues: readonly { id: string; events: readonly (Record<string, unknown> & { eventID: string })[] }[];
  ids: readonly string[];
}

/** Issues with one to seven events each, as the API gives them. */
export function sentryHolding(count: number, from: number): SentryHolding {
  const issues = Array.from({ length: count }, (_, index) => ({
    id: String(700 + index),
    events: Array.from({ length: (index % 7) + 1 }, (_, nth) => ({
      ...{
        eventID: `${String(index).padStart(16, '0')}${String(nth).padStart(16, 'a')}`,
        groupID: String(700 + index),
      },
      ...{
        type: 'error',
        title: 'TypeError: x is not a function',
        dateCreated: new Date(from + nth * 60_000).toISOString(),
      },
      tags: [{ key: 'level', value: 'error' }],
      entries: [{ type: 'exception', data: { values: [{ type: 'TypeError', value: 'x is not a function' }] } }],
    })),
  }));
  return { issues, ids: issues.flatMap(({ events }) => events.map(({ eventID }) => eventID)) };
}

export async function startMadeUpSentry(holding: SentryHolding): Promise<MadeUpTool> {
  const root = '/api/0/organizations/acme/issues/';
  const pageOf = (all: readonly object[], size: number, query: URLSearchParams): RouteAnswer => {
    const start = Number((query.get('cursor') ?? '0:0:0').split(':')[1]);
    const end = start + size;
    const link = (rel: string, results: boolean, at: number) =>
      `<http://sentry.example${root}?cursor=0:${at}:0>; rel="${rel}"; results="${results}"; cursor="0:${at}:0"`;
    return {
      body: all.slice(start, end),
      headers: { link: `${link('previous', start > 0, 0)}, ${link('next', end < all.length, end)}` },
    };
  };
  const eventsOf = (id: string | undefined) => holding.issues.find((issue) => issue.id === id)?.events;
  const routes: Route[] = [
    {
      method: 'GET',
      path: new RegExp(`^${root}$`),
      answer: (_found, query) =>
        query.get('start') === null
          ? null
          : pageOf(
              holding.issues.map(({ id }) => ({ id })),
              ISSUES_PAGE,
              query,
            ),
    },
    {
      method: 'GET',
      path: new RegExp(`^${root}(\\d+)/events/latest/$`),
      answer: ([, id]) => {
        const [latest] = eventsOf(id) ?? [];
        return latest === undefined ? null : { body: latest };
      },
    },
    {
      method: 'GET',
      path: new RegExp(`^${root}(\\d+)/events/$`),
      answer: ([, id], query) => {
        const events = eventsOf(id);
        return events === undefined || query.get('full') !== 'true' ? null : pageOf(events, EVENTS_PAGE, query);
      },
    },
  ];
  return startMadeUpTool(routes, ({ headers }) => headers.authorization === 'Bearer sentry-token');
}
