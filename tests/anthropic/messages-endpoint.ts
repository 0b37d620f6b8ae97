import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface SeenRequest {
  url: string;
  headers: IncomingHttpHeaders;
  body: { model: string; system: string; messages: { content: string }[]; output_config: { format: { type: string } } };
}

export type Reply = (response: ServerResponse, attempt: number) => void;

/** A local endpoint that speaks the Messages API as far as the SDK reads it; `reply` says how it answers. */
export async function startMessagesEndpoint(reply: Reply) {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({
        url: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
      });
      reply(response, seen.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const messageOf = (text: string, stopReason: string | null, written: number) => ({
  id: 'msg_local',
  type: 'message',
  role: 'assistant',
  model: 'claude-local',
  content: text === '' && stopReason === null ? [] : [{ type: 'text', text }],
  stop_reason: stopReason,
  stop_sequence: null,
  usage: { input_tokens: 10, output_tokens: written },
});

/** A message that ended the given way. */
export function says(text: string, stopReason = 'end_turn'): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_local' });
    response.end(JSON.stringify(messageOf(text, stopReason, 10)));
  };
}

const event = (type: string, data: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;

interface Streaming {
  stopReason?: string;
  /** What happens after the pieces: the message's end, a broken connection, an error of the server, or nothing. */
  end?: 'whole' | 'breaks' | 'overloaded' | 'hangs';
  /** Awaited before each piece. */
  before?: (piece: number) => Promise<void>;
}

/** A message written piece by piece, as server-sent events. */
export function streams(pieces: readonly string[], options: Streaming = {}): Reply {
  const { stopReason = 'end_turn', end = 'whole', before = async () => undefined } = options;
  return async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_local' });
    response.write(event('message_start', { message: messageOf('', null, 1) }));
    response.write(event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }));
    for (const [index, text] of pieces.entries()) {
      await before(index);
      response.write(event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }));
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (end === 'hangs') return;
    if (end === 'breaks') {
      response.destroy();
      return;
    }
    if (end === 'overloaded') {
      response.end(event('error', { error: { type: 'overloaded_error', message: 'no' } }));
      return;
    }
    response.write(event('content_block_stop', { index: 0 }));
    const delta = { stop_reason: stopReason, stop_sequence: null };
    response.write(event('message_delta', { delta, usage: { output_tokens: 10 } }));
    response.end(event('message_stop', {}));
  };
}

export function fails(status: number, type: string): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after-ms': '1' });
    response.end(JSON.stringify({ type: 'error', error: { type, message: 'no' } }));
  };
}
