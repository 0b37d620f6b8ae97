/** Framing of PostgreSQL's frontend protocol: which bytes belong together. Only a COPY changes what follows it. */
import { type CopyIn, copyInOf } from './wire-copy.ts';

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
const PROTOCOL_3 = 196608;
/** Far above any batch we send; a length beyond it is not our protocol. */
const MAX_MESSAGE_BYTES = 512 * 1024 * 1024;

export type Frame =
  | { readonly kind: 'startup' | 'encryption' | 'cancel' | 'terminate'; readonly bytes: Buffer }
  /** A run of messages that must reach the database together; it ends at Sync, Query, FunctionCall or Flush. */
  | { readonly kind: 'batch'; readonly bytes: Buffer; readonly endsWithFlush: boolean }
  /** The client wants to send rows, and waits to be invited. */
  | { readonly kind: 'copy'; readonly columns: number }
  /** The Query message to run once the client has sent all of its `rows`; without rows when it gave up. */
  | { readonly kind: 'copied'; readonly bytes: Buffer; readonly rows: Buffer | undefined };

const code = (letter: string): number => letter.charCodeAt(0);
const SYNC = code('S');
const QUERY = code('Q');
const FUNCTION_CALL = code('F');
const FLUSH = code('H');
const TERMINATE = code('X');
const COPY_DATA = code('d');
const COPY_DONE = code('c');
const COPY_FAIL = code('f');

/** Collects what a client sends and yields whole frames. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;
  #started = false;
  /** Bytes of complete messages at the head that wait for the end of their batch. */
  #batched = 0;
  #copy: CopyIn | undefined;
  #rows: Buffer[] = [];

  /** @throws RangeError when the bytes are not this protocol. */
  *read(chunk: Buffer): Generator<Frame> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (;;) {
      const frame = this.#next();
      if (!frame) return;
      yield frame;
    }
  }

  #next(): Frame | undefined {
    if (!this.#started) return this.#nextHandshake();
    return this.#copy === undefined ? this.#nextBatch() : this.#restOf(this.#copy);
  }

  #nextHandshake(): Frame | undefined {
    if (this.#length < 8) return undefined;
    const length = this.#peekInt32(0);
    if (length < 8 || length > 10_000) throw new RangeError('not a PostgreSQL client');
    if (this.#length < length) return undefined;
    const request = this.#peekInt32(4);
    const bytes = this.#take(length);
    if (request === SSL_REQUEST || request === GSS_REQUEST) return { kind: 'encryption', bytes };
    if (request === CANCEL_REQUEST) return { kind: 'cancel', bytes };
    if (request !== PROTOCOL_3) throw new RangeError('not PostgreSQL protocol 3.0');
    this.#started = true;
    return { kind: 'startup', bytes };
  }

  #nextBatch(): Frame | undefined {
    for (;;) {
      const message = this.#arrived(this.#batched);
      if (!message) return undefined;
      const { type, length } = message;
      if (type === QUERY && this.#batched === 0) return this.#nextQuery(length);
      this.#batched += length;
      if (type === TERMINATE) return { kind: 'terminate', bytes: this.#take(this.#batched) };
      if (type === SYNC || type === QUERY || type === FUNCTION_CALL || type === FLUSH) {
        return { kind: 'batch', bytes: this.#take(this.#batched), endsWithFlush: type === FLUSH };
      }
    }
  }

  #nextQuery(length: number): Frame {
    const bytes = this.#take(length);
    this.#copy = copyInOf(bytes);
    return this.#copy ? { kind: 'copy', columns: this.#copy.columns } : { kind: 'batch', bytes, endsWithFlush: false };
  }

  #restOf(copy: CopyIn): Frame | undefined {
    for (;;) {
      const message = this.#arrived(0);
      if (!message) return undefined;
      const bytes = this.#take(message.length);
      if (message.type === COPY_DATA) this.#rows.push(bytes.subarray(5));
      else if (message.type === TERMINATE) return { kind: 'terminate', bytes };
      else if (message.type === COPY_DONE || message.type === COPY_FAIL) {
        const isDone = message.type === COPY_DONE;
        const rows = isDone ? Buffer.concat(this.#rows) : undefined;
        this.#copy = undefined;
        this.#rows = [];
        return {
          kind: 'copied',
          bytes: isDone ? copy.store : copy.fail(bytes.toString('utf8', 5, bytes.length - 1)),
          rows,
        };
      } else if (message.type !== FLUSH && message.type !== SYNC) throw new RangeError('not a message of a COPY');
    }
  }

  /** The complete message that starts at `offset`. */
  #arrived(offset: number): { type: number | undefined; length: number } | undefined {
    if (this.#length - offset < 5) return undefined;
    const length = 1 + this.#peekInt32(offset + 1);
    if (length < 5 || length > MAX_MESSAGE_BYTES) throw new RangeError('not a PostgreSQL message');
    return this.#length - offset < length ? undefined : { type: this.#peek(offset, 1)[0], length };
  }

  #peekInt32(offset: number): number {
    return this.#peek(offset, 4).readInt32BE(0);
  }

  #peek(offset: number, length: number): Buffer {
    let from = offset;
    for (const [index, chunk] of this.#chunks.entries()) {
      if (from + length <= chunk.length) return chunk.subarray(from, from + length);
      // The wanted bytes straddle two chunks: join from here once.
      if (from < chunk.length) {
        this.#chunks.splice(index, this.#chunks.length - index, Buffer.concat(this.#chunks.slice(index)));
        return this.#peek(offset, length);
      }
      from -= chunk.length;
    }
    throw new RangeError('read beyond what has arrived');
  }

  #take(length: number): Buffer {
    const all = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks);
    const rest = all.subarray(length);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    this.#batched = 0;
    return all.subarray(0, length);
  }
}
