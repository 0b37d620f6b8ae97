/** A server that takes Slack's calls and answers at once: the floor of whatever talks to Slack. */
import { createServer } from 'node:http';

const PAGE = 1000;

export interface BareSlack {
  readonly apiUrl: string;
  /** How many messages it was sent. */
  posted(): number;
  /** The least between two messages in one channel, in milliseconds. */
  closestMs(): number;
  stop(): void;
}

/** @param channels ids of ordinary ones with the app in them, for whoever asks. */
export async function startBareSlack(channels: readonly string[] = []): Promise<BareSlack> {
  let posted = 0;
  let closest = Number.POSITIVE_INFINITY;
  const last = new Map<string, number>();
  const post = (body: string): string => {
    posted += 1;
    const channel = /(?:^|[&{,"])channel"?[=:]"?([A-Z0-9]+)/.exec(body)?.[1] ?? '';
    const now = performance.now();
    closest = Math.min(closest, now - (last.get(channel) ?? Number.NEGATIVE_INFINITY));
    last.set(channel, now);
    return `{"ok":true,"ts":"${posted}.000001"}`;
  };
  const list = (body: string): string => {
    const from = Number(/cursor=(\d+)/.exec(body)?.[1] ?? 0);
    const page = channels.slice(from, from + PAGE).map((id) => ({ id, name: id.toLowerCase(), is_member: true }));
    const next = from + PAGE < channels.length ? String(from + PAGE) : '';
    return JSON.stringify({ ok: true, channels: page, response_metadata: { next_cursor: next } });
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const answer = request.url?.endsWith('chat.postMessage') === true ? post(body) : list(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    apiUrl: `http://127.0.0.1:${address.port}/api/`,
    posted: () => posted,
    closestMs: () => closest,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Posts a message so many times by plain requests, so many at once. */
export async function postBare(apiUrl: string, message: object, times: number, atOnce: number): Promise<void> {
  const headers = { authorization: 'Bearer xoxb-bench', 'content-type': 'application/json; charset=utf-8' };
  let left = times;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const body = JSON.stringify({ channel: `F${left}`, ...message });
      const answer = await fetch(`${apiUrl}chat.postMessage`, { method: 'POST', headers, body });
      await answer.text();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
