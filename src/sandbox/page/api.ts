import type { PageDeed, PageMessage, PageNews, PageResult, PageWorkspace } from '../page-protocol.ts';

async function read<Body>(path: string, query: Record<string, string | undefined>): Promise<Body> {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const response = await fetch(`${path}?${new URLSearchParams(given)}`);
  const body = await response.json();
  if (!response.ok) throw new Error(String(body.error));
  return body;
}

export const readWorkspace = (as: string): Promise<PageWorkspace> => read('/sandbox/workspace', { as });

export async function readMessages(channel: string, as: string, thread?: string): Promise<PageMessage[]> {
  const { messages } = await read<{ messages: PageMessage[] }>('/sandbox/messages', { channel, as, thread });
  return messages;
}

/** Does something as the acting person; what went wrong is in the result, never thrown. */
export async function perform(deed: PageDeed): Promise<PageResult> {
  try {
    const response = await fetch('/sandbox/do', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(deed),
    });
    const body = await response.json();
    return response.ok ? body : { failure: explain(String(body.error), body.detail) };
  } catch {
    return { failure: 'The workspace does not answer. Is it still running?' };
  }
}

const WORDS: Record<string, string> = {
  is_archived: 'This channel is archived.',
  not_in_channel: 'You are not in this channel.',
  no_text: 'There is nothing to send.',
  message_not_found: 'That message is gone.',
};

const explain = (code: string, detail?: string): string => WORDS[code] ?? `That did not work: ${detail ?? code}`;

const RECONNECT_MS = 1000;

/** Hears what happens to somebody's workspace; reconnects until closed. `onReturn` runs after every reconnect. */
export function listen(as: string, onNews: (news: PageNews) => void, onReturn: () => void): () => void {
  let socket: WebSocket | undefined;
  let isClosed = false;
  let isFirst = true;
  const connect = () => {
    socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/sandbox/live?as=${encodeURIComponent(as)}`);
    socket.addEventListener('open', () => {
      if (!isFirst) onReturn();
      isFirst = false;
    });
    socket.addEventListener('message', (event) => onNews(JSON.parse(String(event.data))));
    socket.addEventListener('close', () => {
      if (!isClosed) setTimeout(connect, RECONNECT_MS);
    });
  };
  connect();
  return () => {
    isClosed = true;
    socket?.close();
  };
}
