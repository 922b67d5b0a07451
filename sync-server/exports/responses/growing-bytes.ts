const FIRST_BYTES = 512 * 1_024;
/** UTF-8 takes at most three bytes for a unit of a string. */
const BYTES_A_UNIT = 3;

/** Bytes that are put one after the other: what is known as bytes is copied, without becoming a string on the way. */
export class GrowingBytes {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #length = 0;

  add(piece: Uint8Array): void {
    this.#makeRoom(piece.length);
    this.#bytes.set(piece, this.#length);
    this.#length += piece.length;
  }

  write(text: string): void {
    this.#makeRoom(text.length * BYTES_A_UNIT);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** Hands all of them out, as bytes of their own, and begins anew. */
  take(): Uint8Array {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + bytes));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
