/**
 * Serves one PGlite session to many clients over a socket.
 *
 * Why not pglite-socket: it queues single protocol messages, so that while one client is in a transaction (or
 * sends more than a chunk) the Parse of a second client replaces the unnamed statement of a third, whose
 * values then run through the wrong SQL. Here a client's messages up to Sync run together, and an open
 * transaction keeps everybody else out until it ends.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { SocketAddress } from './address.ts';
import { COPY_FILE, copyInResponse, simpleQuery } from './wire-copy.ts';
import { type Frame, FrameReader } from './wire-messages.ts';

/** The part of PGlite that is used. */
export interface WireDatabase {
  execProtocolRawStream(message: Uint8Array, options: { onRawData: (data: Uint8Array) => void }): Promise<void>;
  isInTransaction(): boolean;
  /** Its file system, in memory. */
  readonly Module: {
    readonly FS: {
      writeFile(path: string, data: Uint8Array, options: { canOwn: boolean }): void;
      unlink(path: string): void;
    };
  };
}

export interface WireServer {
  readonly address: SocketAddress;
  /** Stops listening, serves its clients until they pause (at most `DRAIN_MS`), and ends every connection. */
  stop(): Promise<void>;
}

/** A client that opens a transaction and falls silent would lock everybody else out for good. */
const IDLE_IN_TRANSACTION_MS = 60_000;
const GOODBYE_MS = 1_000;
/** A client cut off in the middle of its work cannot know what was done: stopping waits for it, but not for ever. */
const DRAIN_MS = 1_000;
const PAUSE_MS = 100;
const ROLLBACK = simpleQuery('ROLLBACK');

interface Client {
  readonly socket: Socket;
  readonly reader: FrameReader;
}

interface Work {
  readonly client: Client;
  readonly frame: Frame;
}

/**
 * @param onFatal the database threw instead of answering: it cannot be used any more.
 */
export async function startWireServer(
  database: WireDatabase,
  listen: { path: string } | { host: string; port: number },
  onFatal: (error: unknown) => void,
): Promise<WireServer> {
  const clients = new Set<Client>();
  const queue: Work[] = [];
  /** The client whose transaction or unfinished batch is open. */
  let holder: Client | undefined;
  let holderTimer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let lastWork = 0;

  const server = createServer({ noDelay: true }, (socket) => {
    const client: Client = { socket, reader: new FrameReader() };
    clients.add(client);
    socket.on('data', (chunk: Buffer) => {
      // The rows of a COPY may take long to come.
      if (client === holder) holderTimer?.refresh();
      try {
        for (const frame of client.reader.read(chunk)) receive(client, frame);
      } catch {
        socket.destroy();
      }
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clients.delete(client);
      pump();
    });
  });

  function receive(client: Client, frame: Frame): void {
    if (frame.kind === 'encryption') client.socket.write('N');
    else if (frame.kind === 'cancel' || frame.kind === 'terminate') client.socket.end();
    else {
      lastWork = performance.now();
      queue.push({ client, frame });
      pump();
    }
  }

  function pump(): void {
    running ??= drain().finally(() => {
      running = undefined;
    });
  }

  async function drain(): Promise<void> {
    // Everything a single turn of the event loop brought is queued before the first batch runs.
    await Promise.resolve();
    try {
      for (;;) {
        if (holder && !clients.has(holder)) await rollBack();
        const work = next();
        if (!work) return;
        if (clients.has(work.client)) await run(work);
      }
    } catch (error) {
      onFatal(error);
    }
  }

  function next(): Work | undefined {
    const index = holder ? queue.findIndex((work) => work.client === holder) : 0;
    return index === -1 ? undefined : queue.splice(index, 1)[0];
  }

  async function run({ client, frame }: Work): Promise<void> {
    clearTimeout(holderTimer);
    if (frame.kind === 'copy') client.socket.write(copyInResponse(frame.columns));
    else if (frame.kind === 'copied' && frame.rows) await copy(client, frame.bytes, frame.rows);
    else await answer(client, frame.bytes);
    lastWork = performance.now();
    const isUnfinished = frame.kind === 'copy' || (frame.kind === 'batch' && frame.endsWithFlush);
    holder = isUnfinished || database.isInTransaction() ? client : undefined;
    if (holder) holderTimer = setTimeout(() => client.socket.destroy(), IDLE_IN_TRANSACTION_MS).unref();
  }

  async function copy(client: Client, statement: Buffer, rows: Buffer): Promise<void> {
    const files = database.Module.FS;
    files.writeFile(COPY_FILE, rows, { canOwn: true });
    await answer(client, statement);
    files.unlink(COPY_FILE);
  }

  async function answer(client: Client, bytes: Buffer): Promise<void> {
    await database.execProtocolRawStream(bytes, {
      // The bytes are a view of the database's memory, which the next batch overwrites.
      onRawData: (data) => {
        if (client.socket.writable) client.socket.write(Buffer.from(data));
      },
    });
  }

  async function rollBack(): Promise<void> {
    clearTimeout(holderTimer);
    await database.execProtocolRawStream(ROLLBACK, { onRawData: () => undefined });
    holder = undefined;
  }

  async function pause(): Promise<void> {
    const deadline = performance.now() + DRAIN_MS;
    const isBusy = (): boolean =>
      running !== undefined || holder !== undefined || performance.now() - lastWork < PAUSE_MS;
    while (clients.size > 0 && isBusy() && performance.now() < deadline) await delay(10);
  }

  await listening(server, listen);
  return {
    address: 'path' in listen ? listen : { host: listen.host, port: portOf(server) },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await pause();
      queue.length = 0;
      await running;
      const sockets = [...clients].map(({ socket }) => socket);
      clients.clear();
      if (holder) await rollBack();
      for (const socket of sockets) socket.end();
      // A client that is stopped itself never takes its goodbye.
      const cut = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, GOODBYE_MS);
      await closed;
      clearTimeout(cut);
    },
  };
}

function listening(server: Server, listen: { path: string } | { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server listens on no port');
  return address.port;
}
