import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { closeSockets } from '../close-sockets.ts';
import { urlOf } from '../http.ts';
import { isRecord, parseJson, recordOf, textOf } from '../json.ts';
import { APP } from '../state/workspace.ts';
import type { Acknowledgement, Delivery, Envelope } from './delivery.ts';

export const SOCKET_PATH = '/link/';
const DISCONNECT_GRACE_MS = 50;
/** More connections than these at once are turned away. */
const MOST_CONNECTIONS = 10;

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
    const ticket = urlOf(request).searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#welcome(opened));
  }

  async deliver(envelope: Envelope): Promise<Acknowledgement> {
    const socket = this.#nextSocket();
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

  async verify(): Promise<boolean> {
    return true;
  }

  whenReady(): Promise<void> {
    return this.#sockets.size > 0 ? Promise.resolve() : new Promise((resolve) => this.#ready.add(resolve));
  }

  /** Ends every connection: announced by Slack's warning and refresh, or simply cut. */
  disconnect(warn: boolean): void {
    for (const socket of this.#sockets) {
      this.#sockets.delete(socket);
      if (warn) endPolitely(socket, ['warning', 'refresh_requested']);
      else socket.terminate();
    }
  }

  async stop(): Promise<void> {
    for (const { settle } of [...this.#waiting.values()]) settle({ acknowledged: false, reason: 'dispatch_failed' });
    await closeSockets(this.#server);
  }

  /** Slack sends each envelope to one of the app's connections; here they take turns. */
  #nextSocket(): WebSocket | undefined {
    const [socket] = this.#sockets;
    if (socket === undefined) return undefined;
    this.#sockets.delete(socket);
    this.#sockets.add(socket);
    return socket;
  }

  #welcome(socket: WebSocket): void {
    if (this.#sockets.size >= MOST_CONNECTIONS) {
      endPolitely(socket, ['too_many_websockets']);
      return;
    }
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

/** Says why a connection ends, then ends it. */
function endPolitely(socket: WebSocket, reasons: readonly string[]): void {
  for (const reason of reasons) {
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }));
  }
  setTimeout(() => socket.close(), DISCONNECT_GRACE_MS).unref();
}
