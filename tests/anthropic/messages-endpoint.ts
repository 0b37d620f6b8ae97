import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface SeenRequest {
  url: string;
  headers: IncomingHttpHeaders;
  body: { model: string; system: string; messages: { content: string }[]; output_config: { format: { type: string } } };
}

type Reply = (response: ServerResponse, attempt: number) => void;

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

/** A message that ended the given way. */
export function says(text: string, stopReason = 'end_turn'): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_local' });
    response.end(
      JSON.stringify({
        id: 'msg_local',
        type: 'message',
        role: 'assistant',
        model: 'claude-local',
        content: [{ type: 'text', text }],
        stop_reason: stopReason,
        stop_sequence: null,
        usage: { input_tokens: 10, output_tokens: 10 },
      }),
    );
  };
}

export function fails(status: number, type: string): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after-ms': '1' });
    response.end(JSON.stringify({ type: 'error', error: { type, message: 'no' } }));
  };
}
