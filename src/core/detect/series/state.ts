/** What a model has learned, as bytes: written and read in the same order, number for number, so that nothing is rounded. */

/** Counts and sums need all of a double; parts of a baseline are kept as single floats in the model already. */
type Floats = Float32Array | Float64Array;

export class StateWriter {
  #bytes = new Uint8Array(16_384);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  number(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  numbers(...values: readonly number[]): void {
    for (const value of values) this.number(value);
  }

  text(value: string): void {
    this.numbers(value.length, ...Array.from(value, (_, index) => value.charCodeAt(index)));
  }

  floats(values: Floats): void {
    this.#reserve(values.byteLength);
    this.#bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), this.#length);
    this.#length += values.byteLength;
  }

  /** What was written since the last time. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return taken;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const grown = new Uint8Array(2 * (this.#length + bytes));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

export class StateReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @throws RangeError past the end. */
  number(): number {
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  /** @throws RangeError past the end. */
  text(): string {
    return String.fromCharCode(...Array.from({ length: this.number() }, () => this.number()));
  }

  /** Fills `into`. @throws RangeError past the end. */
  floats(into: Floats): void {
    const { byteLength } = into;
    if (this.#at + byteLength > this.#bytes.length) throw new RangeError('The state ends too early.');
    new Uint8Array(into.buffer, into.byteOffset, byteLength).set(this.#bytes.subarray(this.#at, this.#at + byteLength));
    this.#at += byteLength;
  }
}
