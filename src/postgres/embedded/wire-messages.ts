/** Framing of PostgreSQL's frontend protocol: which bytes belong together, never what they mean. */

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;
const PROTOCOL_3 = 196608;
/** Far above any batch we send; a length beyond it is not our protocol. */
const MAX_MESSAGE_BYTES = 512 * 1024 * 1024;

export type Frame =
  | { readonly kind: 'startup' | 'encryption' | 'cancel' | 'terminate'; readonly bytes: Buffer }
  /** A run of messages that must reach the database together; it ends at Sync, Query, FunctionCall or Flush. */
  | { readonly kind: 'batch'; readonly bytes: Buffer; readonly endsWithFlush: boolean };

const code = (letter: string): number => letter.charCodeAt(0);
const SYNC = code('S');
const QUERY = code('Q');
const FUNCTION_CALL = code('F');
const FLUSH = code('H');
const TERMINATE = code('X');

/** Collects what a client sends and yields whole frames. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;
  #started = false;
  /** Bytes of complete messages at the head that wait for the end of their batch. */
  #batched = 0;

  /** @throws RangeError when the bytes are not this protocol. */
  *read(chunk: Buffer): Generator<Frame> {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (;;) {
      const frame = this.#started ? this.#nextBatch() : this.#nextHandshake();
      if (!frame) return;
      yield frame;
    }
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
    while (this.#length - this.#batched >= 5) {
      const length = 1 + this.#peekInt32(this.#batched + 1);
      if (length < 5 || length > MAX_MESSAGE_BYTES) throw new RangeError('not a PostgreSQL message');
      if (this.#length - this.#batched < length) return undefined;
      const type = this.#peek(this.#batched, 1)[0];
      this.#batched += length;
      if (type === TERMINATE) return { kind: 'terminate', bytes: this.#take(this.#batched) };
      if (type === SYNC || type === QUERY || type === FUNCTION_CALL || type === FLUSH) {
        return { kind: 'batch', bytes: this.#take(this.#batched), endsWithFlush: type === FLUSH };
      }
    }
    return undefined;
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
