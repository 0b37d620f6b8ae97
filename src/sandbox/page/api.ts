import type { PageDeed, PageInspection, PageMessage, PageNews, PageResult, PageWorkspace } from '../page-protocol.ts';

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

export type Inspected = { channel: string; ts: string } | { view: string };

export const readInspection = (as: string, what: Inspected): Promise<PageInspection> =>
  read('/sandbox/inspect', { as, ...what });

/** What came of a deed; `isTold` where the workspace itself has said what went wrong. */
export type Answer = PageResult & { isTold: boolean };

/** Does something as the acting person; what went wrong is in the answer, never thrown. */
export const perform = (deed: PageDeed): Promise<Answer> =>
  post('/sandbox/do', JSON.stringify(deed), { 'content-type': 'application/json' });

/** Shares files in a channel or thread. */
export function share(
  place: { as: string; channel: string; thread?: string | undefined; text: string },
  files: readonly File[],
): Promise<Answer> {
  const form = new FormData();
  for (const [key, value] of Object.entries(place)) if (value !== undefined) form.append(key, value);
  for (const file of files) form.append('file', file, file.name);
  return post('/sandbox/upload', form);
}

/** Keeps a file for a form that is not sent yet. */
export function keep(as: string, file: File): Promise<Answer> {
  const form = new FormData();
  form.append('as', as);
  form.append('file', file, file.name);
  return post('/sandbox/keep', form);
}

async function post(path: string, body: string | FormData, headers: Record<string, string> = {}): Promise<Answer> {
  const failed = (failure: string): Answer => ({ failure, isTold: false });
  try {
    const response = await fetch(path, { method: 'POST', headers, body });
    const answer = await response.json();
    return response.ok ? { ...answer, isTold: true } : failed(explain(String(answer.error), answer.detail));
  } catch {
    return failed('The workspace does not answer. Is it still running?');
  }
}

const WORDS: Record<string, string> = {
  is_archived: 'This channel is archived.',
  not_in_channel: 'You are not in this channel.',
  no_text: 'There is nothing to send.',
  msg_too_long: 'That is too long: a message may have 12,000 characters at most.',
  message_not_found: 'That message is gone.',
  element_not_found: 'That is gone: the app has changed its message.',
  not_found: 'That is gone: the app has closed or changed it.',
  cant_update_message: 'You can only edit your own messages.',
  cant_delete_message: 'You can only delete your own messages.',
  too_many_files: 'Ten files at most can be shared at once.',
  too_large: 'That is too large: 10 MB at most can be shared at once.',
  expired_trigger_id: 'That took too long. Try again.',
};

const explain = (code: string, detail?: string): string => WORDS[code] ?? `That did not work: ${detail ?? code}`;

const RECONNECT_MS = 1000;

export interface Listener {
  onNews(news: PageNews): void;
  /** The workspace is gone; it is tried again until it is back. */
  onLost(): void;
  onReturn(): void;
}

/** Hears what happens to somebody's workspace; reconnects until closed. */
export function listen(as: string, { onNews, onLost, onReturn }: Listener): () => void {
  let socket: WebSocket | undefined;
  let isClosed = false;
  let isFirst = true;
  let isLost = false;
  const connect = () => {
    socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/sandbox/live?as=${encodeURIComponent(as)}`);
    socket.addEventListener('open', () => {
      if (!isFirst) onReturn();
      isFirst = false;
      isLost = false;
    });
    socket.addEventListener('message', (event) => onNews(JSON.parse(String(event.data))));
    socket.addEventListener('close', () => {
      if (isClosed) return;
      if (!isLost) onLost();
      isLost = true;
      setTimeout(connect, RECONNECT_MS);
    });
  };
  connect();
  return () => {
    isClosed = true;
    socket?.close();
  };
}
