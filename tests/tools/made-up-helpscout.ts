import type { Asked } from '../support/scripted-server.ts';
import { type MadeUpTool, type Route, startMadeUpTool } from './made-up-tool.ts';

const PAGE = 4;
const THREADS_PAGE = 2;
const TOKEN_REQUESTS = 9;

export interface HelpScoutHolding {
  conversations: readonly (Record<string, unknown> & { id: number; createdAt: string })[];
  threadsOf(id: number): readonly object[];
  /** Of the events since `from`. */
  ids: readonly string[];
}

/** Conversations an hour apart; every third has four answers, and two at a time began at the same second. */
export function helpScoutHolding(count: number, from: number): HelpScoutHolding {
  const iso = (epoch: number) => new Date(epoch).toISOString().replace('.000Z', 'Z');
  const beganAt = (index: number) => from - 7_200_000 + Math.floor(index / 2) * 3_600_000;
  const threads = (id: number) =>
    Array.from({ length: id % 3 === 0 ? 5 : 2 }, (_, nth) => ({
      ...{
        id: id * 100 + nth,
        state: 'published',
        body: `<p>Thread ${nth}</p>`,
        type: nth % 2 === 0 ? 'customer' : 'message',
      },
      createdBy:
        nth % 2 === 0 ? { id: id + 5_000, type: 'customer', email: `c${id}@example.com` } : { id: 1, type: 'user' },
      createdAt: iso(beganAt(id - 1) + nth * 600_000),
    }));
  const conversations = Array.from({ length: count }, (_, index) => ({
    ...{ id: index + 1, number: index + 1_001, type: 'email', status: 'active', state: 'published', subject: 'Help' },
    ...{ createdAt: iso(beganAt(index)), primaryCustomer: { id: (index % 5) + 1 }, tags: [] },
  }));
  const ids = conversations.flatMap(({ id }) =>
    threads(id).flatMap((thread, nth) => {
      const name = nth === 0 ? `conversation_${id}` : `conversation_${id}_thread_${thread.id}`;
      return Date.parse(thread.createdAt) < from ? [] : [name];
    }),
  );
  return { conversations, threadsOf: threads, ids };
}

/** Tokens end after nine requests. */
export async function startMadeUpHelpScout(holding: HelpScoutHolding): Promise<MadeUpTool> {
  const left = new Map<string, number>();
  const pageOf = <One>(all: readonly One[], size: number, query: URLSearchParams, name: string) => {
    const number = Number(query.get('page') ?? 1);
    const page = { size, totalElements: all.length, totalPages: Math.max(1, Math.ceil(all.length / size)), number };
    return { body: { _embedded: { [name]: all.slice((number - 1) * size, number * size) }, page } };
  };
  const routes: Route[] = [
    {
      method: 'POST',
      path: /^\/v2\/oauth2\/token$/,
      answer: (_found, _query, { body }) => {
        const sent = new URLSearchParams(body);
        if (sent.get('grant_type') !== 'client_credentials' || sent.get('client_secret') !== 'app-secret') return null;
        const token = `token-${left.size + 1}`;
        left.set(`Bearer ${token}`, TOKEN_REQUESTS);
        return { body: { token_type: 'bearer', access_token: token, expires_in: 172_800 } };
      },
    },
    {
      method: 'GET',
      path: /^\/v2\/conversations$/,
      answer: (_found, query) => {
        const after = /^\(createdAt:\[(\S+) TO \*\]\)$/.exec(query.get('query') ?? '')?.[1] ?? '';
        const asked = `${query.get('status')} ${query.get('sortField')} ${query.get('sortOrder')}`;
        if (asked !== 'all createdAt asc' || query.get('modifiedSince') === null) return null;
        return pageOf(
          holding.conversations.filter(({ createdAt }) => createdAt >= after),
          PAGE,
          query,
          'conversations',
        );
      },
    },
    {
      method: 'GET',
      path: /^\/v2\/conversations\/(\d+)$/,
      answer: ([, id]) => {
        const found = holding.conversations.find((one) => one.id === Number(id));
        return found === undefined ? null : { body: found };
      },
    },
    {
      method: 'GET',
      path: /^\/v2\/conversations\/(\d+)\/threads$/,
      answer: ([, id], query) => pageOf(holding.threadsOf(Number(id)).toReversed(), THREADS_PAGE, query, 'threads'),
    },
    {
      method: 'GET',
      path: /^\/v2\/customers\/(\d+)$/,
      answer: ([, id]) => (id === '5' ? null : { body: { id: Number(id), organization: `Company ${id}` } }),
    },
  ];
  const isAllowed = ({ headers }: Asked): boolean => {
    const { authorization = '' } = headers;
    const requests = left.get(authorization) ?? 0;
    left.set(authorization, requests - 1);
    return requests > 0;
  };
  return startMadeUpTool(routes, isAllowed);
}
