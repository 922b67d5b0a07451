/**
 * What belongs to responses, read along with them: some at a time and ahead of them, since each question to another process costs more than
 * what it is told. Both are in the order of the identities.
 */
export class Following<Row extends readonly [responseId: string, ...unknown[]]> {
  readonly #after: (responseId: string, most: number) => Promise<readonly Row[]>;
  readonly #most: number;
  #rows: readonly Row[] = [];
  #next = 0;
  #isAll = false;
  #hasBegun = false;

  /** @param after reads the next ones after an identity, at most so many */
  constructor(after: (responseId: string, most: number) => Promise<readonly Row[]>, most: number) {
    this.#after = after;
    this.#most = most;
  }

  /** Those of the responses from one identity to another. It is asked for one stretch after the other. */
  async between(first: string, last: string): Promise<readonly Row[]> {
    // A part of an identity comes before the whole.
    if (!this.#hasBegun) await this.#read(first.slice(0, -1));
    this.#hasBegun = true;
    const found: Row[] = [];
    for (;;) {
      for (
        let row = this.#rows[this.#next];
        row !== undefined && row[0] <= last;
        row = this.#rows[this.#next]
      ) {
        if (row[0] >= first) found.push(row);
        this.#next += 1;
      }
      if (this.#next < this.#rows.length || this.#isAll) return found;
      await this.#read(this.#rows.at(-1)?.[0] ?? last);
    }
  }

  async #read(responseId: string): Promise<void> {
    this.#rows = await this.#after(responseId, this.#most);
    this.#next = 0;
    this.#isAll = this.#rows.length < this.#most;
  }
}
