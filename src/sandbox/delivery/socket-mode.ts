import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { closeSockets } from '../close-sockets.ts';
import { isRecord, parseJson, recordOf, textOf } from '../json.ts';
import { APP } from '../state/workspace.ts';
import type { Acknowledgement, Delivery, Envelope } from './delivery.ts';

export const SOCKET_PATH = '/link/';
const DISCONNECT_GRACE_MS = 50;

interface Waiting {
  settle(answer: Acknowledgement): void;
  socket: WebSocket;
}

/** Slack's Socket Mode: hello, envelopes, acknowledgements, disconnect. */
export class SocketModeDelivery implements Delivery {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sockets = new Set<WebSocket>();
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #ready = new Set<() => void>();
  readonly #ackTimeoutMs: number;

  constructor(ackTimeoutMs: number) {
    this.#ackTimeoutMs = ackTimeoutMs;
  }

  /** A URL good for one connection. */
  issueUrl(origin: string): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return `${origin.replace(/^http/, 'ws')}${SOCKET_PATH}?ticket=${ticket}&app_id=${APP.appId}`;
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '', 'http://sandbox').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#welcome(opened));
  }

  async deliver(envelope: Envelope): Promise<Acknowledgement> {
    const socket = [...this.#sockets].at(-1);
    if (socket === undefined) return { acknowledged: false, reason: 'dispatch_failed' };
    const envelopeId = randomUUID();
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ acknowledged: false, reason: 'operation_timeout' }), this.#ackTimeoutMs);
      const settle = (answer: Acknowledgement) => {
        clearTimeout(timer);
        this.#waiting.delete(envelopeId);
        resolve(answer);
      };
      this.#waiting.set(envelopeId, { settle, socket });
      socket.send(
        JSON.stringify({
          envelope_id: envelopeId,
          type: envelope.type,
          accepts_response_payload: envelope.type !== 'events_api',
          payload: envelope.payload,
          ...(envelope.type === 'events_api'
            ? { retry_attempt: envelope.retry?.attempt ?? 0, retry_reason: envelope.retry?.reason ?? '' }
            : {}),
        }),
      );
    });
  }

  whenReady(): Promise<void> {
    return this.#sockets.size > 0 ? Promise.resolve() : new Promise((resolve) => this.#ready.add(resolve));
  }

  /** Ends every connection: announced as Slack's refresh, or simply cut. */
  disconnect(warn: boolean): void {
    for (const socket of this.#sockets) {
      this.#sockets.delete(socket);
      if (!warn) socket.terminate();
      else {
        socket.send(
          JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'sandbox' } }),
        );
        setTimeout(() => socket.close(), DISCONNECT_GRACE_MS).unref();
      }
    }
  }

  async stop(): Promise<void> {
    for (const { settle } of [...this.#waiting.values()]) settle({ acknowledged: false, reason: 'dispatch_failed' });
    await closeSockets(this.#server);
  }

  #welcome(socket: WebSocket): void {
    this.#sockets.add(socket);
    socket.on('message', (data) => this.#receive(data.toString()));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#sockets.delete(socket);
      for (const waiting of [...this.#waiting.values()]) {
        if (waiting.socket === socket) waiting.settle({ acknowledged: false, reason: 'dispatch_failed' });
      }
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#sockets.size,
        debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18060 },
        connection_info: { app_id: APP.appId },
      }),
    );
    for (const resolve of this.#ready) resolve();
    this.#ready.clear();
  }

  #receive(text: string): void {
    const message = parseJson(text);
    if (!isRecord(message)) return;
    const waiting = this.#waiting.get(textOf(message.envelope_id) ?? '');
    waiting?.settle({ acknowledged: true, body: recordOf(message.payload) });
  }
}
