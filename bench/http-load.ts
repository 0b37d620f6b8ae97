/** Requests over kept connections, each waiting for its answer: as little work as can be beside what is measured. */
import { connect, type Socket } from 'node:net';

export interface LoadRequest {
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface Answer {
  status: number;
  body: string;
}

/** One connection: a request at a time. */
export class Connection {
  readonly #socket: Socket;
  #text = '';
  #resolve: ((answer: Answer) => void) | undefined;
  #reject: ((error: Error) => void) | undefined;
  #lost: Error | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket.setNoDelay(true).setEncoding('utf8');
    const lose = (error: Error): void => {
      this.#lost ??= error;
      this.#reject?.(this.#lost);
    };
    socket.on('data', (chunk: string) => this.#take(chunk));
    socket.on('error', lose);
    socket.on('close', () => lose(new Error('The connection was closed.')));
  }

  static open(url: string): Promise<Connection> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) }, () => {
        socket.removeListener('error', reject);
        resolve(new Connection(socket));
      });
      socket.once('error', reject);
    });
  }

  /** @throws Error when the connection is lost before the whole answer is here. */
  post({ path, headers, body }: LoadRequest): Promise<Answer> {
    if (this.#lost) return Promise.reject(this.#lost);
    const lines = Object.entries({ host: 'bench', 'content-type': 'application/json', ...headers });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    this.#socket.write(`POST ${path} HTTP/1.1\r\n${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  close(): void {
    this.#lost ??= new Error('The connection was closed here.');
    this.#socket.destroy();
  }

  #take(chunk: string): void {
    this.#text += chunk;
    const end = this.#text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#text.slice(0, end);
    const body = this.#text.slice(end + 4);
    const chunked = /transfer-encoding: chunked/i.test(head);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (chunked ? !body.endsWith('0\r\n\r\n') : body.length < length) return;
    this.#text = '';
    this.#resolve?.({ status: Number(head.slice(9, 12)), body });
  }
}

export interface LoadResult {
  /** Milliseconds of each request, as it ended. */
  waits: number[];
  /** Answers by their status. */
  statuses: Map<number, number>;
  ms: number;
}

/** Sends `count` requests over `connections`, as fast as they are answered, or `perSecond` at an even pace. */
export async function sendAll(
  url: string,
  next: (index: number) => LoadRequest,
  { count, connections, perSecond }: { count: number; connections: number; perSecond?: number },
): Promise<LoadResult> {
  const waits: number[] = [];
  const statuses = new Map<number, number>();
  const from = performance.now();
  let sent = 0;
  const run = async (): Promise<void> => {
    let connection = await Connection.open(url);
    while (sent < count) {
      const index = sent++;
      // Late requests count from when they were due: a stall is not left out of the figures.
      const due = perSecond === undefined ? performance.now() : from + (index * 1000) / perSecond;
      const early = due - performance.now();
      if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
      const { status } = await connection.post(next(index));
      waits.push(performance.now() - due);
      if (status === 429) {
        // As tools do that are asked to come again: later, and by a new connection, as this one is closed.
        connection.close();
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        connection = await Connection.open(url);
      }
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, run));
  return { waits, statuses, ms: performance.now() - from };
}

/** The p-th part of the values, p from 0 to 1. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}
