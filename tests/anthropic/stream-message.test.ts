import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import Anthropic from '@anthropic-ai/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { streamMessage } from '../../src/anthropic/stream-message.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A model that says one thing and then neither goes on nor ends. */
async function modelThatStops(text: string): Promise<Anthropic> {
  const message = { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [], stop_reason: null };
  const events = [
    { type: 'message_start', message: { ...message, usage: { input_tokens: 9, output_tokens: 1 } } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
  ];
  server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return new Anthropic({ apiKey: 'local-key', baseURL: `http://127.0.0.1:${port}`, maxRetries: 0, logLevel: 'off' });
}

const params = { model: 'm', max_tokens: 9, messages: [{ role: 'user' as const, content: 'x' }] };
const collect = (): void => {
  if (typeof collectGarbage === 'function') collectGarbage();
};

describe('a message that is streamed', () => {
  it('ends when its reader has had enough, though the request is garbage and the server goes on', async () => {
    const client = await modelThatStops('enough');
    const read = streamMessage(client, params, new AbortController().signal, {
      started: () => undefined,
      text: () => {
        collect();
        return false;
      },
    });
    const { message, cut } = await read;
    expect(cut).toBe('by its reader');
    expect(message.content).toMatchObject([{ text: 'enough' }]);
  });

  it('ends at its signal with what had come', async () => {
    const client = await modelThatStops('so far');
    const controller = new AbortController();
    const { message, cut } = await streamMessage(client, params, controller.signal, {
      started: () => undefined,
      text: () => {
        collect();
        setTimeout(() => controller.abort(new Error('late')), 20);
        return true;
      },
    });
    expect(cut).toEqual({ error: new Error('late') });
    expect(message.content).toMatchObject([{ text: 'so far' }]);
  });
});
