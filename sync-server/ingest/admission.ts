/**
 * How many bytes of pushes may be on their way through the server at once. The body of a push weighs several times its size while it is decoded and
 * stored: a herd of tablets that come back together would otherwise fill the memory before the first of them has been answered.
 */
export class Admission {
  readonly #limitBytes: number;
  #heldBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /**
   * Takes up room for a body, before it is read. Whoever is alone has room whatever it brings.
   *
   * @returns the way to give the room back, once or more often; null where there is none
   */
  admit(bytes: number): (() => void) | null {
    if (this.#heldBytes > 0 && this.#heldBytes + bytes > this.#limitBytes) return null;
    this.#heldBytes += bytes;
    let isHeld = true;
    return () => {
      if (isHeld) this.#heldBytes -= bytes;
      isHeld = false;
    };
  }
}
