/** A tool on this machine that answers its documented reads, refuses and notes whatever else it is asked, and fails as told. */
import type { ServerResponse } from 'node:http';
import { type Asked, json, startScriptedServer } from '../support/scripted-server.ts';

/** What goes wrong with one request: asked too much, or for a moment; broken, an answer that ends half way, or nobody there. */
export type Trouble = 'too much' | 'a moment' | 'broken' | 'half' | 'gone';

export interface MadeUpTool {
  url: string;
  asked: readonly Asked[];
  /** `POST /v2/conversations` and the like: what is no documented read. */
  refused: readonly string[];
  /** What goes wrong with the n-th request from now on, from 1; null for all is well. */
  troubles(what: (n: number) => Trouble | null): void;
  stop(): Promise<void>;
}

export interface Route {
  method: 'GET' | 'POST';
  path: RegExp;
  /** JSON to answer with, and headers; null for what is not there. */
  answer(found: RegExpExecArray, query: URLSearchParams, asked: Asked): RouteAnswer | null;
}

export interface RouteAnswer {
  body: unknown;
  headers?: Record<string, string>;
}

/** How long to wait where too much was asked. */
export const TOO_MUCH_S = 7;

export async function startMadeUpTool(
  routes: readonly Route[],
  isAllowed: (asked: Asked) => boolean,
): Promise<MadeUpTool> {
  const refused: string[] = [];
  let trouble: (n: number) => Trouble | null = () => null;
  let since = 0;
  const server = await startScriptedServer((asked, response, before) => {
    const [path = '', query = ''] = asked.path.split('?', 2);
    const wrong = trouble(before.length + 1 - since);
    if (wrong !== null) return fail(wrong, response);
    for (const route of routes) {
      const found = asked.method === route.method ? route.path.exec(path) : null;
      if (found === null) continue;
      if (!path.endsWith('/token') && !isAllowed(asked)) return json(response, 401, { error: 'unauthorized' });
      const answer = route.answer(found, new URLSearchParams(query), asked);
      return answer === null
        ? json(response, 404, { error: 'not found' })
        : json(response, 200, answer.body, answer.headers ?? {});
    }
    refused.push(`${asked.method} ${path}`);
    json(response, 405, { error: 'read only' });
  });
  return {
    ...server,
    refused,
    troubles(what) {
      since = server.asked.length;
      trouble = what;
    },
  };
}

function fail(trouble: Trouble, response: ServerResponse): void {
  switch (trouble) {
    case 'too much':
      json(response, 429, { error: 'slow down' }, { 'retry-after': String(TOO_MUCH_S) });
      return;
    case 'a moment':
      json(response, 429, { error: 'slow down' }, { 'retry-after': '0' });
      return;
    case 'broken':
      json(response, 502, { error: 'bad gateway' });
      return;
    case 'half':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"half":');
      response.destroy();
      return;
    case 'gone':
      response.destroy();
  }
}
